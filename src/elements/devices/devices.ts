import { html, nothing, type PropertyDeclarations } from 'lit';
import type { Device } from '../../session/assistant.ts';
import { AssistantError } from '../../shared/errors.ts';
import { AssistantElement } from '../assistant-element.ts';
import { attempt } from '../attempt.ts';
import { controlStyles } from '../controls.styles.ts';
import '../device-test/define.ts';
import { copyText } from '../copy-text.ts';
import { AssistantValue, noDevices, SessionValue, silence } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';
import { microphoneInUse } from './device-changes.ts';
import { deviceStrings } from './device-strings.ts';
import { devicesStyles } from './devices.styles.ts';
import { deviceName, grantedLine } from './granted.ts';
import { keepDevice } from './kept-devices.ts';

/**
 * Which microphone, loudspeaker and camera are used, how loud, and what the browser granted; what is chosen here is remembered in this browser.
 *
 * @attr nocamera - Without a camera to choose
 * @csspart device-menu - The whole menu
 */
export class VivaDevices extends AssistantElement {
  static override shadowRootOptions = { ...AssistantElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [tokens, controlStyles, devicesStyles];
  static override properties: PropertyDeclarations = { nocamera: { type: Boolean }, reported: { state: true } };

  declare nocamera: boolean;
  declare reported: boolean;

  readonly #devices = new AssistantValue(
    this,
    (assistant) => assistant.devices,
    (devices) => devices,
    noDevices,
  );
  readonly #input = new AssistantValue(
    this,
    (assistant) => assistant.levels,
    (levels) => Math.round(Math.min(1, levels.input * 4) * 20) / 20,
    silence,
  );
  readonly #microphone = new SessionValue(this, (state) => state.microphone);

  constructor() {
    super();
    this.nocamera = false;
    this.reported = false;
  }

  protected override render() {
    const strings = this.#words;
    const devices = this.#devices.value;
    return html`<div part="device-menu" role="group" aria-label=${strings.devices}>
      ${this.#choice('microphone', strings.microphone)}
      <meter aria-label=${strings.level} min="0" max="1" high="0.9" .value=${this.#input.value}></meter>
      <p role="status">${this.#open ? strings.microphoneOpen : strings.microphoneClosed}</p>
      ${devices.granted === null || !this.#open ? nothing : html`<p>${strings.granted}: ${grantedLine(devices.granted, strings)}</p>`}
      ${devices.canChooseSpeaker ? this.#choice('speaker', strings.speaker) : nothing}
      ${this.nocamera ? nothing : this.#choice('camera', strings.cameraDevice)}
      <label>
        <span>${strings.volume}</span>
        <input type="range" min="0" max="1" step="0.05" value="1" @input=${this.#volume} />
      </label>
      <viva-device-test .assistant=${this.assistant} .strings=${this.strings} exportparts="device-test"></viva-device-test>
      <button class="outline" name="report" @click=${this.#report}>${this.reported ? strings.reported : strings.report}</button>
    </div>`;
  }

  #choice(kind: Device['kind'], label: string) {
    const devices = this.#devices.value;
    const list = devices.list.filter((device) => device.kind === kind);
    const chosen = (kind === 'microphone' ? microphoneInUse(devices, this.#open) : devices[kind]) ?? '';
    return html`<label>
      <span>${label}</span>
      <select name=${kind} .value=${chosen} @change=${(event: Event) => this.#choose(kind, event)}>
        <option value="" ?selected=${chosen === ''}>${this.#words.browserChoice}</option>
        ${list.map(
          (device, index) =>
            html`<option value=${device.id} ?selected=${device.id === chosen}>${deviceName(device.label, label, index)}</option>`,
        )}
      </select>
    </label>`;
  }

  /** Also while it is muted: the device is in use. */
  get #open(): boolean {
    return this.#microphone.value === 'live' || this.#microphone.value === 'muted';
  }

  get #words() {
    return { ...deviceStrings, ...this.strings };
  }

  #choose(kind: Device['kind'], event: Event): void {
    const { value } = event.currentTarget as HTMLSelectElement;
    const id = value === '' ? null : value;
    keepDevice(kind, id);
    attempt(this, (assistant) => assistant.setDevice(kind, id));
  }

  readonly #volume = (event: Event): void => {
    this.assistant?.setVolume((event.currentTarget as HTMLInputElement).valueAsNumber);
  };

  readonly #report = (): void => {
    attempt(this, async (assistant) => {
      this.reported = await copyText(JSON.stringify(await assistant.diagnose(), null, 2));
      if (!this.reported) throw new AssistantError('unsupported', 'the clipboard is closed to this page', { field: 'clipboard' });
    });
  };
}
