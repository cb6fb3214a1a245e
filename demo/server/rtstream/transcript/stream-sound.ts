import type { SoundPiece } from '../../media/media-stream.ts';
import { Sound } from '../../rtvt/sound.ts';
import { Cuts } from './cuts.ts';

/** The sound of a stream as it waits to be heard, bounded, and what time it is at each of its samples, over absences of its source. Pure. */

const PER_MS = 16;
/** Silence of our own where the source was away: it ends every sentence. ms */
const CUT_PAUSE_MS = 1000;
/** Sound that waits; what comes beyond it while the engines stand still is left out. Samples, 10 MB. */
const MOST_WAITING = 300_000 * PER_MS;

export class StreamSound {
  readonly samples = new Sound();
  readonly #cuts = new Cuts();
  #skipping = false;

  /** False: there is too much of it already, `waiting` samples, and it was left out. */
  append({ atMs, pcm, cut }: SoundPiece, waiting: number): boolean {
    if (waiting > (this.#skipping ? MOST_WAITING / 2 : MOST_WAITING)) {
      this.#skipping = true;
      return false;
    }
    const from = this.samples.end;
    const isCut = (cut || this.#skipping) && from > 0;
    this.#skipping = false;
    if (isCut) this.samples.pause(CUT_PAUSE_MS);
    this.samples.append(pcm, atMs);
    if (isCut) this.#cuts.add({ from, to: this.samples.end - pcm.length, atMs });
    return true;
  }

  get isEmpty(): boolean {
    return this.samples.end === 0;
  }

  /** Unix ms after the newest sample. */
  get endMs(): number {
    return this.timeOf(this.samples.end);
  }

  /** Unix ms */
  timeOf(position: number): number {
    return this.samples.timeOf(position);
  }

  /** When speech began that was found at `position`. */
  beganMs(position: number): number {
    return this.#cuts.began(position, this.timeOf(position));
  }

  /** Nothing that is found from `position` on was said before this. */
  settledMs(position: number): number {
    return this.#cuts.settled(position, this.timeOf(position));
  }
}
