import { html, nothing, type ReactiveController } from 'lit';
import type { Subscription } from 'rxjs';
import { createInterpreter } from '../../interpreter-edges.ts';
import { beside } from '../../session/interpreter/beside.ts';
import type { InterpreterOptions } from '../../session/interpreter/options.ts';
import { asAssistant, phaseOf } from '../../session/interpreter/as-assistant.ts';
import type { InterpreterSession } from '../../session/interpreter/session.ts';
import type { InterpreterState } from '../../session/interpreter.ts';
import type { Assistant } from '../../session/assistant.ts';
import { AssistantError, type ErrorCode } from '../../shared/errors.ts';
import '../caption-rows/define.ts';
import { changedLines } from '../../pipelines/changed-lines.ts';
import { VivaCaptionEvent } from '../caption-event.ts';
import { interpreterErrorStrings } from '../captions/interpreter-error-strings.ts';
import { languageName, viewerLanguage } from '../captions/language-names.ts';
import { keptDevices } from '../devices/kept-devices.ts';
import { VivaErrorEvent } from '../events.ts';
import '../interpreter/define.ts';
import { Meter } from '../interpreter/meter.ts';
import type { OwnAssistant } from './hosted-assistant.ts';
import { readInterpreter } from './interpreter-options.ts';
import type { Launcher } from './launcher.ts';

/** What `<viva-voce>` loads when it interprets: the interpreter that its attributes describe, alone or beside a conversation. */
export class Interpreting implements ReactiveController {
  readonly #host: Launcher;
  #session: InterpreterSession | null = null;
  #told: Subscription | null = null;
  /** Of the interpreter that is there, as text. */
  #described = '';
  /** What is wrong with the attributes, as it was told. */
  #faults = '';
  #followed: Assistant | null = null;
  #following: Subscription | null = null;
  #state: InterpreterState | null = null;
  /** The session as the tag's assistant, which is all there is where nobody answers. */
  #worn: OwnAssistant | null = null;
  /** All that were. */
  readonly #wardrobe = new WeakSet<Assistant>();
  readonly #meter: Meter;

  constructor(host: Launcher) {
    this.#host = host;
    host.addController(this);
    this.#meter = new Meter(
      host,
      () => (host.interprets ? this.#session : null),
      () => host.metrics,
    );
    host.addEventListener('viva-reset', () => {
      this.#make(null, '');
      host.requestUpdate();
    });
  }

  async start(): Promise<void> {
    await this.#host.updateComplete;
    await this.#session?.start();
  }

  async stop(): Promise<void> {
    await this.#session?.stop();
  }

  hostUpdate(): void {
    const { options, mode } = this.#read();
    const described = options === null ? '' : JSON.stringify(options);
    const running = this.#state !== null && !/idle|ended|error/.test(this.#state.phase);
    // What changed while it runs counts from the next start on.
    if (described !== this.#described && !running) this.#make(options, described);
    const followed = mode === 'assistant' && this.#session !== null ? this.#host.assistant : null;
    if (followed !== this.#followed) this.#follow(followed);
    if (mode !== 'assistant' && this.#state !== null && this.#state.muted !== this.#host.muted)
      this.#session?.mute(this.#host.muted);
    // What a tag has is not changed while it updates.
    queueMicrotask(() => {
      this.#dress();
    });
  }

  hostDisconnected(): void {
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#follow(null);
      this.#make(null, '');
    });
  }

  /** What goes into the panel: the whole interpreter, or two rows of captions under the answer. */
  view() {
    const session = this.#session;
    if (session === null || this.#state === null) return nothing;
    const { lines, to, error, notice } = this.#state;
    if (this.#host.interprets)
      return html`<viva-interpreter
        slot="interpreter"
        turn=${this.#host.turn === 'hold' ? 'hold' : 'vad'}
        color-scheme=${this.#host.colorScheme}
        ?metrics=${this.#host.metrics}
        .readings=${this.#meter.readings}
        .interpreter=${session}
        .strings=${this.#host.words}
      ></viva-interpreter>`;
    const trouble = error ?? notice;
    return html`<viva-caption-rows
        slot="translation"
        .lines=${lines}
        .rows=${1}
        .label=${languageName(to ?? '', viewerLanguage())}
      ></viva-caption-rows>
      ${trouble === null ? nothing : html`<p slot="translation" role="status">${this.#sentence(trouble.code)}</p>`}`;
  }

  /** What went wrong, for who speaks; the page may have words of its own for it. */
  #sentence(code: ErrorCode): string {
    const key = `interpreter-error-${code}` as const;
    return this.#host.words[key] ?? interpreterErrorStrings[key];
  }

  #read(): { readonly options: InterpreterOptions | null; readonly mode: string } {
    const { interpreter, mode, faults } = readInterpreter(this.#host, new URL(import.meta.url).origin, document.baseURI);
    const told = faults.map(({ message }) => message).join();
    // Told when it is new: attributes are read with every update.
    if (told !== this.#faults) for (const fault of faults) this.#host.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
    this.#faults = told;
    const remembered = interpreter && { microphone: keptDevices().microphone ?? null, ...interpreter };
    return { options: remembered, mode: mode === 'chat' ? 'assistant' : mode };
  }

  #make(options: InterpreterOptions | null, described: string): void {
    this.#told?.unsubscribe();
    this.#session?.dispose();
    this.#described = described;
    this.#session = null;
    this.#worn = null;
    this.#state = null;
    this.#told = null;
    if (options === null) return;
    try {
      this.#session = createInterpreter(options);
      this.#worn = this.#wear(this.#session);
    } catch (cause) {
      this.#host.dispatchEvent(new VivaErrorEvent(AssistantError.from(cause, 'bad-option').toFacts()));
      return;
    }
    this.#told = this.#session.state.subscribe((state) => {
      this.#tell(state);
    });
  }

  #wear(session: InterpreterSession): OwnAssistant {
    const worn = {
      ...asAssistant(session),
      // The tag has another one from here on, or has left.
      dispose: () => {
        if (this.#worn === worn) this.#make(null, '');
      },
    };
    this.#wardrobe.add(worn);
    return worn;
  }

  /** The tag's assistant is the interpreter while it interprets: its devices, its report, the mark of its microphone. One of the page's own stays. */
  #dress(): void {
    const host = this.#host;
    const { assistant } = host;
    const wanted = host.interprets && host.isConnected ? this.#worn : null;
    // One that was taken away is disposed of by `own`, and comes back as a new one: what was said to it is gone.
    if (wanted !== null && assistant !== wanted && !host.given) host.own(wanted);
    else if (wanted === null && assistant !== null && this.#wardrobe.has(assistant)) host.assistant = null;
  }

  #tell(state: InterpreterState): void {
    const before = this.#state;
    this.#state = state;
    const host = this.#host;
    for (const line of changedLines(state.lines, before?.lines ?? []))
      host.dispatchEvent(new VivaCaptionEvent(line, state.to !== null));
    // Those of its own assistant are told by whoever follows that.
    if (host.assistant !== this.#worn) {
      for (const kind of ['error', 'notice'] as const) {
        const facts = state[kind];
        if (facts !== null && facts !== before?.[kind]) host.dispatchEvent(new VivaErrorEvent(facts));
      }
    }
    if (host.interprets) {
      host.state = phaseOf(state.phase);
      host.muted = state.muted;
    }
    host.requestUpdate();
  }

  #follow(assistant: Assistant | null): void {
    this.#following?.unsubscribe();
    this.#followed = assistant;
    const session = this.#session;
    this.#following = assistant === null || session === null ? null : beside(assistant.state, session).subscribe();
  }
}
