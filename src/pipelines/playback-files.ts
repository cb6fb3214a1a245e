import type { PlaybackClock } from './playback-clock.ts';
import type { CaptionStore, TimedCaption } from './playback-captions.ts';
import { vttOffsetS, type VttCue, type VttFile } from './playback-vtt.ts';

/** Caption files put into the store beside what a stream tells: cues that begin together are one sentence in two languages. */

export interface CaptionFile {
  readonly file: VttFile;
  /** BCP 47, '' = not told. */
  readonly language: string;
  /** Written for a playlist: its clock is MPEG-2 time; else its 00:00 is the beginning of what is played. */
  readonly rendition: boolean;
}

const PREFIX = 'file:';
/** Cues of two files that begin within so little belong together, ms. */
const TOGETHER_MS = 60;

/** Replaces what files had put there before. The first file's language is the spoken one. */
export function putFiles(
  store: CaptionStore,
  files: readonly CaptionFile[],
  clock: PlaybackClock,
  firstTimestampS: number,
): void {
  store.removeWhere(({ id }) => id.startsWith(PREFIX));
  const spoken = files[0]?.language ?? '';
  for (const { file, language, rendition } of files) {
    const offsetS = rendition ? vttOffsetS(file, firstTimestampS) : 0;
    const original = language === spoken;
    for (const cue of file.cues) {
      const startS = cue.startMs / 1000 + offsetS;
      const endS = cue.endMs / 1000 + offsetS;
      if (endS <= 0) continue;
      const startMs = clock.dateAt(startS);
      put(store, cue, language, original, startMs, startMs + (endS - startS) * 1000);
    }
  }
}

function put(store: CaptionStore, cue: VttCue, language: string, original: boolean, startMs: number, endMs: number): void {
  const texts = cue.texts
    .filter(({ text }) => text !== '')
    .map((text) => ({ text: text.text, language: text.language === '' ? language : text.language, final: true }));
  const [first, ...others] = texts;
  if (first === undefined) return;
  if (original) {
    // The same sentence twice: a segmented file repeats what reaches across its segments.
    const known = partner(store, startMs);
    if (known?.original?.text === first.text) return;
    const id = known === null ? idOf(startMs) : `${idOf(startMs)}:${cue.id}`;
    store.put({ id, startMs, endMs, original: first, translations: others, arrivedMs: null });
    return;
  }
  const known = partner(store, startMs);
  if (known !== null) for (const text of texts) store.translate({ id: known.id, language: text.language, text: text.text }, null);
  else store.put({ id: `${idOf(startMs)}:${language}`, startMs, endMs, original: null, translations: texts, arrivedMs: null });
}

const idOf = (startMs: number): string => `${PREFIX}${Math.round(startMs)}`;

function partner(store: CaptionStore, startMs: number): TimedCaption | null {
  for (let index = store.lastStarted(startMs + TOGETHER_MS); index >= 0; index--) {
    const caption = store.list[index]!;
    if (caption.startMs < startMs - TOGETHER_MS) return null;
    if (caption.id.startsWith(PREFIX)) return caption;
  }
  return null;
}
