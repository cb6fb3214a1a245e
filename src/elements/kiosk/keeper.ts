import { inCorner, isGesture, tapped } from '../../pipelines/kiosk-corner.ts';
import { isLocked, isPin, noTries, tried, type PinTries } from '../../pipelines/kiosk-pin.ts';
import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { Secret } from './secret.ts';

/** The keeper of the device: five taps in the corner at the top left, then the PIN. Without a PIN there is no way in. */

/** The panel closes by itself after so long without a touch, ms. */
const OPEN_MS = 120_000;

/** As much of the kiosk as the keeper needs. */
interface Kept {
  readonly host: Launcher;
  changed(): void;
}

export class Keeper {
  /** Something of the keeper's is on the screen. */
  open = false;
  /** The PIN was right. */
  admitted = false;
  tries: PinTries = noTries;
  readonly #kiosk: Kept;
  #pin: Secret | null = null;
  #taps: readonly number[] = [];
  #inCorner = false;
  #closing: ReturnType<typeof setTimeout> | undefined;

  constructor(kiosk: Kept) {
    this.#kiosk = kiosk;
    this.takePin();
  }

  /** The touch that is going on belongs to the gesture and begins no visit. */
  get gesturing(): boolean {
    return this.#inCorner;
  }

  /** Takes the PIN out of the page; only its digest stays. */
  takePin(): void {
    const { host } = this.#kiosk;
    const { pin } = host;
    if (pin === null) return;
    if (host.hasAttribute('pin')) host.removeAttribute('pin');
    host.pin = null;
    if (isPin(pin)) this.#pin = new Secret(pin);
    else
      host.dispatchEvent(
        new VivaErrorEvent(new AssistantError('bad-option', 'pin: must be 4 to 12 digits', { field: 'pin' }).toFacts()),
      );
  }

  /** A touch anywhere; true = it is the keeper's business alone. */
  tapped({ clientX, clientY, timeStamp }: PointerEvent): boolean {
    if (this.open) this.#stay();
    this.#inCorner = this.#pin !== null && !this.open && inCorner(clientX, clientY);
    this.#taps = tapped(this.#taps, this.#inCorner ? timeStamp : null);
    if (!isGesture(this.#taps)) return this.#inCorner;
    this.#taps = [];
    this.open = true;
    this.admitted = false;
    this.#stay();
    this.#kiosk.changed();
    return true;
  }

  async enter(digits: string): Promise<void> {
    if (isLocked(this.tries, Date.now()) || this.#pin === null) return;
    const right = await this.#pin.is(digits);
    this.tries = tried(this.tries, right, Date.now());
    this.admitted = right;
    this.#kiosk.changed();
  }

  readonly close = (): void => {
    if (!this.open) return;
    clearTimeout(this.#closing);
    this.open = this.admitted = this.#inCorner = false;
    this.#kiosk.changed();
  };

  #stay(): void {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(this.close, OPEN_MS);
  }
}
