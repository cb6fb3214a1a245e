import type { Assistant, Device, Devices, Levels, Pictures } from '../../session/assistant.ts';
import type { SessionState } from '../../session/state.ts';
import type { Behavior } from '../../shared/behavior.ts';
import type { InterruptCause } from '../../shared/wire.ts';

/** An assistant that can be let go of for good. */
export interface OwnAssistant extends Assistant {
  dispose(): void;
}

export interface Gate {
  /** Decides whether a conversation may begin, and with which assistant; null = not now. */
  admit(this: void): Assistant | null;
  /** The conversation that was admitted is beginning. */
  begun(this: void, assistant: Assistant): void;
}

/** A page's veto or a change of its attributes stands between any wish to begin and the assistant that does. */
export class HostedAssistant implements OwnAssistant {
  readonly state: Behavior<SessionState>;
  readonly levels: Behavior<Levels>;
  readonly devices: Behavior<Devices>;
  readonly pictures: Behavior<Pictures>;
  readonly #inner: OwnAssistant;
  readonly #gate: Gate;

  constructor(inner: OwnAssistant, gate: Gate) {
    this.#inner = inner;
    this.#gate = gate;
    this.state = inner.state;
    this.levels = inner.levels;
    this.devices = inner.devices;
    this.pictures = inner.pictures;
  }

  /** Resolves without a conversation when the page said no. */
  async start(options?: { readonly voice?: boolean }): Promise<void> {
    await this.#begin((assistant) => assistant.start(options));
  }

  /** Rejects with an `AbortError` when the page said no, so that nobody believes the message was sent. */
  async send(text: string, options?: { readonly images?: readonly string[] }): Promise<void> {
    const sent = this.#begin((assistant) => assistant.send(text, options));
    if (sent === null) throw new DOMException('The page did not let the conversation begin', 'AbortError');
    await sent;
  }

  stop(): Promise<void> {
    return this.#inner.stop();
  }

  mute(muted: boolean): void {
    this.#inner.mute(muted);
  }

  hold(down: boolean): void {
    this.#inner.hold(down);
  }

  interrupt(cause?: InterruptCause): void {
    this.#inner.interrupt(cause);
  }

  addContext(text: string): void {
    this.#inner.addContext(text);
  }

  retry(): void {
    this.#inner.retry();
  }

  setDevice(kind: Device['kind'], id: string | null): Promise<void> {
    return this.#inner.setDevice(kind, id);
  }

  setVolume(gain: number): void {
    this.#inner.setVolume(gain);
  }

  startCamera(): Promise<void> {
    return this.#inner.startCamera();
  }

  stopCamera(): void {
    this.#inner.stopCamera();
  }

  startScreen(): Promise<void> {
    return this.#inner.startScreen();
  }

  stopScreen(): void {
    this.#inner.stopScreen();
  }

  snapshot(question?: string): Promise<void> {
    return this.#inner.snapshot(question);
  }

  unlock(): Promise<void> {
    return this.#inner.unlock();
  }

  diagnose(): Promise<Readonly<Record<string, unknown>>> {
    return this.#inner.diagnose();
  }

  dispose(): void {
    this.#inner.dispose();
  }

  #begin(wish: (assistant: Assistant) => Promise<void>): Promise<void> | null {
    const { phase } = this.state.value;
    if (phase !== 'idle' && phase !== 'ended' && phase !== 'error') return wish(this.#inner);
    const assistant = this.#gate.admit();
    if (assistant === null) return null;
    const done = wish(assistant);
    this.#gate.begun(assistant);
    return done;
  }
}
