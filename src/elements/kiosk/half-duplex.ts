import { html, nothing, type ReactiveController } from 'lit';
import { kioskStrings } from './kiosk-strings.ts';
import { SessionValue } from '../session-value.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';

/** A room goes on sounding after the loudspeaker, ms. */
const TAIL_MS = 300;

/** What `<viva-voce duplex="half">` loads, for rooms whose echo cannot be cancelled: the microphone rests while the assistant speaks. */
export const attach = (host: Launcher): Extra => new HalfDuplex(host);

class HalfDuplex implements ReactiveController, Extra {
  readonly #host: Launcher;
  readonly #playing: SessionValue<boolean>;
  /** The microphone was open before the assistant began to speak, and rests for that alone. */
  #resting = false;
  #tail: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Launcher) {
    this.#host = host;
    this.#playing = new SessionValue(
      host,
      ({ playing }) => playing,
      (playing) => {
        clearTimeout(this.#tail);
        if (playing) this.#rest();
        else if (this.#resting) this.#tail = setTimeout(this.#listen, TAIL_MS);
      },
    );
    host.addController(this);
  }

  hostUpdate(): void {
    // The page's own ear goes on hearing, and would take the assistant's echo for an interruption.
    if (this.#half && this.#host.bargeIn === 'natural') this.#host.bargeIn = 'button';
  }

  hostDisconnected(): void {
    clearTimeout(this.#tail);
    this.#resting = false;
  }

  panel() {
    if (!this.#half || !this.#playing.value) return nothing;
    const words = { ...kioskStrings, ...this.#host.words };
    return html`<p slot="notice" role="note">${words.kioskHalf}</p>`;
  }

  get #half(): boolean {
    return this.#host.duplex === 'half';
  }

  #rest(): void {
    const { assistant } = this.#host;
    if (!this.#half || assistant === null || assistant.state.value.muted || assistant.state.value.microphone !== 'live') return;
    this.#resting = true;
    assistant.mute(true);
  }

  readonly #listen = (): void => {
    const { assistant } = this.#host;
    this.#resting = false;
    // Whoever pressed the button meanwhile has decided.
    if (assistant?.state.value.muted === true) assistant.mute(false);
  };
}
