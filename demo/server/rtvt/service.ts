import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import type { Push } from '../../../src/protocols/rtvt/messages-pushes.ts';
import type { VoiceStart } from '../../../src/protocols/rtvt/messages.ts';
import type { Config } from '../config.ts';
import type { Engines } from '../engines/engine.ts';
import { admitStream } from './admission.ts';
import { RtvtFault } from './fault.ts';
import { availableLanguages } from './languages.ts';
import type { AvailableLanguages } from './languages.ts';
import { checkLogin, loginRules, signLogin } from './login.ts';
import type { Login, LoginRules } from './login.ts';
import type { RtvtMetrics } from './metrics.ts';
import { lanesFor, rolesFor } from './roles.ts';
import type { Lanes } from './roles.ts';
import { checkedSettings } from './settings.ts';
import { RtvtStream } from './stream.ts';

/** What all RTVT connections share: logins, languages, engines in turn, streams in bounds, and one clock that looks after them. */

const TICK_MS = 500;
/** Connections at a time; most of them cost a few kilobytes. */
const MOST_CONNECTIONS = 512;

/** A connection as the service sees it. */
export interface Client {
  readonly streams: ReadonlyMap<bigint, RtvtStream>;
  /** Called every half second; `now`: `performance.now()` ms. */
  tick(now: number): void;
  /** Streams are ended, what is left of them is told, then it is closed. */
  drain(): Promise<void>;
  /** At once. */
  drop(): void;
}

export interface RtvtServiceOptions {
  readonly config: Config;
  readonly engines: Engines;
  readonly metrics: RtvtMetrics;
  readonly log: Logger;
}

export class RtvtService {
  readonly metrics: RtvtMetrics;
  readonly log: Logger;
  readonly engines: Engines;
  readonly pid: number;
  readonly #most: number;
  readonly #rules: LoginRules;
  readonly #lanes: Lanes;
  readonly #clients = new Set<Client>();
  readonly #clock: NodeJS.Timeout;
  /** Above 2^53 and never guessable, as the service's own ids are. */
  #lastId = (1n << 61n) | BigInt(`0x${randomBytes(7).toString('hex')}`);
  #streams = 0;
  #draining = false;

  constructor({ config, engines, metrics, log }: RtvtServiceOptions) {
    this.metrics = metrics;
    this.log = log;
    this.engines = engines;
    this.pid = config.rtvt.pid;
    this.#most = config.rtvt.maxStreams;
    this.#rules = loginRules(config);
    const { hear, translate, speak } = config.roles;
    this.#lanes = lanesFor(engines, { hear: hear !== null, translate: translate !== null, speak: speak !== null });
    this.#clock = setInterval(() => this.#tick(), TICK_MS);
    this.#clock.unref();
  }

  get connections(): number {
    return this.#clients.size;
  }

  languages(): AvailableLanguages {
    return availableLanguages(this.engines);
  }

  sign(): Login {
    return signLogin(this.#rules, Math.floor(Date.now() / 1000));
  }

  /** Throws an `RtvtFault`. */
  checkLogin(login: Login): void {
    checkLogin(login, this.#rules, Date.now() / 1000);
  }

  /** False: there are too many, or the gateway is shutting down. */
  join(client: Client): boolean {
    if (this.#draining || this.#clients.size >= MOST_CONNECTIONS) return false;
    this.#clients.add(client);
    this.metrics.connections(1);
    return true;
  }

  leave(client: Client): void {
    if (this.#clients.delete(client)) this.metrics.connections(-1);
  }

  /** Throws an `RtvtFault`: what is asked cannot be done, or not now. */
  open(client: Client, start: VoiceStart, emit: (push: Push) => void): RtvtStream {
    if (this.#draining) throw new RtvtFault(RTVT_CODE.busy, 'The gateway is shutting down.');
    const settings = checkedSettings(start, this.engines);
    const crowd = { open: this.#streams, most: this.#most, ofConnection: client.streams.size };
    admitStream(crowd, this.#lanes.hear.load, performance.now());
    const id = ++this.#lastId;
    const roles = rolesFor({ connection: client, stream: {} }, this.engines, this.#lanes);
    const { translate: translator } = this.engines;
    const onFailure = (cause: unknown): void => this.log.warn({ err: cause }, 'an engine failed an RTVT stream');
    const stream = new RtvtStream({ id, pid: this.pid, settings, roles, translator, emit, metrics: this.metrics, onFailure });
    this.#streams++;
    this.metrics.streams(1);
    return stream;
  }

  /** The stream does no more work. */
  closed(stream: RtvtStream): void {
    stream.close();
    this.#streams--;
    this.metrics.streams(-1);
  }

  /** Frames that may wait to be judged together: the more streams, the fewer messages to the engine. */
  get batch(): number {
    return this.#streams <= 8 ? 1 : this.#streams <= 24 ? 3 : 5;
  }

  /** Tells what is under way for at most `patienceMs`, then closes everything. */
  async close(patienceMs: number): Promise<void> {
    this.#draining = true;
    const drained = Promise.all([...this.#clients].map((client) => client.drain()));
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
    for (const client of this.#clients) client.drop();
    clearInterval(this.#clock);
  }

  #tick(): void {
    const now = performance.now();
    for (const client of this.#clients) client.tick(now);
  }
}
