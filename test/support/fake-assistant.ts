import { BehaviorSubject } from 'rxjs';
import type { Assistant, Device, Devices, Levels, Pictures } from '../../src/session/assistant.ts';
import { type Entry, idle, type SessionState } from '../../src/session/state.ts';
import type { InterruptCause } from '../../src/shared/wire.ts';

/** An assistant that does nothing but show what a test tells it and remember what it was asked: `['start', {voice: true}]`. */
export class FakeAssistant implements Assistant {
  readonly state = new BehaviorSubject<SessionState>(idle);
  readonly levels = new BehaviorSubject<Levels>({ input: 0, output: 0 });
  readonly devices = new BehaviorSubject<Devices>({
    list: [],
    microphone: null,
    speaker: null,
    camera: null,
    granted: null,
    canChooseSpeaker: true,
  });
  readonly pictures = new BehaviorSubject<Pictures>({ camera: null, screen: null });
  readonly calls: (readonly unknown[])[] = [];
  /** The next wish that returns a promise fails with this. */
  refuseWith: Error | null = null;

  /** Changes a part of the state. */
  show(changes: Partial<SessionState>): void {
    this.state.next({ ...this.state.value, ...changes });
  }

  /** The wishes of one name. */
  asked(name: keyof Assistant): readonly (readonly unknown[])[] {
    return this.calls.filter(([called]) => called === name);
  }

  start = (options?: { readonly voice?: boolean }): Promise<void> => this.#asked('start', options);
  stop = (): Promise<void> => this.#asked('stop');
  mute = (muted: boolean): void => this.#note('mute', muted);
  hold = (down: boolean): void => this.#note('hold', down);
  interrupt = (cause?: InterruptCause): void => this.#note('interrupt', cause);
  send = (text: string, options?: { readonly images?: readonly string[] }): Promise<void> => this.#asked('send', text, options);
  addContext = (text: string): void => this.#note('addContext', text);
  retry = (): void => this.#note('retry');
  setDevice = (kind: Device['kind'], id: string | null): Promise<void> => this.#asked('setDevice', kind, id);
  setVolume = (gain: number): void => this.#note('setVolume', gain);
  startCamera = (): Promise<void> => this.#asked('startCamera');
  stopCamera = (): void => this.#note('stopCamera');
  startScreen = (): Promise<void> => this.#asked('startScreen');
  stopScreen = (): void => this.#note('stopScreen');
  snapshot = (question?: string): Promise<void> => this.#asked('snapshot', question);
  unlock = (): Promise<void> => this.#asked('unlock');
  diagnose = (): Promise<Readonly<Record<string, unknown>>> => Promise.resolve({ phase: this.state.value.phase });

  #note(...call: readonly unknown[]): void {
    this.calls.push(call);
  }

  #asked(...call: readonly unknown[]): Promise<void> {
    this.calls.push(call);
    const failure = this.refuseWith;
    this.refuseWith = null;
    return failure === null ? Promise.resolve() : Promise.reject(failure);
  }
}

let made = 0;

/** An entry of the transcript, whole and heard unless told otherwise. */
export function entry(role: Entry['role'], text: string, changes: Partial<Entry> = {}): Entry {
  made += 1;
  return { id: `e${made}`, role, text, revealed: text.length, status: 'final', images: [], citations: [], at: 0, ...changes };
}
