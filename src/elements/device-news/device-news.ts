import { html, type PropertyDeclarations } from 'lit';
import type { Assistant, Devices } from '../../session/assistant.ts';
import { AssistantElement } from '../assistant-element.ts';
import { attempt } from '../attempt.ts';
import { deviceChanges, type DeviceNews } from '../devices/device-changes.ts';
import { deviceStrings } from '../devices/device-strings.ts';
import { keptDevices } from '../devices/kept-devices.ts';
import { AssistantValue, noDevices } from '../session-value.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { deviceNewsStyles } from './device-news.styles.ts';

/** It can be read, heard and put up with. */
const SHOWN_MS = 10_000;

/**
 * Says what was plugged in or out and what is used instead, and goes back to a chosen device when that is there again.
 *
 * @csspart device-news - What is said
 */
export class VivaDeviceNews extends AssistantElement {
  static override styles = [tokens, deviceNewsStyles];
  static override properties: PropertyDeclarations = { told: { state: true } };

  declare told: readonly DeviceNews[];

  #before: { readonly of: Assistant; readonly devices: Devices } | null = null;
  #over: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.told = [];
    new AssistantValue(
      this,
      (assistant) => assistant.devices,
      (devices) => devices,
      noDevices,
      (devices) => {
        this.#take(devices);
      },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#over);
    this.told = [];
    this.#before = null;
  }

  protected override render() {
    return html`<p part="device-news" role="status">${this.told.map((news) => this.#sentence(news)).join(' ')}</p>`;
  }

  #sentence({ what, kind, name }: DeviceNews): string {
    const words = { ...deviceStrings, ...this.strings };
    const kinds = { microphone: words.microphone, speaker: words.speaker, camera: words.cameraDevice };
    const text = { added: words.deviceAdded, removed: words.deviceRemoved, fallback: words.deviceFallback }[what];
    return fill(text, { name: name !== '' ? name : what === 'fallback' ? words.browserChoice : kinds[kind] });
  }

  #take(devices: Devices): void {
    const { assistant } = this;
    if (assistant === null) return;
    const before = this.#before?.of === assistant ? this.#before.devices : null;
    this.#before = { of: assistant, devices };
    const open = assistant.state.value.microphone !== 'off';
    const { news, choices } = deviceChanges(before, devices, keptDevices(), open);
    if (news.length > 0) this.#tell(news);
    // Not while the devices are being told: whoever is told after us would hear the choice before the change.
    queueMicrotask(() => {
      for (const { kind, id } of choices) {
        if (assistant.devices.value[kind] !== id) attempt(this, () => assistant.setDevice(kind, id));
      }
    });
  }

  /** What is new stands beside what is still being read. */
  #tell(news: readonly DeviceNews[]): void {
    this.told = [...this.told, ...news].slice(-3);
    clearTimeout(this.#over);
    this.#over = setTimeout(() => {
      this.told = [];
    }, SHOWN_MS);
  }
}
