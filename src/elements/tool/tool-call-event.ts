/**
 * The assistant calls a tool of the page. Whoever answers with `respondWith` answers in the tool's place; cancelled without an answer, the
 * tool does not run, and the assistant is told so.
 */
export class VivaToolCallEvent extends Event {
  readonly name: string;
  /** The arguments, as the tool's JSON Schema describes them; not checked against it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Aborted when the answer is waited for no longer. */
  readonly signal: AbortSignal;
  #answer: unknown;
  #answered = false;

  constructor(name: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal) {
    super('viva-tool-call', { bubbles: true, composed: true, cancelable: true });
    this.name = name;
    this.input = input;
    this.signal = signal;
  }

  /** Gives the answer, or a promise of it; it is told to the assistant as text or JSON. Throws InvalidStateError the second time. */
  respondWith(answer: unknown): void {
    if (this.#answered) throw new DOMException('This call has been answered', 'InvalidStateError');
    this.#answered = true;
    this.#answer = answer;
  }

  /** @internal */
  get answer(): { readonly value: unknown } | null {
    return this.#answered ? { value: this.#answer } : null;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'viva-tool-call': VivaToolCallEvent;
  }
}
