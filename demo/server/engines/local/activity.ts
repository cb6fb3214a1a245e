import { EngineFailedError, type VoiceActivity, type VoiceActivityStream } from '../engine.ts';
import type { ActivityArguments } from './activity-child.ts';
import { Windows } from './activity/windows.ts';
import { childPool, type ChildPool } from './child-pool.ts';

/** Voice activity here: Silero v5 in a process of its own, so that no judgement waits behind a transcript. */

export interface LocalActivityOptions {
  /** Folder of the weights. */
  readonly weights: string;
  readonly log: (line: string) => void;
}

export function localVoiceActivity(options: LocalActivityOptions): VoiceActivity {
  const pool = childPool(new URL('./activity-child.ts', import.meta.url), {
    name: 'activity',
    data: { weights: options.weights },
    queueLimit: 256,
    timeoutMs: 5_000,
    log: options.log,
  });
  let streams = 0;
  return {
    name: 'silero-v5 (local)',
    warm: () => pool.warm(),
    close: () => pool.close(),
    open: () => new LocalActivityStream(pool, ++streams),
  };
}

class LocalActivityStream implements VoiceActivityStream {
  readonly #pool: ChildPool;
  readonly #id: number;
  readonly #ended = new AbortController();
  readonly #windows = new Windows();
  /** The next judgement begins anew: at the start, after a reset, after one that failed. */
  #fresh = true;

  constructor(pool: ChildPool, id: number) {
    this.#pool = pool;
    this.#id = id;
  }

  async push(pcm: Int16Array): Promise<Float32Array> {
    this.#ended.signal.throwIfAborted();
    const windows = this.#windows.take(pcm);
    if (windows.length === 0) return new Float32Array(0);
    const order: ActivityArguments = { stream: this.#id, fresh: this.#fresh, windows };
    this.#fresh = false;
    try {
      return await this.#pool.call<Float32Array>('judge', order, { signal: this.#ended.signal });
    } catch (error) {
      this.#fresh = true;
      throw error;
    }
  }

  reset(): void {
    this.#windows.clear();
    this.#fresh = true;
  }

  close(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort(new EngineFailedError('activity: the stream is closed'));
    this.#pool.call('forget', this.#id, { signal: AbortSignal.timeout(FORGET_MS) }).catch(() => {
      // A busy or dead child: the one forgets a kilobyte later, when it ends; the other has forgotten already.
    });
  }
}

const FORGET_MS = 5_000;
