import type { Samples } from '../../shared/time.ts';
import type { Downlink } from '../../shared/wire.ts';
import { bound } from './bound.ts';
import type { ServerEvent } from './events.ts';
import type { SampleClock } from './sample-clock.ts';

/** The user's turns on the capture clock, and up to where all that was said is written down for good. */

interface Turn {
  /** Right behind its last sample; undefined = still spoken, null = unknown. */
  end?: Samples | null;
  settled?: boolean;
}

export class UserTurns {
  readonly #clock: SampleClock;
  /** In the order in which they began. */
  readonly #turns = new Map<string, Turn>();
  /** Where the commits on their way end. */
  readonly #commits: Samples[] = [];

  constructor(clock: SampleClock) {
    this.#clock = clock;
  }

  /** A commit by hand goes out now. */
  commit(): void {
    this.#commits.push(this.#clock.end);
  }

  /** `transcribed`: the words of each turn will come; without, a turn is settled when it is committed. */
  read(event: ServerEvent, transcribed: boolean): readonly Downlink[] {
    switch (event.type) {
      case 'input_audio_buffer.speech_started': {
        if (this.#turns.has(event.item_id)) return [];
        this.#turn(event.item_id);
        return [{ type: 'speech-started', itemId: event.item_id, at: this.#clock.toCapture(event.audio_start_ms) }];
      }
      case 'input_audio_buffer.speech_stopped': {
        const turn = this.#turn(event.item_id);
        if (turn.end !== undefined) return [];
        turn.end = this.#clock.toCapture(event.audio_end_ms);
        return [{ type: 'speech-stopped', itemId: event.item_id, at: turn.end }];
      }
      case 'input_audio_buffer.committed': {
        const turn = this.#turn(event.item_id);
        if (turn.end === undefined) turn.end = this.#commits.shift() ?? null;
        return transcribed ? [] : this.#settle(event.item_id);
      }
      case 'conversation.item.input_audio_transcription.completed':
      case 'conversation.item.input_audio_transcription.failed':
        return this.#settle(event.item_id);
      default:
        return [];
    }
  }

  #turn(itemId: string): Turn {
    const turn = this.#turns.get(itemId) ?? {};
    bound(this.#turns.set(itemId, turn));
    return turn;
  }

  /** A later turn waits for the earlier ones: what is settled has no hole in it. */
  #settle(itemId: string): readonly Downlink[] {
    const turn = this.#turns.get(itemId);
    if (turn) turn.settled = true;
    let through: Samples | null = null;
    for (const [id, { end, settled }] of this.#turns) {
      if (!settled) break;
      through = end ?? through;
      this.#turns.delete(id);
    }
    return through === null ? [] : [{ type: 'settled', through }];
  }
}
