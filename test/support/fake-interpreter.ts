import { BehaviorSubject } from 'rxjs';
import type { CaptionLine } from '../../src/pipelines/caption-lines.ts';
import type { Device, Devices, Levels } from '../../src/session/assistant.ts';
import { idleInterpreter, type Interpreter, type InterpreterState, type Side } from '../../src/session/interpreter.ts';

/** An interpreter that does nothing but show what a test tells it and remember what it was asked: `['hold', 'near', true]`. */
export class FakeInterpreter implements Interpreter {
  readonly state: BehaviorSubject<InterpreterState>;
  readonly levels = new BehaviorSubject<Levels>({ input: 0, output: 0 });
  readonly devices = new BehaviorSubject<Devices>({
    ...{ list: [], microphone: null, speaker: null, camera: null, granted: null },
    canChooseSpeaker: true,
  });
  readonly calls: (readonly unknown[])[] = [];
  /** The next wish that returns a promise fails with this. */
  refuseWith: Error | null = null;
  link = 'https://host.example/demo/pages/captions.html#room=r&token=t';

  constructor(state: Partial<InterpreterState> = {}) {
    this.state = new BehaviorSubject<InterpreterState>({ ...idleInterpreter, ...state });
  }

  /** Changes a part of the state. */
  show(changes: Partial<InterpreterState>): void {
    this.state.next({ ...this.state.value, ...changes });
  }

  /** The wishes of one name. */
  asked(name: keyof Interpreter): readonly (readonly unknown[])[] {
    return this.calls.filter(([called]) => called === name);
  }

  start = (): Promise<void> => this.#asked(undefined, 'start');
  stop = (): Promise<void> => this.#asked(undefined, 'stop');
  setLanguages = (from: string, to: string | null): void => this.#note('setLanguages', from, to);
  swap = (): void => this.#note('swap');
  mute = (muted: boolean): void => this.#note('mute', muted);
  speakAloud = (on: boolean): void => this.#note('speakAloud', on);
  hold = (side: Side, down: boolean): void => this.#note('hold', side, down);
  hush = (): void => this.#note('hush');
  setVolume = (gain: number): void => this.#note('setVolume', gain);
  diagnose = (): Promise<Readonly<Record<string, unknown>>> => Promise.resolve({ phase: this.state.value.phase });
  share = (): Promise<string> => this.#asked(this.link, 'share');
  retry = (): void => this.#note('retry');
  dispose = (): void => this.#note('dispose');

  setDevice = (kind: Device['kind'], id: string | null): Promise<void> => {
    this.devices.next({ ...this.devices.value, [kind]: id });
    return this.#asked(undefined, 'setDevice', kind, id);
  };

  #note(...call: readonly unknown[]): void {
    this.calls.push(call);
  }

  #asked<T>(answer: T, ...call: readonly unknown[]): Promise<T> {
    this.calls.push(call);
    const failure = this.refuseWith;
    this.refuseWith = null;
    return failure === null ? Promise.resolve(answer) : Promise.reject(failure);
  }
}

let made = 0;

/** A whole sentence and its translation; `*` at an end marks what is still growing: `line('Where is*', null)`. */
export function captionLine(
  original: string | null,
  translation: string | null,
  changes: Partial<CaptionLine> = {},
): CaptionLine {
  made += 1;
  const side = (text: string | null, language: string) =>
    text === null ? null : { text: text.replace(/\*$/, ''), language, final: !text.endsWith('*') };
  const startMs = made * 1000;
  return {
    id: `4:near:${made}`,
    stream: 'near',
    startMs,
    endMs: startMs + 900,
    at: 1_763_600_000_000 + startMs,
    original: side(original, 'en'),
    translation: side(translation, 'es'),
    ...changes,
  };
}
