import { cues, plain } from './caption-cues.ts';
import type { CaptionLine, CaptionText } from './caption-lines.ts';
import { lineOf, shownUntilMs, type CaptionStore, type TimedCaption } from './playback-captions.ts';

/** Which captions stand on the picture: recorded ones pop on, two rows at a time; live ones roll up as they are heard. */

/** `sync`: no caption before its time; `fast`: as soon as it is here. */
export type CaptionPace = 'sync' | 'fast';

export interface ShownWish {
  /** The picture is at the live edge. */
  readonly live: boolean;
  readonly pace: CaptionPace;
  /** BCP 47 of the translation; null = the first there is. */
  readonly to: string | null;
  /** The page's clock, Unix ms: what arrivals are told by. */
  readonly nowMs: number;
}

export interface Shown {
  readonly lines: readonly CaptionLine[];
  /** ms on the picture's clock until which this holds, if nothing arrives; null = for good. */
  readonly untilMs: number | null;
  /** ms on the page's clock until which it holds; null = for good. */
  readonly untilNowMs: number | null;
}

/** At the live edge, ms: a caption that comes no later than this is painted at once. */
const MOST_LATE_MS = 8_000;
/** Rolled-up captions stay so long after they were said, ms. */
const LINGER_MS = 4_000;
/** A caption that came late stays for its reading: 17 characters a second, and never shorter than this. */
const READ_MS = 60;
const LEAST_READ_MS = 2_000;
/** Sentences that can be on two rows at once. */
const MOST_ROLLED = 4;

export function shownCaptions(store: CaptionStore, dateMs: number, wish: ShownWish): Shown {
  return wish.live ? rolledUp(store, dateMs, wish) : poppedOn(store, dateMs, wish.to);
}

function poppedOn(store: CaptionStore, dateMs: number, to: string | null): Shown {
  let untilMs = store.nextBoundary(dateMs) ?? Infinity;
  const lines = store.at(dateMs, 3).flatMap((caption) => {
    const page = pageAt(caption, dateMs, to);
    if (page === null) return [];
    if (page.toMs > dateMs) untilMs = Math.min(untilMs, page.toMs);
    return [page.line];
  });
  return { lines, untilMs: untilMs === Infinity ? null : untilMs, untilNowMs: null };
}

/** As much of the sentence as its two rows at that date. */
function pageAt(caption: TimedCaption, dateMs: number, to: string | null): { line: CaptionLine; toMs: number } | null {
  const line = lineOf(caption, to);
  const texts = [line.original, line.translation].filter((text): text is CaptionText => text !== null && plain(text.text) !== '');
  if (texts.length === 0) return null;
  const pages = cues({ fromMs: caption.startMs, toMs: shownUntilMs(caption), texts });
  const index = pages.findLastIndex(({ fromMs }) => fromMs <= dateMs);
  const page = pages[Math.max(0, index)];
  if (page === undefined) return null;
  const part = (text: CaptionText | null): CaptionText | null => {
    if (text === null) return null;
    // Both sides may be in one language: they are told apart by their place.
    const block = page.blocks[texts.indexOf(text)] ?? page.blocks.find(({ language }) => language === text.language);
    return block === undefined ? null : { ...text, text: block.rows.join(' ') };
  };
  const id = pages.length === 1 ? line.id : `${line.id}:${index}`;
  return { line: { ...line, id, original: part(line.original), translation: part(line.translation) }, toMs: page.toMs };
}

function rolledUp(store: CaptionStore, dateMs: number, { pace, to, nowMs }: ShownWish): Shown {
  const newest = pace === 'fast' ? store.list.length - 1 : store.lastStarted(dateMs);
  const lines: CaptionLine[] = [];
  let untilMs = pace === 'fast' ? Infinity : (store.list[newest + 1]?.startMs ?? Infinity);
  let untilNowMs = Infinity;
  for (let index = newest; index > newest - 4 * MOST_ROLLED && lines.length < MOST_ROLLED; index--) {
    const caption = store.list[index];
    if (caption === undefined) break;
    const byTimeMs = shownUntilMs(caption) + LINGER_MS;
    const byArrivalMs = readUntilMs(caption, dateMs, nowMs);
    if (byTimeMs <= dateMs && byArrivalMs <= nowMs) continue;
    if (byTimeMs > dateMs) untilMs = Math.min(untilMs, byTimeMs);
    if (byArrivalMs > nowMs) untilNowMs = Math.min(untilNowMs, byArrivalMs);
    lines.unshift(lineOf(caption, to));
  }
  return { lines, untilMs: untilMs === Infinity ? null : untilMs, untilNowMs: untilNowMs === Infinity ? null : untilNowMs };
}

/** Until when, by the page's clock, a caption that came late may be read; 0 = it was not late, or too late. */
function readUntilMs(caption: TimedCaption, dateMs: number, nowMs: number): number {
  if (caption.arrivedMs === null) return 0;
  const lateMs = dateMs - shownUntilMs(caption) - (nowMs - caption.arrivedMs);
  if (lateMs >= MOST_LATE_MS) return 0;
  return caption.arrivedMs + Math.max(LEAST_READ_MS, (caption.original?.text.length ?? 0) * READ_MS);
}

/** Delays of first words that are remembered. */
const MOST_DELAYS = 100;
const FEWEST_DELAYS = 5;
const MOST_DELAY_MS = 60_000;
/** On top of the slowest 5 %, ms. */
const SPARE_MS = 300;

/** How far behind the world the picture must be for captions to be in time. */
export class CaptionDelay {
  readonly #delays: number[] = [];

  /** First words of a sentence: how long after it began they were here, ms. */
  add(delayMs: number): void {
    // What is told of long ago says nothing of how long it takes.
    if (!Number.isFinite(delayMs) || delayMs < 0 || delayMs > MOST_DELAY_MS) return;
    this.#delays.push(delayMs);
    if (this.#delays.length > MOST_DELAYS) this.#delays.shift();
  }

  /** ms; null = too few are known. */
  get neededMs(): number | null {
    if (this.#delays.length < FEWEST_DELAYS) return null;
    const sorted = [...this.#delays].sort((one, other) => one - other);
    return sorted[Math.ceil(0.95 * sorted.length) - 1]! + SPARE_MS;
  }
}
