import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Assistant, Devices, Levels, Pictures } from '../session/assistant.ts';
import { idle, type SessionState } from '../session/state.ts';
import type { Behavior } from '../shared/behavior.ts';

/** How elements follow a conversation: controllers that follow one slice of it. */

/** What is known of an assistant that is not there. */
export const noPictures: Pictures = { camera: null, screen: null };
export const noDevices: Devices = {
  list: [],
  microphone: null,
  speaker: null,
  camera: null,
  granted: null,
  canChooseSpeaker: false,
};
export const silence: Levels = { input: 0, output: 0 };

/** An element that knows its conversation. */
export interface AssistantHost extends ReactiveControllerHost {
  readonly assistant: Assistant | null;
}

/**
 * One slice of one of an assistant's Behaviors: updates the host when the slice changes (`Object.is`), lets go while the host is out of
 * the document and begins again when it is back. `changed` is called at once for every change, also those that one update swallows.
 */
export class AssistantValue<S, T> implements ReactiveController {
  value: T;
  readonly #host: AssistantHost;
  readonly #of: (assistant: Assistant) => Behavior<S>;
  readonly #select: (whole: S) => T;
  readonly #fallback: S;
  readonly #changed: ((value: T, previous: T) => unknown) | undefined;
  #followed: Assistant | null = null;
  #subscription: { unsubscribe(): void } | undefined;

  constructor(
    host: AssistantHost,
    of: (assistant: Assistant) => Behavior<S>,
    select: (whole: S) => T,
    fallback: S,
    changed?: (value: T, previous: T) => unknown,
  ) {
    this.#host = host;
    this.#of = of;
    this.#select = select;
    this.#fallback = fallback;
    this.#changed = changed;
    this.value = select(fallback);
    host.addController(this);
  }

  hostConnected(): void {
    this.#followed = null;
    this.#follow(this.#host.assistant);
  }

  hostUpdate(): void {
    this.#follow(this.#host.assistant);
  }

  /** An update that was asked for before comes after this, and must not begin anew for a host that is gone. */
  hostDisconnected(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  #follow(assistant: Assistant | null): void {
    if (assistant === this.#followed) return;
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#followed = assistant;
    if (assistant === null) this.#take(this.#fallback);
    else this.#subscription = this.#of(assistant).subscribe((whole) => this.#take(whole));
  }

  #take(whole: S): void {
    const previous = this.value;
    this.value = this.#select(whole);
    if (Object.is(previous, this.value)) return;
    this.#changed?.(this.value, previous);
    this.#host.requestUpdate();
  }
}

/** One slice of the session's state. */
export class SessionValue<T> extends AssistantValue<SessionState, T> {
  constructor(host: AssistantHost, select: (state: SessionState) => T, changed?: (value: T, previous: T) => unknown) {
    super(host, (assistant) => assistant.state, select, idle, changed);
  }
}
