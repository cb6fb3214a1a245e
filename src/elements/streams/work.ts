import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';

/** What an element is doing for somebody who pressed a button: what is under way, how far, and what failed last. */

export class Work implements ReactiveController {
  /** The last failure, until the next wish or until it is dismissed. */
  failure: ErrorFacts | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #failed: (facts: ErrorFacts) => void;
  /** Percent, null = not told. */
  readonly #running = new Map<string, number | null>();

  constructor(host: ReactiveControllerHost, failed: (facts: ErrorFacts) => void) {
    this.#host = host;
    this.#failed = failed;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.failure = null;
  }

  busy(key: string): boolean {
    return this.#running.has(key);
  }

  progress(key: string): number | null {
    return this.#running.get(key) ?? null;
  }

  /** Runs it once at a time under `key`; resolves with null when it failed, which is then shown. Faults of ours go where uncaught errors go. */
  async run<T>(key: string, wish: (progress: (percentage: number | null) => void) => Promise<T>): Promise<T | null> {
    if (this.#running.has(key)) return null;
    this.failure = null;
    this.#set(key, null);
    try {
      return await wish((percentage) => this.#set(key, percentage));
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') return null;
      if (cause instanceof AssistantError) {
        this.failure = cause.toFacts();
        this.#failed(this.failure);
      } else reportError(cause);
      return null;
    } finally {
      this.#running.delete(key);
      this.#host.requestUpdate();
    }
  }

  dismiss(): void {
    this.failure = null;
    this.#host.requestUpdate();
  }

  #set(key: string, percentage: number | null): void {
    this.#running.set(key, percentage);
    this.#host.requestUpdate();
  }
}
