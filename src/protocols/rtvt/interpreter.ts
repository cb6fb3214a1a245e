import { AssistantError } from '../../shared/errors.ts';
import type { InterpreterDownlink, InterpreterUplink } from '../../shared/interpretation.ts';
import type { Link, LinkEvent } from './link.ts';
import { LiveStream, type Surroundings } from './live-stream.ts';
import { SpeechStream } from './speech-stream.ts';

/** All streams of one subscription: uplinks find theirs by name, pushes by the server's number, and both outlive connections. */

export interface InterpreterPort {
  readonly now: () => number;
  emit(told: InterpreterDownlink): void;
  /** Give this connection up; another one may do. */
  fail(error: AssistantError): void;
  /** The service works: the next break is the first again. */
  proven(): void;
  /** No more uplinks, no more streams. */
  done(): void;
}

const TELL_MS = 1_000;
const MOST_NAMES = 32;

export class Interpreter {
  readonly #port: InterpreterPort;
  readonly #streams = new Map<string, LiveStream>();
  readonly #byId = new Map<bigint, LiveStream>();
  readonly #noted = new Map<string, number>();
  #link: Link | null = null;
  #generation = 0;
  #completing = false;
  #dropped = 0;
  #droppedTold = 0;
  #roundTrips = { sum: 0, count: 0, toldAt: -Infinity };

  constructor(port: InterpreterPort) {
    this.#port = port;
  }

  up(uplink: InterpreterUplink): void {
    const stream = this.#streams.get(uplink.stream);
    switch (uplink.type) {
      case 'open':
        if (stream) this.#complain(new AssistantError('bad-option', `stream ${uplink.stream} is open`, { field: 'stream' }));
        else this.#open(uplink);
        break;
      case 'audio':
        if (!stream) this.#note('audio without a stream');
        else {
          try {
            stream.audio(uplink.pcm, uplink.at);
          } catch (cause) {
            this.#complain(AssistantError.from(cause));
          }
        }
        break;
      case 'close':
        if (stream) stream.close();
        else this.#note('close without a stream');
    }
    this.#sweep();
  }

  /** No more uplinks: what is open is closed. */
  complete(): void {
    this.#completing = true;
    for (const stream of [...this.#streams.values()]) stream.close();
    this.#sweep();
  }

  /** Logged in. */
  connected(link: Link): void {
    this.#link = link;
    for (const stream of [...this.#streams.values()]) stream.connected(link);
    this.#sweep();
  }

  lost(): void {
    this.#link = null;
    for (const stream of [...this.#streams.values()]) stream.lost();
    this.#sweep();
  }

  take(event: Exclude<LinkEvent, { readonly type: 'open' }>): void {
    switch (event.type) {
      case 'unknown':
        this.#note(`push ${event.method.slice(0, 32)}`);
        break;
      case 'unreadable':
        this.#complain(event.error);
        break;
      case 'push': {
        const stream = this.#byId.get(event.push.streamId);
        this.#port.proven();
        if (stream) stream.push(event.push);
        else this.#note('result of no stream');
      }
    }
  }

  /** Several times a second. */
  tick(): void {
    for (const stream of [...this.#streams.values()]) stream.tick();
    if (this.#dropped > this.#droppedTold) {
      this.#droppedTold = this.#dropped;
      this.#port.emit({ type: 'dropped', frames: this.#dropped });
    }
    const { sum, count, toldAt } = this.#roundTrips;
    const now = this.#port.now();
    if (count > 0 && now - toldAt >= TELL_MS) {
      this.#roundTrips = { sum: 0, count: 0, toldAt: now };
      this.#port.emit({ type: 'round-trip', ms: sum / count });
    }
    this.#sweep();
  }

  #open({ stream: name, settings }: Extract<InterpreterUplink, { readonly type: 'open' }>): void {
    let speech: SpeechStream;
    try {
      speech = new SpeechStream(name, settings, this.#port.now);
    } catch (cause) {
      this.#port.emit({ type: 'refused', stream: name, error: AssistantError.from(cause) });
      return;
    }
    const stream: LiveStream = new LiveStream(
      speech,
      this.#surroundings(() => stream),
    );
    this.#streams.set(name, stream);
    if (this.#link) stream.connected(this.#link);
  }

  #surroundings(stream: () => LiveStream): Surroundings {
    const port = this.#port;
    return {
      now: port.now,
      emit: (told) => port.emit(told),
      fail: (error) => port.fail(error),
      taken: (ms) => {
        this.#roundTrips.sum += ms;
        this.#roundTrips.count += 1;
        port.proven();
      },
      dropped: (frames) => (this.#dropped += frames),
      generation: () => (this.#generation += 1),
      identified: (id, old) => {
        if (old !== null) this.#byId.delete(old);
        if (id !== null) this.#byId.set(id, stream());
      },
    };
  }

  #sweep(): void {
    for (const [name, stream] of this.#streams) if (stream.over) this.#streams.delete(name);
    if (this.#completing && this.#streams.size === 0) this.#port.done();
  }

  #complain(error: AssistantError): void {
    this.#port.emit({ type: 'complaint', error });
  }

  #note(what: string): void {
    // Whoever sends ever new names is not to fill our memory.
    const name = this.#noted.has(what) || this.#noted.size < MOST_NAMES ? what : 'and others';
    const count = (this.#noted.get(name) ?? 0) + 1;
    this.#noted.set(name, count);
    this.#port.emit({ type: 'noted', what: name, count });
  }
}
