import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { EMPTY, type Observable, Subscription } from 'rxjs';
import type { Room } from '../../pipelines/kiosk-calibration.ts';
import { isLocked, noTries, type PinTries, triesLeft } from '../../pipelines/kiosk-pin.ts';
import { controlStyles } from '../controls.styles.ts';
import { counted } from '../counted.ts';
import type { DiagnosisFacts } from '../diagnosis/diagnosis-facts.ts';
import '../diagnosis/define.ts';
import { closeIcon } from '../icons.ts';
import { KeptFocus } from '../kept-focus.ts';
import { kioskStrings } from '../kiosk/kiosk-strings.ts';
import { fill, panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { kioskKeeperStyles } from './kiosk-keeper.styles.ts';
import { PinPad } from './pin-pad.ts';

/** s that the room is listened to. */
const CALIBRATION_S = 5;

/**
 * What only the keeper of a kiosk gets to see: first the PIN, then the device’s report of itself and what can be done about it.
 *
 * @fires pin - `detail`: digits that were entered
 * @fires close - The keeper is done
 * @fires leave - Full screen is to be left
 * @fires full - Full screen is wanted
 * @fires restart - The page is to be loaded anew
 * @fires room - `detail`: what the room sounds like
 * @csspart keeper - The box
 * @csspart keeper-pin - The keys for the PIN
 */
export class VivaKioskKeeper extends LitElement {
  static override styles = [tokens, controlStyles, kioskKeeperStyles];
  static override properties: PropertyDeclarations = {
    tries: { attribute: false },
    admitted: { attribute: false },
    full: { attribute: false },
    diagnose: { attribute: false },
    calibrate: { attribute: false },
    echo: { attribute: false },
    level: { attribute: false },
    strings: { attribute: false },
    told: { state: true },
  };

  declare tries: PinTries;
  declare admitted: boolean;
  /** The screen is full. */
  declare full: boolean;
  declare diagnose: () => Promise<DiagnosisFacts>;
  /** Listens to the room while subscribed. */
  declare calibrate: Observable<Room | null>;
  /** Plays two tones and says how much louder it became, dB. */
  declare echo: Observable<number>;
  /** RMS 0–1. */
  declare level: Observable<number>;
  declare strings: Partial<typeof kioskStrings & typeof panelStrings>;
  /** What came of the calibration, in words. */
  declare told: string;

  readonly #pad = new PinPad(this, (digits) => this.dispatchEvent(new CustomEvent('pin', { detail: digits })));
  #listening = new Subscription();
  #ticks: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.tries = noTries;
    this.admitted = this.full = false;
    this.calibrate = this.echo = this.level = EMPTY;
    this.strings = {};
    this.told = '';
    // The keys go away when the PIN was right.
    new KeptFocus(this, () => this.renderRoot.querySelector('.acts button'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The time of a lock goes on by itself.
    this.#ticks = setInterval(() => {
      if (this.tries.lockedUntil > 0) this.requestUpdate();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticks);
    this.#listening.unsubscribe();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tries') || changed.has('admitted')) this.#pad.clear();
  }

  protected override render() {
    const words = { ...panelStrings, ...kioskStrings, ...this.strings };
    return html`<dialog
      part="keeper"
      aria-labelledby="keeper"
      @cancel=${this.#close}
      @keydown=${this.admitted ? nothing : this.#pad.typed}
    >
      <header>
        <h2 id="keeper">${this.admitted ? words.kioskKeeper : words.kioskPin}</h2>
        <button class="icon" aria-label=${words.close} title=${words.close} @click=${this.#close}>${closeIcon}</button>
      </header>
      ${this.admitted ? this.#inside(words) : this.#pinView(words)}
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  #pinView(words: typeof kioskStrings) {
    const { tries } = this;
    const lockedMs = tries.lockedUntil - Date.now();
    const locked = isLocked(tries, Date.now());
    const said = locked
      ? fill(words.kioskPinLocked, { seconds: Math.ceil(lockedMs / 1000) })
      : tries.wrong > 0
        ? counted(words, 'kioskPinWrong', triesLeft(tries))
        : '';
    return html`<div part="keeper-pin">${this.#pad.view(words, locked)}</div>
      <p role="alert">${said}</p>`;
  }

  #inside(words: typeof kioskStrings) {
    return html`<div class="acts">
        <button class="outline" @click=${this.#listen}>${words.kioskCalibrate}</button>
        ${
          this.full
            ? html`<button class="outline" @click=${() => this.dispatchEvent(new Event('leave'))}>${words.kioskLeave}</button>`
            : html`<button class="outline" @click=${() => this.dispatchEvent(new Event('full'))}>
                ${words.kioskFullscreen}
              </button>`
        }
        <button class="outline" @click=${() => this.dispatchEvent(new Event('restart'))}>${words.kioskRestart}</button>
      </div>
      <p role="status">${this.told === '' ? nothing : this.told}</p>
      <viva-diagnosis .read=${this.diagnose} .echo=${this.echo} .level=${this.level} .strings=${this.strings}></viva-diagnosis>`;
  }

  readonly #listen = (): void => {
    const words = { ...kioskStrings, ...this.strings };
    this.#listening.unsubscribe();
    this.told = counted(words, 'kioskCalibrating', CALIBRATION_S);
    this.#listening = this.calibrate.subscribe((room) => {
      if (room?.threshold == null) {
        this.told = words.kioskCalibrateLoud;
        return;
      }
      this.told = fill(words.kioskCalibrated, { noise: room.noiseDb, threshold: room.threshold });
      this.dispatchEvent(new CustomEvent('room', { detail: room }));
    });
  };

  readonly #close = (): void => {
    this.dispatchEvent(new Event('close'));
  };
}
