/** An answer that is still being written, cut into pieces that can be spoken: whole sentences, and a shorter first piece. */

/** A first piece shorter than this would sound clipped; one longer than this would come late. Characters. */
const FIRST_MIN = 16;
const FIRST_MAX = 90;
/** Nobody speaks longer than this in one breath, and no engine should wait for more. Characters. */
const PIECE_MAX = 240;

const ABBREVIATION =
  /(?:\b(?:mr|mrs|ms|dr|prof|sr|jr|st|vs|etc|approx|no|vol|fig|inc|ltd|co|dept|e\.g|i\.e|a\.m|p\.m|[a-z])\.)\s*$/i;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sentences of `text`; pieces concatenate to it. An abbreviation's full stop ends none. */
function sentences(text: string): readonly string[] {
  const merged: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = merged.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) merged[merged.length - 1] = last + segment;
    else merged.push(segment);
  }
  return merged;
}

/** Where a piece of at most `max` characters may end, or null while there is no good place. */
function breathAt(text: string, min: number, max: number): number | null {
  for (const pause of text.matchAll(/[,;:–—]\s+/g)) {
    const end = pause.index + pause[0].length;
    if (end > max) break;
    if (end >= min) return end;
  }
  if (text.length <= max) return null;
  const space = text.lastIndexOf(' ', max);
  return space >= min ? space + 1 : max;
}

export class Clauses {
  #waiting = '';
  #first = true;

  /** Takes more of the answer; returns the pieces that are ready. All pieces together are the answer. */
  push(text: string): readonly string[] {
    this.#waiting += text;
    const ready: string[] = [];
    for (let piece = this.#next(false); piece !== null; piece = this.#next(false)) ready.push(piece);
    return ready;
  }

  /** The rest, once the answer is whole. */
  finish(): readonly string[] {
    const rest: string[] = [];
    for (let piece = this.#next(true); piece !== null; piece = this.#next(true)) rest.push(piece);
    return rest;
  }

  #next(whole: boolean): string | null {
    const [sentence = '', following] = sentences(this.#waiting);
    if (sentence.trim() === '') return whole && this.#waiting !== '' ? this.#take(this.#waiting.length) : null;
    // The last sentence may go on, unless the answer is whole.
    const closed = following !== undefined || whole;
    const max = this.#first ? FIRST_MAX : PIECE_MAX;
    const breath = this.#first || sentence.length > PIECE_MAX ? breathAt(sentence, FIRST_MIN, max) : null;
    if (breath !== null && breath < sentence.length) return this.#take(breath);
    return closed ? this.#take(sentence.length) : null;
  }

  #take(length: number): string {
    const piece = this.#waiting.slice(0, length);
    this.#waiting = this.#waiting.slice(length);
    if (/[\p{L}\p{N}]/u.test(piece)) this.#first = false;
    return piece;
  }
}
