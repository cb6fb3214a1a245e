import { BehaviorSubject } from 'rxjs';
import type { Behavior } from '../../../src/shared/behavior.ts';
import type { MediaHealth } from './media-stream.ts';

/** How a stream is, told whenever something of it changes. */

const STOPPED: MediaHealth = {
  ...{ state: 'stopped', sinceMs: 0, error: null, retryInMs: null, codecs: { audio: null, video: null } },
  ...{ width: null, height: null, bitsPerSecond: 0, framesPerSecond: 0, bytes: 0, discontinuities: 0 },
  ...{ transcoded: false, diskFull: false },
};

export class StreamHealth {
  readonly #now: () => number;
  readonly #told: BehaviorSubject<MediaHealth>;

  /** `now`: Unix ms. */
  constructor(now: () => number) {
    this.#now = now;
    this.#told = new BehaviorSubject<MediaHealth>({ ...STOPPED, sinceMs: now() });
  }

  get told(): Behavior<MediaHealth> {
    return this.#told;
  }

  get now(): MediaHealth {
    return this.#told.value;
  }

  /** Everything as when it was never started, but for its state. */
  begin(state: MediaHealth['state']): void {
    this.#told.next({ ...STOPPED, state, sinceMs: this.#now() });
  }

  tell(changes: Partial<MediaHealth>): void {
    const before = this.now;
    const sinceMs = changes.state === undefined || changes.state === before.state ? before.sinceMs : this.#now();
    const after = { ...before, ...changes, sinceMs };
    const same = (Object.keys(after) as (keyof MediaHealth)[]).every((key) => after[key] === before[key]);
    if (!same) this.#told.next(after);
  }
}
