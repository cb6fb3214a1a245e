import type { Device } from '../../session/assistant.ts';
import type { TranscriptFormat } from '../chat/acts.ts';
import { VivaErrorEvent } from '../events.ts';
import { Launcher } from './launcher.ts';

/** What a page can ask of `<viva-voce>`: every method may be called in any state, and twice. */
export abstract class TagMethods extends Launcher {
  /** Begins to talk (in `chat` mode: to write). Call it from a click or a key. */
  override async start(): Promise<void> {
    const assistant = await this.ensure(true);
    if (this.interprets) await (await this.interpreting.load()).start();
    else await assistant.start({ voice: this.mode !== 'chat' });
  }

  /** Ends the conversation: microphone, camera and socket close. What was said stays to be read. */
  override async stop(): Promise<void> {
    await this.interpreting.here?.stop();
    await this.assistant?.stop();
  }

  /** Opens the panel. */
  expand(): Promise<void> {
    this.open = true;
    return this.#shown();
  }

  /** Closes the panel; a running conversation goes on. */
  override collapse(): Promise<void> {
    this.open = false;
    return this.#shown();
  }

  /** Takes the launcher off the page, as a visitor can with `dismissible`. */
  dismiss(): Promise<void> {
    this.dismissed = true;
    return this.#shown();
  }

  /** Brings a dismissed launcher back. */
  restore(): Promise<void> {
    this.dismissed = false;
    return this.#shown();
  }

  /** Mutes the microphone; the conversation goes on. */
  mute(): Promise<void> {
    this.muted = true;
    return this.#shown();
  }

  /** Lets the microphone be heard again. */
  unmute(): Promise<void> {
    this.muted = false;
    return this.#shown();
  }

  /** Stops the answer that is being spoken. */
  interrupt(): Promise<void> {
    this.assistant?.interrupt();
    return this.#shown();
  }

  /** Sends a written message; connects when needed and never asks for the microphone. */
  async send(message: string, options?: { readonly images?: readonly string[] }): Promise<void> {
    await (await this.ensure(true)).send(message, options);
  }

  /** Tells the assistant something it should know and not answer. */
  async addContext(fact: string): Promise<void> {
    (await this.ensure()).addContext(fact);
  }

  /** Puts one picture of the camera or the screen into the conversation. */
  async snapshot(question?: string): Promise<void> {
    await (await this.ensure(true)).snapshot(question);
  }

  /** Shows the camera to the assistant; rejects with `camera-denied` or `camera-missing`. */
  async startCamera(): Promise<void> {
    await (await this.ensure(true)).startCamera().catch(this.#refused);
  }

  /** Closes the camera. */
  stopCamera(): Promise<void> {
    this.assistant?.stopCamera();
    return this.#shown();
  }

  /** Asks which window or tab the assistant may see; call it from a click. Rejects with `screen-denied`. */
  async startScreen(): Promise<void> {
    await (await this.ensure(true)).startScreen().catch(this.#refused);
  }

  /** Stops sharing the screen. */
  stopScreen(): Promise<void> {
    this.assistant?.stopScreen();
    return this.#shown();
  }

  /** Chooses a microphone, speaker or camera by its id; null = the browser’s default. Also while a conversation runs. */
  async setDevice(kind: Device['kind'], id: string | null): Promise<void> {
    await (await this.ensure()).setDevice(kind, id);
  }

  /** A report for a support ticket: no secrets, no speech. */
  async diagnose(): Promise<Readonly<Record<string, unknown>>> {
    return (await this.ensure()).diagnose();
  }

  /** Hands the conversation to the reader as a file: `txt` (default), `json`, `srt` or `vtt`. */
  async downloadTranscript(format?: TranscriptFormat): Promise<void> {
    await (await this.extras.load()).download(format);
  }

  /** Ends the conversation and deletes what the browser keeps of it, and of what was agreed to; `conversation` = of it alone. */
  override async forget(what?: 'conversation'): Promise<void> {
    await (await this.extras.load()).forget(what);
  }

  /** Ends the conversation and makes everything as it was at first; what was agreed to stays. A kiosk: ends the visit, and that goes too. */
  async reset(): Promise<void> {
    await (await this.extras.load()).reset();
  }

  /** As with every wish that fails, the page is told as well. */
  readonly #refused = (cause: unknown): never => {
    const facts = this.parts.here?.facts(cause);
    if (facts) this.dispatchEvent(new VivaErrorEvent(facts));
    throw cause;
  };

  /** Until what was set is to be seen; nothing of a tag that is not on the page is. */
  async #shown(): Promise<void> {
    if (this.isConnected) await this.updateComplete;
  }
}
