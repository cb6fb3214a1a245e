import type { SentenceEvent } from '../shared/interpretation.ts';

/** Sentence events made into caption lines: what was said beside its translation, in the order of the speech. */

/** One side of a line as known by now. */
export interface CaptionText {
  readonly text: string;
  /** BCP 47 */
  readonly language: string;
  /** No more interim words come; only a correction could. */
  readonly final: boolean;
}

/** One sentence. */
export interface CaptionLine {
  /** Of stream and task; the same from the first interim word to the last correction. */
  readonly id: string;
  readonly stream: string;
  /** ms since the first sample of `stream` */
  readonly startMs: number;
  /** Null while it is open. */
  readonly endMs: number | null;
  /** ms since the epoch: when the stream began, and `startMs` on top. */
  readonly at: number;
  readonly original: CaptionText | null;
  readonly translation: CaptionText | null;
}

/** So many lines are kept, the newest. */
export const MOST_LINES = 500;

/** Tells the stream's name from the task's, whatever is in either. */
const idOf = ({ stream, task }: SentenceEvent): string => `${stream.length}:${stream}:${task}`;

const textOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** By time on the one clock of all streams. Tasks are counted up: of two ids that differ, the shorter is the lower number. */
export const speechOrder = (one: CaptionLine, other: CaptionLine): number =>
  one.at - other.at || textOrder(one.stream, other.stream) || one.id.length - other.id.length || textOrder(one.id, other.id);

/** The later words in place of what stood there, unless they are older news: an interim result never undoes a final one. */
function newer(known: CaptionText | null, told: CaptionText | null): CaptionText | null {
  if (told === null || (known !== null && known.final && !told.final)) return known;
  if (known?.text === told.text && known.language === told.language && known.final === told.final) return known;
  return { text: told.text, language: told.language, final: told.final };
}

/** The line with the event in it. Times are the original's where there is one: translations are told later, and told again. */
function withEvent(line: CaptionLine | undefined, event: SentenceEvent, streamBeganAt: number): CaptionLine {
  const { side, stream } = event;
  const known = line?.[side] ?? null;
  const text = newer(known, event);
  if (line !== undefined && text === known && (text?.final !== event.final || sameTimes(line, event, streamBeganAt))) return line;
  const keepsTimes = line !== undefined && side === 'translation' && line.original !== null;
  const times = keepsTimes
    ? { startMs: line.startMs, endMs: line.endMs, at: line.at }
    : { startMs: event.startMs, endMs: event.endMs, at: streamBeganAt + event.startMs };
  return { id: idOf(event), stream, original: null, translation: null, ...line, ...times, [side]: text };
}

const sameTimes = (line: CaptionLine, event: SentenceEvent, streamBeganAt: number): boolean =>
  (event.side === 'translation' && line.original !== null) ||
  (line.startMs === event.startMs && line.endMs === event.endMs && line.at === streamBeganAt + event.startMs);

/**
 * The lines with one more event, in the order of the speech whatever order events arrive in; the same array when the event says nothing
 * new. `streamBeganAt`: ms since the epoch of the first sample of the event's stream. At most `MOST_LINES` are kept, the newest.
 */
export function addSentence(lines: readonly CaptionLine[], event: SentenceEvent, streamBeganAt: number): readonly CaptionLine[] {
  const id = idOf(event);
  const line = lines.find((each) => each.id === id);
  return replaced(lines, line, withEvent(line, event, streamBeganAt));
}

/** The lines with one more, or with its newer state; the same array when it says nothing new. For lines that come whole, from a room. */
export function addLine(lines: readonly CaptionLine[], line: CaptionLine): readonly CaptionLine[] {
  const known = lines.find((each) => each.id === line.id);
  if (known === undefined) return replaced(lines, known, line);
  const original = newer(known.original, line.original);
  const translation = newer(known.translation, line.translation);
  const { startMs, endMs, at } = original === known.original && known.original?.final === true ? known : line;
  const same =
    original === known.original &&
    translation === known.translation &&
    startMs === known.startMs &&
    endMs === known.endMs &&
    at === known.at;
  return same ? lines : replaced(lines, known, { ...known, startMs, endMs, at, original, translation });
}

/**
 * The lines of a stream that is over (null = of all that are), or of its first `beforeMs`: no more interim words come, so what is there
 * counts. The same array when all did.
 */
export function settled(lines: readonly CaptionLine[], stream: string | null, beforeMs = Infinity): readonly CaptionLine[] {
  const final = (side: CaptionText | null): CaptionText | null => (side === null || side.final ? side : { ...side, final: true });
  const after = lines.map((line) => {
    if ((stream !== null && line.stream !== stream) || line.startMs >= beforeMs) return line;
    const original = final(line.original);
    const translation = final(line.translation);
    if (original === line.original && translation === line.translation) return line;
    return { ...line, original, translation };
  });
  return after.some((line, index) => line !== lines[index]) ? after : lines;
}

function replaced(lines: readonly CaptionLine[], line: CaptionLine | undefined, changed: CaptionLine): readonly CaptionLine[] {
  if (changed === line) return lines;
  const others = line === undefined ? lines : lines.filter((each) => each !== line);
  const before = others.findLastIndex((each) => speechOrder(each, changed) < 0) + 1;
  // Older than everything that is kept: it was let go before, or would be at once.
  if (before === 0 && others.length >= MOST_LINES) return lines;
  return [...others.slice(0, before), changed, ...others.slice(before)].slice(-MOST_LINES);
}
