import { html, nothing } from 'lit';
import { AssistantElement } from '../assistant-element.ts';
import { attempt } from '../attempt.ts';
import { controlStyles } from '../controls.styles.ts';
import { cameraIcon, endIcon, microphoneIcon, mutedIcon, screenIcon, stopIcon, voiceIcon } from '../icons.ts';
import { AssistantValue, noPictures, SessionValue } from '../session-value.ts';
import type { PanelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { controlSet } from './control-set.ts';
import { controlsStyles } from './controls.styles.ts';

/**
 * The buttons of a conversation: one to start and stop, mute, interrupt, the key to talk, camera and screen.
 *
 * @csspart start - Starts and stops
 * @csspart mic - Mutes and unmutes
 * @csspart talk - Held or pressed to talk (`turn="hold"`, `turn="toggle"`)
 * @csspart interrupt - Stops an answer
 * @csspart camera - Shows the camera, or stops it
 * @csspart screen - Shares the screen, or stops it
 */
export class VivaControls extends AssistantElement {
  static override styles = [tokens, controlStyles, controlsStyles];

  readonly #state = new SessionValue(this, (state) => state);
  readonly #pictures = new AssistantValue(
    this,
    (assistant) => assistant.pictures,
    (pictures) => pictures,
    noPictures,
  );

  #held = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hold(false);
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[part="talk"], [part="start"]')?.focus();
  }

  protected override render() {
    const state = this.#state.value;
    const set = controlSet(state, this.turn, this.voice);
    const { camera, screen } = this.#pictures.value;
    const { strings } = this;
    return html`${
      set.running
        ? html`${
              set.spoken && !set.talk
                ? this.#icon(
                    'mic',
                    state.muted ? 'unmute' : 'mute',
                    state.muted ? mutedIcon : microphoneIcon,
                    state.muted,
                    this.#mute,
                  )
                : nothing
            }
            ${this.#icon('camera', camera === null ? 'camera' : 'cameraOff', cameraIcon, camera !== null, this.#camera)}
            ${this.#canShare ? this.#icon('screen', screen === null ? 'screen' : 'screenOff', screenIcon, screen !== null, this.#screen) : nothing}
            <button
              part="interrupt"
              class="icon outline"
              aria-label=${strings.interrupt}
              title=${strings.interrupt}
              aria-disabled=${!set.interruptible}
              @click=${this.#interrupt}
            >
              ${stopIcon}
            </button>`
        : nothing
    }
    ${set.talk ? this.#talk(state.holding) : nothing}
    ${
      set.join
        ? html`<button part="mic" class="outline wide" @click=${this.#voice}>${microphoneIcon}${strings.talk}</button>`
        : nothing
    }
    ${
      set.running || this.voice
        ? html`<button
            part="start"
            class=${set.running ? 'end' : state.phase === 'error' ? 'outline wide' : 'solid wide'}
            @click=${set.running ? this.#stop : this.#voice}
          >
            ${set.running ? endIcon : voiceIcon}<span>${strings[set.main]}</span>
          </button>`
        : nothing
    }`;
  }

  #icon(part: string, label: keyof PanelStrings, icon: unknown, pressed: boolean, press: () => void) {
    const name = this.strings[label];
    return html`<button
      part=${part}
      class="icon outline ${pressed ? 'pressed' : ''}"
      aria-label=${name}
      title=${name}
      @click=${press}
    >
      ${icon}
    </button>`;
  }

  #talk(holding: boolean) {
    const { strings, turn } = this;
    const label = turn === 'hold' ? (holding ? 'holding' : 'hold') : holding ? 'toggleOff' : 'toggleOn';
    const held = turn === 'hold';
    return html`<button
      part="talk"
      class="wide talk ${holding ? 'pressed' : 'solid'}"
      aria-pressed=${holding}
      @click=${held ? nothing : () => this.assistant?.hold(!holding)}
      @pointerdown=${held ? this.#down : nothing}
      @pointerup=${held ? this.#up : nothing}
      @pointercancel=${held ? this.#up : nothing}
      @keydown=${held ? this.#keyDown : nothing}
      @keyup=${held ? this.#keyUp : nothing}
      @blur=${held ? this.#up : nothing}
      @contextmenu=${held ? (event: Event) => event.preventDefault() : nothing}
    >
      ${microphoneIcon}<span>${strings[label]}</span>
    </button>`;
  }

  get #canShare(): boolean {
    return 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    // The finger may slide off the button and still be talking.
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#hold(true);
  };

  readonly #up = (): void => this.#hold(false);

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    this.#hold(true);
  };

  readonly #keyUp = (event: KeyboardEvent): void => {
    if (event.key === ' ' || event.key === 'Enter') this.#up();
  };

  /** Goes by the key, not by the state, which comes back from a worker later than a short press lasts. */
  #hold(down: boolean): void {
    if (down === this.#held) return;
    this.#held = down;
    this.assistant?.hold(down);
  }

  readonly #voice = (): void => {
    attempt(this, (assistant) => assistant.start({ voice: true }));
  };

  readonly #stop = (): void => {
    attempt(this, (assistant) => assistant.stop());
  };

  readonly #mute = (): void => {
    this.assistant?.mute(!this.#state.value.muted);
  };

  readonly #interrupt = (event: Event): void => {
    if ((event.currentTarget as HTMLElement).ariaDisabled !== 'true') this.assistant?.interrupt('button');
  };

  readonly #camera = (): void => {
    if (this.#pictures.value.camera !== null) this.assistant?.stopCamera();
    else attempt(this, (assistant) => assistant.startCamera());
  };

  readonly #screen = (): void => {
    if (this.#pictures.value.screen !== null) this.assistant?.stopScreen();
    else attempt(this, (assistant) => assistant.startScreen());
  };
}
