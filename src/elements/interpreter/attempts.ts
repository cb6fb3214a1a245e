import type { ReactiveControllerHost } from 'lit';
import type { CaptionSourceState } from '../../session/caption-source.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';

/** What became of the wishes that presses of buttons make and nobody awaits, and which trouble the reader has put aside. */
export class Attempts {
  /** A wish that failed without a trace in the interpreter's state. */
  failure: ErrorFacts | null = null;
  dismissed: ErrorFacts | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #trouble: () => Pick<CaptionSourceState, 'error' | 'notice'>;
  readonly #failed: (facts: ErrorFacts) => void;

  /** `failed` is told what the state does not show. */
  constructor(
    host: ReactiveControllerHost,
    trouble: () => Pick<CaptionSourceState, 'error' | 'notice'>,
    failed: (facts: ErrorFacts) => void,
  ) {
    this.#host = host;
    this.#trouble = trouble;
    this.#failed = failed;
  }

  /** A failure that the state already shows needs no more; another one is shown here. A wish that nobody has any more is none. */
  try(wish: () => Promise<unknown>): void {
    this.failure = null;
    this.#host.requestUpdate();
    wish().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') return;
      const facts = AssistantError.from(cause, 'bad-option').toFacts();
      const { error, notice } = this.#trouble();
      if (error?.code === facts.code || notice?.code === facts.code) return;
      this.failure = facts;
      this.#host.requestUpdate();
      this.#failed(facts);
    });
  }

  readonly dismiss = (facts: ErrorFacts): void => {
    this.dismissed = facts;
    this.#host.requestUpdate();
  };
}
