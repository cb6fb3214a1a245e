import type { FrameWindow } from './windows.ts';

/** Windows that wait to be looked at when the engine is slower than the stream: bounded, in order, and none is lost without a word. */

export interface WaitingWindow extends FrameWindow {
  /** `key-frame`: all frames but the last were given up; `unread`: that one too, and windows beside each other became one. */
  readonly thinned: 'key-frame' | 'unread' | null;
  /** Frames that were there. */
  readonly came: number;
  /** Windows in it. */
  readonly windows: number;
  /** It shows another scene than the window before it. */
  readonly cut: boolean;
}

/** Windows that keep all their frames. */
const WHOLE = 3;
/**
 * Windows that keep one. An engine that cannot keep up looks at no more of them by waiting longer; only its answers would come later. Those
 * with another scene are given up last: a clock in the picture makes every window a little different, and what events speak of comes with a
 * new scene.
 */
const KEYED = 4;

export class Backlog {
  #waiting: WaitingWindow[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  push(window: FrameWindow, cut = false): void {
    this.#waiting.push({ ...window, thinned: null, came: window.frames.length, windows: 1, cut });
    const over = this.#waiting.length - WHOLE;
    if (over > 0) this.#thin(over - 1);
    const keyed = this.#waiting.flatMap(({ thinned }, index) => (thinned === 'key-frame' ? [index] : []));
    if (keyed.length <= KEYED) return;
    // What is newest matters most: of equals the oldest goes unread.
    this.#giveUp(keyed.find((index) => this.#waiting[index]?.cut === false) ?? keyed[0] ?? 0);
  }

  shift(): WaitingWindow | undefined {
    return this.#waiting.shift();
  }

  #thin(at: number): void {
    const window = this.#waiting[at];
    if (window?.thinned !== null) return;
    this.#waiting[at] = { ...window, frames: window.frames.slice(-1), thinned: 'key-frame' };
  }

  /** With those beside it that were given up before. */
  #giveUp(at: number): void {
    const isUnread = (index: number): boolean => this.#waiting[index]?.thinned === 'unread';
    const from = isUnread(at - 1) ? at - 1 : at;
    const until = isUnread(at + 1) ? at + 2 : at + 1;
    const all = this.#waiting.slice(from, until);
    const [first, last] = [all[0], all.at(-1)];
    if (first === undefined || last === undefined) return;
    const sum = (of: (window: WaitingWindow) => number): number => all.reduce((total, window) => total + of(window), 0);
    this.#waiting.splice(from, until - from, {
      ...{ startMs: first.startMs, endMs: last.endMs, frames: [], thinned: 'unread' },
      ...{ came: sum(({ came }) => came), windows: sum(({ windows }) => windows), cut: all.some(({ cut }) => cut) },
    });
  }
}
