import type { Lag } from './lag.ts';
import type { Link } from './link.ts';
import { RTVT_CODE, type RtvtError } from './messages-errors.ts';
import type { SpeechStream } from './speech-stream.ts';

/** The sound of one server's stream on its way up: sent as fast as it is acknowledged, each frame by its number. */

/** Frames without an answer: 2 s of sound, so that a round trip may take as long. */
const MOST_IN_FLIGHT = 100;

export interface FlightSurroundings {
  readonly link: Link;
  /** The server's number of the stream. */
  readonly id: bigint;
  readonly speech: SpeechStream;
  readonly lag: Lag;
  readonly now: () => number;
  /** A frame was acknowledged. */
  taken(roundTripMs: number): void;
  /** A frame was not; whether the others go on without it. */
  refused(error: RtvtError): boolean;
}

export class Flight {
  readonly #around: FlightSurroundings;
  #inFlight = 0;
  /** Frames are numbered without a gap, whatever was dropped. */
  #sent = 0;
  #over = false;

  constructor(around: FlightSurroundings) {
    this.#around = around;
  }

  /** Number of the newest frame that was sent; -1 = none was. */
  get lastSeq(): number {
    return this.#sent - 1;
  }

  /** Sends what may be sent. */
  pump(): void {
    const { link, id, speech } = this.#around;
    const { ring } = speech;
    while (!this.#over && this.#inFlight < MOST_IN_FLIGHT && ring.backlog > 0) {
      const frame = ring.next;
      ring.advance();
      this.#inFlight += 1;
      link.voice(id, this.#sent++, ring.bytes(frame), speech.ts(frame), (error, ms) => {
        this.#answered(frame, error, ms);
      });
    }
  }

  /** Answers that come from here on concern nobody. */
  stop(): void {
    this.#over = true;
  }

  #answered(frame: number, error: RtvtError | null, ms: number): void {
    if (this.#over || error?.rtvtCode === RTVT_CODE.closed) return;
    const { speech, lag, now } = this.#around;
    this.#inFlight -= 1;
    lag.moved(now(), speech.ring.backlog);
    if (error !== null && !this.#around.refused(error)) return;
    // What was refused would be refused again.
    speech.ring.take(frame);
    if (error === null) this.#around.taken(ms);
    this.pump();
  }
}
