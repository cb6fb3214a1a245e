import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Behavior } from '../shared/behavior.ts';
import { AssistantError, type ErrorFacts } from '../shared/errors.ts';

/** The desk of an element that is on the page: made when it comes, let go when it has left, not when it only moves. */

interface Desk<State> {
  readonly state: Behavior<State>;
  start(): void;
  dispose(): void;
}

interface DeskFacts {
  readonly phase: string;
  readonly error: ErrorFacts | null;
}

export interface DeskLinkTurns<D, State> {
  /** May throw AssistantError, which `failed` is told. */
  readonly connect: () => Promise<D>;
  /** It is there and was started. */
  readonly began?: (desk: D) => void;
  readonly changed?: (state: State, before: State) => void;
  readonly failed: (facts: ErrorFacts) => void;
}

export class DeskLink<State extends DeskFacts, D extends Desk<State>> implements ReactiveController {
  desk: D | null = null;
  state: State;
  readonly #host: ReactiveControllerHost & Node;
  readonly #nothingYet: State;
  readonly #turns: DeskLinkTurns<D, State>;
  #subscription: { unsubscribe(): void } | null = null;
  /** Only the desk of the last wish is taken. */
  #wish = 0;

  /** `nothingYet`: what is shown before there is a desk. */
  constructor(host: ReactiveControllerHost & Node, nothingYet: State, turns: DeskLinkTurns<D, State>) {
    this.#host = host;
    this.#nothingYet = this.state = nothingYet;
    this.#turns = turns;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.desk === null) void this.#begin();
  }

  hostDisconnected(): void {
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#leave();
    });
  }

  readonly again = (): void => {
    this.#leave();
    void this.#begin();
    this.#host.requestUpdate();
  };

  async #begin(): Promise<void> {
    const wish = ++this.#wish;
    try {
      const desk = await this.#turns.connect();
      if (wish !== this.#wish || !this.#host.isConnected) {
        desk.dispose();
        return;
      }
      this.desk = desk;
      this.#subscription = desk.state.subscribe((state) => {
        const before = this.state;
        this.state = state;
        this.#turns.changed?.(state, before);
        this.#host.requestUpdate();
      });
      desk.start();
      this.#turns.began?.(desk);
    } catch (cause) {
      if (!(cause instanceof AssistantError)) throw cause;
      this.state = { ...this.#nothingYet, phase: 'error', error: cause.toFacts() };
      this.#turns.failed(cause.toFacts());
    }
    this.#host.requestUpdate();
  }

  #leave(): void {
    this.#wish++;
    this.#subscription?.unsubscribe();
    this.#subscription = null;
    this.desk?.dispose();
    this.desk = null;
    this.state = this.#nothingYet;
  }
}
