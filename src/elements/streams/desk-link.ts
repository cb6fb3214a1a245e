import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DeskState, StreamsDesk } from '../../session/streams.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';

/** The desk of an element that is on the page: made when it comes, let go when it has left, not when it only moves. */

const nothingYet: DeskState = {
  phase: 'idle',
  streams: [],
  events: [],
  videos: [],
  captures: [],
  detail: null,
  selected: null,
  reconnecting: false,
  error: null,
  notice: null,
};

export class DeskLink implements ReactiveController {
  desk: StreamsDesk | null = null;
  state = nothingYet;
  readonly #host: ReactiveControllerHost & Node;
  readonly #connect: () => Promise<StreamsDesk>;
  readonly #failed: (facts: ErrorFacts) => void;
  #subscription: { unsubscribe(): void } | null = null;
  /** Only the desk of the last wish is taken. */
  #wish = 0;

  /** `connect` may throw AssistantError, which `failed` is told. */
  constructor(host: ReactiveControllerHost & Node, connect: () => Promise<StreamsDesk>, failed: (facts: ErrorFacts) => void) {
    this.#host = host;
    this.#connect = connect;
    this.#failed = failed;
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
      const desk = await this.#connect();
      if (wish !== this.#wish || !this.#host.isConnected) {
        desk.dispose();
        return;
      }
      this.desk = desk;
      this.#subscription = desk.state.subscribe((state) => {
        this.state = state;
        this.#host.requestUpdate();
      });
      desk.start();
    } catch (cause) {
      if (!(cause instanceof AssistantError)) throw cause;
      this.state = { ...nothingYet, phase: 'error', error: cause.toFacts() };
      this.#failed(cause.toFacts());
    }
    this.#host.requestUpdate();
  }

  #leave(): void {
    this.#wish++;
    this.#subscription?.unsubscribe();
    this.#subscription = null;
    this.desk?.dispose();
    this.desk = null;
    this.state = nothingYet;
  }
}
