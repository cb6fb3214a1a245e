import { difference, type Fingerprint } from '../../rtstream/visual/fingerprint.ts';

/**
 * Which pictures of a recording show something new: after each change the first that stands still, and what a scene grew to before it
 * ended. Pictures that came before are left out by their perceptual hash. Pure.
 */

export interface Printed<T> {
  readonly picture: T;
  readonly atMs: number;
  readonly print: Fingerprint;
}

/** Share of cells: a word more on a slide; noise of compression is less. */
const CHANGED = 0.0015;
/** Of one scene, pictures are so far apart; the more there are of it, the further: somebody who talks shows little that is new. */
const GAP_MS = 4000;
const WIDEST_GAP_MS = 60_000;
/** What does not come to rest is taken as it is. */
const RESTLESS_MS = 3000;
/** Those before are compared with. */
const REMEMBERED = 400;

export class DistinctFrames<T> {
  readonly #kept: Fingerprint[] = [];
  #last: { readonly print: Fingerprint; readonly atMs: number } | null = null;
  #before: Printed<T> | null = null;
  #waiting: { frame: Printed<T>; readonly sinceMs: number } | null = null;
  /** Of the scene that is on. */
  #ofScene = 0;

  /** What is to be kept of what came so far. In order of time. */
  push(frame: Printed<T>): readonly Printed<T>[] {
    const before = this.#before;
    this.#before = frame;
    const waiting = this.#waiting;
    if (waiting !== null) {
      if (!isNew(difference(waiting.frame.print, frame.print))) return this.#settle(frame);
      waiting.frame = frame;
      return frame.atMs - waiting.sinceMs >= RESTLESS_MS ? this.#settle(frame) : [];
    }
    if (this.#last === null) return this.#wait(frame);
    const from = difference(this.#last.print, frame.print);
    if (!isNew(from)) return [];
    if (!from.cut && frame.atMs - this.#last.atMs < this.#gapMs()) return [];
    // What the scene had grown to.
    const grown = from.cut && before !== null && isNew(difference(this.#last.print, before.print)) ? this.#keep(before) : [];
    return [...grown, ...this.#wait(frame)];
  }

  finish(): readonly Printed<T>[] {
    if (this.#waiting !== null) return this.#settle(this.#waiting.frame);
    const last = this.#before;
    return last === null || (this.#last !== null && !isNew(difference(this.#last.print, last.print))) ? [] : this.#keep(last);
  }

  #wait(frame: Printed<T>): readonly Printed<T>[] {
    this.#waiting = { frame, sinceMs: frame.atMs };
    return [];
  }

  /** It is told with the time since when it has been there. */
  #settle(frame: Printed<T>): readonly Printed<T>[] {
    const atMs = this.#waiting?.sinceMs ?? frame.atMs;
    this.#waiting = null;
    return this.#keep({ ...frame, atMs });
  }

  #keep(frame: Printed<T>): readonly Printed<T>[] {
    const { cut } = this.#last === null ? { cut: true } : difference(this.#last.print, frame.print);
    this.#ofScene = cut ? 1 : this.#ofScene + 1;
    this.#last = frame;
    if (this.#kept.some((print) => !isNew(difference(print, frame.print)))) return [];
    this.#kept.push(frame.print);
    if (this.#kept.length > REMEMBERED) this.#kept.shift();
    return [frame];
  }

  #gapMs(): number {
    return Math.min(WIDEST_GAP_MS, GAP_MS * Math.max(1, this.#ofScene - 2));
  }
}

const isNew = ({ share, cut }: ReturnType<typeof difference>): boolean => cut || share >= CHANGED;
