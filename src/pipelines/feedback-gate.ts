import { defer, from, ignoreElements, merge, mergeMap, tap, type Observable } from 'rxjs';
import type { VoiceActivityEvent } from './voice-activity.ts';

/** Keeps a loudspeaker's own words out of the microphone's stream: silence while it talks, unless somebody is heard over it. */

interface Frame {
  readonly pcm: Int16Array;
  /** Position of the first sample on the capture clock. */
  readonly at: number;
}

/** How long a frame waits for the word that it was speech, ms: longer than a detector takes to be sure. */
const WAIT_MS = 200;
/** The room and the sound card ring on after the last position told, ms. */
const TAIL_MS = 300;

export class FeedbackGate<T extends Frame> {
  readonly #rate: number;
  readonly #waiting: T[] = [];
  #playing = false;
  /** Capture position until which the loudspeaker counts as talking. */
  #until = -1;
  #end = 0;
  /** Since when somebody speaks, as a capture position; null = nobody. */
  #speechSince: number | null = null;

  /** `rate`: Hz of the frames. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  playing(playing: boolean): void {
    if (this.#playing && !playing) this.#until = this.#end + (TAIL_MS * this.#rate) / 1000;
    this.#playing = playing;
  }

  activity({ type, at }: VoiceActivityEvent): void {
    if (type === 'silence') this.#speechSince = null;
    else this.#speechSince ??= at;
  }

  /** The frames whose time has come, oldest first; zeros where the loudspeaker was all there was. */
  hear(frame: T): readonly T[] {
    this.#end = frame.at + frame.pcm.length;
    const shut = this.#playing || frame.at < this.#until;
    if (!shut && this.#waiting.length === 0) return [frame];
    this.#waiting.push(frame);
    const waited = this.#end - (WAIT_MS * this.#rate) / 1000;
    const due = shut ? this.#waiting.filter(({ at }) => at < waited).length : this.#waiting.length;
    return this.#waiting.splice(0, due).map((each) => (this.#isSpeech(each, shut) ? each : silenced(each)));
  }

  #isSpeech(frame: T, shut: boolean): boolean {
    if (this.#speechSince !== null) return frame.at + frame.pcm.length > this.#speechSince;
    return !shut && frame.at >= this.#until;
  }
}

const silenced = <T extends Frame>(frame: T): T => ({ ...frame, pcm: new Int16Array(frame.pcm.length) });

/** Cold: every subscription has a gate of its own. */
export function withoutFeedback<T extends Frame>(
  rate: number,
  playing$: Observable<{ readonly playing: boolean }>,
  activity$: Observable<VoiceActivityEvent>,
): (frames$: Observable<T>) => Observable<T> {
  return (frames$) =>
    defer(() => {
      const gate = new FeedbackGate<T>(rate);
      return merge(
        playing$.pipe(
          tap(({ playing }) => {
            gate.playing(playing);
          }),
          ignoreElements(),
        ),
        activity$.pipe(
          tap((event) => {
            gate.activity(event);
          }),
          ignoreElements(),
        ),
        frames$.pipe(mergeMap((frame) => from(gate.hear(frame)))),
      );
    });
}
