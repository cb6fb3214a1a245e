import type { VttFile } from './playback-vtt.ts';

/** Chapters and preview pictures, which are written as WebVTT too. Positions are seconds on the media timeline. */

export interface Chapter {
  readonly startS: number;
  readonly endS: number;
  readonly title: string;
}

export interface Thumbnail {
  readonly startS: number;
  readonly endS: number;
  /** Absolute. */
  readonly url: string;
  /** Part of the picture, px; null = all of it. */
  readonly part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
}

export const chaptersIn = ({ cues }: VttFile): readonly Chapter[] =>
  cues
    .map(({ startMs, endMs, texts }) => ({ startS: startMs / 1000, endS: endMs / 1000, title: texts[0]?.text ?? '' }))
    .filter(({ title }) => title !== '')
    .sort((one, other) => one.startS - other.startS);

/** Cues whose text is a picture's address, relative to the file's; `#xywh=x,y,w,h` (Media Fragments, also `pixel:`) names a part of it. */
export function thumbnailsIn({ cues }: VttFile, fileUrl: string): readonly Thumbnail[] {
  return cues.flatMap(({ startMs, endMs, payload }) => {
    const address = payload.trim().split('\n')[0] ?? '';
    if (address === '' || !URL.canParse(address, fileUrl)) return [];
    const url = new URL(address, fileUrl);
    if (!/^(?:https?|blob|data):$/.test(url.protocol)) return [];
    const found = /^#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/.exec(url.hash);
    if (url.hash.startsWith('#xywh=')) url.hash = '';
    const [x = 0, y = 0, width = 0, height = 0] = found === null ? [] : found.slice(1).map(Number);
    const part = width > 0 && height > 0 ? { x, y, width, height } : null;
    return [{ startS: startMs / 1000, endS: endMs / 1000, url: url.href, part }];
  });
}

/** The one that is on at the position; of a sorted list. */
export function spanAt<T extends { readonly startS: number; readonly endS: number }>(
  spans: readonly T[],
  positionS: number,
): T | null {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.startS <= positionS) low = middle + 1;
    else high = middle;
  }
  const span = spans[low - 1];
  return span !== undefined && positionS < span.endS ? span : null;
}
