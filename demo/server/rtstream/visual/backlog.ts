import type { FrameWindow } from './windows.ts';

/** Windows that wait to be looked at when the engine is slower than the stream: bounded, in order, and none is lost without a word. */

export interface WaitingWindow extends FrameWindow {
  /** `key-frame`: all frames but the last were given up; `unread`: that one too, and windows beside each other became one. */
  readonly thinned: 'key-frame' | 'unread' | null;
  /** Frames that were there. */
  readonly came: number;
  /** Windows in it. */
  readonly windows: number;
}

/** Windows that keep all their frames. */
const WHOLE = 3;
/** Windows that keep one. An engine that cannot keep up looks at no more of them by waiting longer; only its answers would come later. */
const KEYED = 4;

export class Backlog {
  #waiting: WaitingWindow[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  push(window: FrameWindow): void {
    this.#waiting.push({ ...window, thinned: null, came: window.frames.length, windows: 1 });
    const over = this.#waiting.length - WHOLE;
    if (over > 0) this.#thin(over - 1);
    // What is newest matters most: the oldest go unread.
    const unread = this.#waiting.findIndex(({ thinned }) => thinned !== 'unread');
    if (this.#waiting.length - unread > WHOLE + KEYED) this.#giveUp(unread);
  }

  shift(): WaitingWindow | undefined {
    return this.#waiting.shift();
  }

  #thin(at: number): void {
    const window = this.#waiting[at];
    if (window?.thinned !== null) return;
    this.#waiting[at] = { ...window, frames: window.frames.slice(-1), thinned: 'key-frame' };
  }

  #giveUp(at: number): void {
    const [window, before] = [this.#waiting[at], this.#waiting[at - 1]];
    if (window === undefined) return;
    const merged: WaitingWindow = {
      ...window,
      startMs: before?.startMs ?? window.startMs,
      frames: [],
      thinned: 'unread',
      came: window.came + (before?.came ?? 0),
      windows: window.windows + (before?.windows ?? 0),
    };
    this.#waiting.splice(before === undefined ? at : at - 1, before === undefined ? 1 : 2, merged);
  }
}
