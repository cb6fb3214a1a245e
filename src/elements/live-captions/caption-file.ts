import { captionMimeTypes, exportCaptions, type CaptionFormat, type CaptionSides } from '../../pipelines/caption-export.ts';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { CaptionWish } from '../caption-rows/viewer-choice.ts';

/** Captions handed to the reader: saved as a file, or copied. */

/** The URL lives this long, for a browser that asks where to save first. */
const URL_LIVES_MS = 60_000;

/** What the file holds, by what the viewer reads: a language alone may be on either side. */
export const sidesOf = (wishes: readonly CaptionWish[]): CaptionSides =>
  wishes.length === 1 && (wishes[0] === 'original' || wishes[0] === 'translation') ? wishes[0] : 'both';

/** `captions-2026-11-20-1149.srt`, by the reader's clock. */
export function fileName(at: Date, format: CaptionFormat): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `captions-${day}-${two(at.getHours())}${two(at.getMinutes())}.${format}`;
}

export function saveCaptions(lines: readonly CaptionLine[], format: CaptionFormat, sides: CaptionSides): void {
  const file = new Blob([exportCaptions(lines, format, sides)], { type: captionMimeTypes[format] });
  const href = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href, download: fileName(new Date(), format) });
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(href);
  }, URL_LIVES_MS);
}
