import { html, nothing, type PropertyDeclarations } from 'lit';
import type { Subscription } from 'rxjs';
import { echoVerdict, type Echo, type EchoVerdict } from '../../pipelines/usage-echo.ts';
import { hearing } from '../../pipelines/usage-level.ts';
import { AssistantError, type ErrorCode } from '../../shared/errors.ts';
import { AssistantElement } from '../assistant-element.ts';
import { controlStyles } from '../controls.styles.ts';
import { deviceStrings } from '../devices/device-strings.ts';
import { SessionValue } from '../session-value.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import type { DeviceTests, TestedDevices } from '../viva-voce/device-edges.ts';
import { deviceTestStyles } from './device-test.styles.ts';

type Test = 'microphone' | 'speaker' | 'echo';
type Word = keyof typeof deviceStrings;

/** Makes the tests of these devices; opens nothing. */
export type ConnectTests = (devices: TestedDevices) => DeviceTests;

const labels: Readonly<Record<Test, Word>> = { microphone: 'testMicrophone', speaker: 'testSpeaker', echo: 'testEcho' };
const verdicts: Readonly<Record<EchoVerdict, Word>> = { none: 'testEchoNone', some: 'testEchoSome', strong: 'testEchoStrong' };

/**
 * Tries out microphone and loudspeaker before anybody talks: each is opened by a press and closed again.
 *
 * @csspart device-test - The buttons and what came out
 */
export class VivaDeviceTest extends AssistantElement {
  static override styles = [tokens, controlStyles, deviceTestStyles];
  static override properties: PropertyDeclarations = {
    connect: { attribute: false },
    running: { state: true },
    told: { state: true },
    level: { state: true },
  };

  /** Makes the tests; those of this page's devices by default. */
  declare connect: ConnectTests | null;
  declare running: Test | null;
  /** What came out, in words. */
  declare told: string;
  declare level: number;

  readonly #microphone = new SessionValue(this, (state) => state.microphone);
  #test: Subscription | null = null;

  constructor() {
    super();
    this.connect = null;
    this.running = null;
    this.told = '';
    this.level = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.told = '';
  }

  protected override willUpdate(): void {
    // A conversation needs them for itself.
    if (this.#inUse && this.running !== null) this.#stop();
  }

  protected override render() {
    const words = this.#words;
    const tests: readonly Test[] = this.#inUse ? ['speaker'] : ['microphone', 'speaker', 'echo'];
    return html`<div part="device-test">
      ${tests.map(
        (test) =>
          html`<button class="outline" name=${test} @click=${() => this.#press(test)}>
            ${words[this.running === test ? 'testStop' : labels[test]]}
          </button>`,
      )}
      ${
        this.running === 'microphone'
          ? html`<meter aria-label=${words.level} min="0" max="1" high="0.9" .value=${Math.min(1, this.level * 4)}></meter>`
          : nothing
      }
      <p role="status">${this.told}</p>
    </div>`;
  }

  get #words() {
    return { ...deviceStrings, ...this.strings };
  }

  get #inUse(): boolean {
    return this.#microphone.value !== 'off';
  }

  #press(test: Test): void {
    const again = this.running === test;
    this.#stop();
    if (again) this.told = test === 'speaker' ? '' : this.#words.microphoneClosed;
    else void this.#begin(test);
  }

  #stop(): void {
    this.#test?.unsubscribe();
    this.#test = null;
    this.running = null;
    this.level = 0;
  }

  async #begin(test: Test): Promise<void> {
    this.running = test;
    this.told = '';
    try {
      const connect = this.connect ?? (await import('../viva-voce/device-edges.ts')).deviceTests;
      // Pressed again, or taken off the page, while that came.
      if (this.running !== test || !this.isConnected) return;
      const { microphone = null, speaker = null } = this.assistant?.devices.value ?? {};
      this.#follow(test, connect({ microphone, speaker }));
    } catch (cause) {
      this.#failed(cause);
    }
  }

  #follow(test: Test, { level$, sound$, echo$ }: DeviceTests): void {
    const words = this.#words;
    const failed = (cause: unknown): void => {
      this.#failed(cause);
    };
    const open = (text: string): void => {
      this.told = `${words.microphoneOpen} ${text}`;
    };
    switch (test) {
      case 'microphone': {
        let told: Word = 'testSaySomething';
        this.#test = hearing(level$).subscribe({
          next: ({ level, verdict }) => {
            told = verdict === 'heard' ? 'testHeard' : verdict === 'quiet' ? 'testQuiet' : 'testSaySomething';
            this.level = level;
            open(words[told]);
          },
          error: failed,
          complete: () => {
            this.#over(words[told], true);
          },
        });
        return;
      }
      case 'speaker':
        this.told = words.testPlaying;
        this.#test = sound$.subscribe({ error: failed, complete: () => this.#over(words.testPlayed, false) });
        return;
      case 'echo': {
        const echoes: Echo[] = [];
        this.#test = echo$.subscribe({
          next: (seen) => {
            if (seen === 'open') open(words.testEchoRunning);
            else echoes.push(seen);
          },
          error: failed,
          complete: () => this.#over(this.#echoSentence(echoes), true),
        });
      }
    }
  }

  #echoSentence(echoes: readonly Echo[]): string {
    const { verdict, levelDb } = echoVerdict(echoes);
    return fill(this.#words[verdicts[verdict]], { level: Math.round(levelDb ?? 0) });
  }

  #over(text: string, closed: boolean): void {
    this.#stop();
    this.told = closed ? `${text} ${this.#words.microphoneClosed}` : text;
  }

  #failed(cause: unknown): void {
    this.#stop();
    const { code } = AssistantError.from(cause, 'unsupported');
    void this.#trouble(code).then((text) => {
      if (this.running === null) this.told = text;
    });
  }

  async #trouble(code: ErrorCode): Promise<string> {
    if (code === 'microphone-missing') return this.#words.deviceNone;
    const key = `error-${code}` as const;
    return this.strings[key] ?? (await import('../alert/error-strings.ts')).errorStrings[key];
  }
}
