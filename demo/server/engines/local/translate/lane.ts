import { EngineBusyError, EngineFailedError } from '../../engine.ts';
import { CallQueue, type Waiting } from '../call-queue.ts';
import { Pipeline } from './pipeline.ts';

/** The calls for one language pair: one at a time through its pipeline, which starts at the first, and again after it died. */

export interface LaneOptions {
  /** Named in errors, e.g. `translate en-es`. */
  readonly name: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** Calls that may wait. */
  readonly queueLimit: number;
  /** An answer that takes longer ends the pipeline, ms; the first one loads the dictionaries. */
  readonly timeoutMs: number;
  /** The pipeline ends after so long without a call, ms. */
  readonly idleMs: number;
  readonly log: (line: string) => void;
}

/** After the second failure in a row: 250 ms, doubling to 30 s, until it may start again. */
const BACKOFF_FIRST_MS = 250;
const BACKOFF_LAST_MS = 30_000;

class Request implements Waiting {
  readonly stream: string;
  readonly droppable: boolean;
  /** Settled once; what comes later changes nothing. */
  readonly translated: Promise<string>;
  readonly #name: string;
  #resolve: (stream: string) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(name: string, stream: string, droppable: boolean) {
    this.#name = name;
    this.stream = stream;
    this.droppable = droppable;
    this.translated = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  resolve(stream: string): void {
    this.#resolve(stream);
  }

  reject(error: unknown): void {
    this.#reject(error);
  }

  drop(): void {
    this.reject(new EngineBusyError(`${this.#name}: dropped for a call that matters more`));
  }
}

export class Lane {
  readonly #options: LaneOptions;
  readonly #queue: CallQueue<Request>;
  #pipeline: Pipeline | null = null;
  #underWay: Request | null = null;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #restUntilMs = 0;
  #closed = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#queue = new CallQueue(options.queueLimit);
  }

  /** What the pipeline makes of `stream`. Rejects with EngineBusyError, EngineFailedError or the signal's reason. */
  async run(stream: string, { interim, signal }: { readonly interim: boolean; readonly signal: AbortSignal }): Promise<string> {
    const { name } = this.#options;
    signal.throwIfAborted();
    if (this.#closed) throw new EngineFailedError(`${name}: the engine is closed`);
    const request = new Request(name, stream, interim);
    // What is under way comes to its end unheard: it takes milliseconds.
    const aborted = (): void => {
      this.#queue.remove(request);
      request.reject(signal.reason);
    };
    signal.addEventListener('abort', aborted, { once: true });
    if (!this.#queue.offer(request)) request.reject(new EngineBusyError(`${name}: too many calls are waiting`));
    this.#pump();
    try {
      return await request.translated;
    } finally {
      signal.removeEventListener('abort', aborted);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const error = new EngineFailedError(`${this.#options.name}: the engine is closed`);
    for (const request of this.#queue.drain()) request.reject(error);
    this.#underWay?.reject(error);
    this.#underWay = null;
    await this.#pipeline?.close();
  }

  #pump(): void {
    if (this.#underWay !== null || this.#closed) return;
    clearTimeout(this.#timer);
    const request = this.#queue.take(true);
    if (request === undefined) {
      if (this.#pipeline !== null) this.#timer = setTimeout(() => this.#rest(), this.#options.idleMs).unref();
      return;
    }
    if (this.#pipeline === null && performance.now() < this.#restUntilMs) {
      request.reject(new EngineBusyError(`${this.#options.name}: the engine is being restarted`));
      this.#pump();
      return;
    }
    this.#pipeline ??= this.#start();
    const pipeline = this.#pipeline;
    this.#underWay = request;
    this.#timer = setTimeout(() => pipeline.kill(), this.#options.timeoutMs);
    pipeline.send(request.stream, (text) => {
      this.#failures = 0;
      this.#underWay = null;
      request.resolve(text);
      this.#pump();
    });
  }

  #start(): Pipeline {
    const { command, env } = this.#options;
    const pipeline = new Pipeline({ command, env, gone: (why) => this.#gone(pipeline, why) });
    return pipeline;
  }

  #gone(pipeline: Pipeline, why: string): void {
    if (this.#pipeline !== pipeline) return;
    this.#pipeline = null;
    if (this.#closed) return;
    const { name, log } = this.#options;
    log(`${name}: the pipeline ended (${why})`);
    this.#failures++;
    if (this.#failures > 1)
      this.#restUntilMs = performance.now() + Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** (this.#failures - 2));
    this.#underWay?.reject(new EngineFailedError(`${name}: the pipeline ended (${why})`));
    this.#underWay = null;
    this.#pump();
  }

  /** Its dictionaries are given back; the next call loads them again. */
  #rest(): void {
    const pipeline = this.#pipeline;
    this.#pipeline = null;
    void pipeline?.close();
  }
}
