import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import type { Push } from '../../../src/protocols/rtvt/messages-pushes.ts';
import type { VoiceData, VoiceStart } from '../../../src/protocols/rtvt/messages.ts';
import { RtvtFault } from './fault.ts';
import type { Client, RtvtService } from './service.ts';
import { frameTargets } from './settings.ts';
import type { RtvtStream } from './stream.ts';

/** The streams of one connection: begun, fed, ended, expired. */
export class ClientStreams {
  readonly #service: RtvtService;
  readonly #client: Client;
  readonly #push: (push: Push) => void;
  readonly #open = new Map<bigint, RtvtStream>();
  /** Ended by their client; what they still have to tell comes. */
  readonly #ending = new Map<RtvtStream, Promise<void>>();

  constructor(service: RtvtService, client: Client, push: (push: Push) => void) {
    this.#service = service;
    this.#client = client;
    this.#push = push;
  }

  /** Those that take sound. */
  get open(): ReadonlyMap<bigint, RtvtStream> {
    return this.#open;
  }

  /** The connection should not be read. */
  get overfull(): boolean {
    return [...this.#open.values()].some((stream) => stream.overfull);
  }

  /** Throws an `RtvtFault`. */
  start(wish: VoiceStart): RtvtStream {
    const stream = this.#service.open(this.#client, wish, this.#push);
    this.#open.set(stream.id, stream);
    return stream;
  }

  /** Throws an `RtvtFault`: 800200, 800003, 800105. */
  feed(voice: VoiceData): void {
    const stream = this.#find(voice.streamId);
    const targets = frameTargets(voice.destLangs, stream.settings, this.#service.engines);
    if (targets !== null) stream.aim(targets);
    stream.push(voice, this.#service.batch);
  }

  /** Throws 800200. What was said is told still. */
  end(id: bigint): void {
    const stream = this.#find(id);
    this.#open.delete(id);
    const ending = stream
      .end()
      .catch((cause: unknown) => this.#service.log.warn({ err: cause }, 'a stream could not be finished'))
      .finally(() => {
        if (this.#ending.delete(stream)) this.#service.closed(stream);
      });
    this.#ending.set(stream, ending);
  }

  /** Ends every stream; resolves when all that was said has been told. */
  async drain(): Promise<void> {
    for (const id of [...this.#open.keys()]) this.end(id);
    await Promise.all(this.#ending.values());
  }

  tick(now: number): void {
    for (const [id, stream] of this.#open) if (!stream.tick(now)) this.end(id);
  }

  /** At once. */
  close(): void {
    const all = [...this.#open.values(), ...this.#ending.keys()];
    this.#open.clear();
    this.#ending.clear();
    for (const stream of all) this.#service.closed(stream);
  }

  #find(id: bigint): RtvtStream {
    const stream = this.#open.get(id);
    if (stream === undefined) throw new RtvtFault(RTVT_CODE.noStream, 'streamId: there is no such stream (any more).');
    return stream;
  }
}
