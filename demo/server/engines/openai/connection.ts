import OpenAI from 'openai';
import type { Remote } from '../../config.ts';
import { EngineBusyError, EngineFailedError } from '../engine.ts';

/** One OpenAI-compatible server in one role: the official client, few calls at once, failures that say whose they are. */

/** Until the first byte of the answer, ms. */
const TIMEOUT_MS = 20_000;
/** Calls under way at once; more are refused, not queued: a queue before a queue only hides who is slow. */
const MOST_AT_ONCE = 16;
/** Interim transcripts may take no more than these. */
const MOST_INTERIM = 4;

export class Connection {
  readonly client: OpenAI;
  readonly model: string;
  /** For `Engine.name`. */
  readonly label: string;
  /** OpenAI itself, whose newest models refuse some fields that others need. */
  readonly isOpenAI: boolean;
  readonly #role: string;
  readonly #closed = new AbortController();
  #underWay = 0;

  constructor(role: string, remote: Remote, defaultModel: string) {
    const { host } = new URL(remote.baseUrl);
    this.#role = role;
    this.model = remote.model ?? defaultModel;
    this.label = `${this.model} (${host})`;
    this.isOpenAI = host === 'api.openai.com';
    // A server without keys ignores what it is sent, the client insists on something.
    this.client = new OpenAI({
      baseURL: remote.baseUrl,
      apiKey: remote.apiKey ?? 'none',
      timeout: TIMEOUT_MS,
      maxRetries: 1,
      logLevel: 'off',
    });
  }

  /** Aborted by the caller or by `close`. */
  signal(of: AbortSignal): AbortSignal {
    return AbortSignal.any([of, this.#closed.signal]);
  }

  /** Takes a place until the returned function is called. Throws EngineBusyError when there is none. */
  enter(interim = false): () => void {
    if (this.#underWay >= (interim ? MOST_INTERIM : MOST_AT_ONCE))
      throw new EngineBusyError(`${this.#role}: too many calls to ${this.label}`);
    this.#underWay++;
    let left = false;
    return () => {
      if (!left) this.#underWay--;
      left = true;
    };
  }

  /** Runs one call in a place of its own; its failures become engine errors. */
  async run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>, interim = false): Promise<T> {
    signal.throwIfAborted();
    const leave = this.enter(interim);
    try {
      return await work(this.signal(signal));
    } catch (error) {
      throw this.explain(error, signal);
    } finally {
      leave();
    }
  }

  /** The same for what comes in parts. */
  async *stream<T>(signal: AbortSignal, work: (signal: AbortSignal) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    signal.throwIfAborted();
    const leave = this.enter();
    try {
      yield* work(this.signal(signal));
      // The client ends its iteration quietly when it is aborted.
      this.signal(signal).throwIfAborted();
    } catch (error) {
      throw this.explain(error, signal);
    } finally {
      leave();
    }
  }

  /** What the caller is told: its own abort reason, busy, or failed with whose fault it is. */
  explain(error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    if (this.#closed.signal.aborted) return new EngineFailedError(`${this.#role}: the engine is closed`);
    if (error instanceof EngineBusyError || error instanceof EngineFailedError) return error;
    const failed = (why: string): EngineFailedError =>
      new EngineFailedError(`${this.#role}: ${this.label} ${why}`, { cause: error });
    if (error instanceof OpenAI.RateLimitError)
      return new EngineBusyError(`${this.#role}: ${this.label} takes no more calls now`, { cause: error });
    if (error instanceof OpenAI.AuthenticationError || error instanceof OpenAI.PermissionDeniedError)
      return failed('refuses the API key');
    if (error instanceof OpenAI.NotFoundError) return failed('does not know the model or the path');
    if (error instanceof OpenAI.APIConnectionTimeoutError) return failed(`gave no answer in ${String(TIMEOUT_MS / 1000)} s`);
    if (error instanceof OpenAI.APIConnectionError) return failed('cannot be reached');
    if (error instanceof OpenAI.APIError && error.status !== undefined) return failed(`answered ${String(error.status)}`);
    return failed('gave an answer that cannot be read');
  }

  /** Asks for nothing but whether the server is there and takes the key; a server without a list of models is fine. */
  async warm(): Promise<void> {
    await this.run(new AbortController().signal, (signal) =>
      this.client.models.list({ signal, timeout: 5_000, maxRetries: 0 }),
    ).catch((error: unknown) => {
      if (error instanceof EngineFailedError && error.cause instanceof OpenAI.NotFoundError) return;
      throw error;
    });
  }

  close(): Promise<void> {
    this.#closed.abort();
    return Promise.resolve();
  }
}

/** Throws EngineFailedError when `parts` bring nothing for so long, ms; `give` is then told to end the source. */
export async function* lively<T>(parts: AsyncIterable<T>, mostMs: number, give: () => void): AsyncGenerator<T, void, undefined> {
  const stalled = new AbortController();
  const fire = (): void => {
    stalled.abort(new EngineFailedError(`the server stopped in the middle of its answer for ${String(mostMs / 1000)} s`));
    give();
  };
  let timer = setTimeout(fire, mostMs);
  try {
    for await (const part of parts) {
      clearTimeout(timer);
      yield part;
      timer = setTimeout(fire, mostMs);
    }
    // Sources end quietly when they are aborted.
    stalled.signal.throwIfAborted();
  } catch (error) {
    throw stalled.signal.aborted ? stalled.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
