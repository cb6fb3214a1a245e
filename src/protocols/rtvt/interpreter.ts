import { AssistantError } from '../../shared/errors.ts';
import type { InterpreterDownlink, InterpreterUplink } from '../../shared/interpretation.ts';
import type { Link, LinkEvent } from './link.ts';
import { LiveStream, type Surroundings } from './live-stream.ts';
import { SpeechStream } from './speech-stream.ts';
import { Tally } from './tally.ts';

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

export class Interpreter {
  readonly #port: InterpreterPort;
  readonly #streams = new Map<string, LiveStream>();
  readonly #byId = new Map<bigint, LiveStream>();
  readonly #tally: Tally;
  #link: Link | null = null;
  #generation = 0;
  #completing = false;

  constructor(port: InterpreterPort) {
    this.#port = port;
    this.#tally = new Tally((told) => {
      port.emit(told);
    });
  }

  up(uplink: InterpreterUplink): void {
    const stream = this.#streams.get(uplink.stream);
    switch (uplink.type) {
      case 'open':
        if (stream) this.#complain(new AssistantError('bad-option', `stream ${uplink.stream} is open`, { field: 'stream' }));
        else this.#open(uplink);
        break;
      case 'audio':
        if (!stream) this.#tally.note('audio without a stream');
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
        else this.#tally.note('close without a stream');
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
        this.#tally.note(`push ${event.method.slice(0, 32)}`);
        break;
      case 'unreadable':
        this.#complain(event.error);
        break;
      case 'push': {
        const stream = this.#byId.get(event.push.streamId);
        this.#port.proven();
        if (stream) stream.push(event.push);
        else this.#tally.note('result of no stream');
      }
    }
  }

  /** Several times a second. */
  tick(): void {
    for (const stream of [...this.#streams.values()]) stream.tick();
    this.#tally.tell(this.#port.now());
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
        this.#tally.roundTrip(ms);
        port.proven();
      },
      dropped: (frames) => {
        this.#tally.drop(frames);
      },
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
}
