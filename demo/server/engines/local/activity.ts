import { EngineFailedError, type VoiceActivity, type VoiceActivityStream } from '../engine.ts';
import type { ActivityArguments } from './activity-child.ts';
import { WINDOW_SAMPLES } from './activity/silero.ts';
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
  /** Samples that do not fill a window yet. */
  readonly #rest = new Int16Array(WINDOW_SAMPLES);
  #restLength = 0;
  #fresh = true;

  constructor(pool: ChildPool, id: number) {
    this.#pool = pool;
    this.#id = id;
  }

  push(pcm: Int16Array): Promise<Float32Array> {
    if (this.#ended.signal.aborted) return Promise.reject(this.#ended.signal.reason as Error);
    const windows = this.#takeWindows(pcm);
    if (windows.length === 0) return Promise.resolve(new Float32Array(0));
    const order: ActivityArguments = { stream: this.#id, fresh: this.#fresh, windows };
    this.#fresh = false;
    return this.#pool.call<Float32Array>('judge', order, { signal: this.#ended.signal });
  }

  reset(): void {
    this.#restLength = 0;
    this.#fresh = true;
  }

  close(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort(new EngineFailedError('activity: the stream is closed'));
    // Its memory is small and goes with the child when even this fails.
    this.#pool.call('forget', this.#id, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  }

  #takeWindows(pcm: Int16Array): Int16Array {
    const total = this.#restLength + pcm.length;
    const whole = total - (total % WINDOW_SAMPLES);
    const windows = new Int16Array(whole);
    const used = Math.max(0, whole - this.#restLength);
    if (whole > 0) {
      windows.set(this.#rest.subarray(0, this.#restLength));
      windows.set(pcm.subarray(0, used), this.#restLength);
      this.#restLength = 0;
    }
    this.#rest.set(pcm.subarray(used), this.#restLength);
    this.#restLength += pcm.length - used;
    return windows;
  }
}
