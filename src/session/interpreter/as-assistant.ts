import { BehaviorSubject } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { Mapped } from '../../shared/mapped.ts';
import type { Assistant, Pictures } from '../assistant.ts';
import type { Interpreter, InterpreterState } from '../interpreter.ts';
import { idle, type Phase, type SessionState } from '../state.ts';

/**
 * An interpreter for whoever knows assistants: its phase, its microphone, its devices and its report are those of any conversation. There
 * is no transcript, and nothing to write to or to show pictures to: such wishes reject with `unsupported`.
 */
export function asAssistant(interpreter: Interpreter): Assistant {
  return {
    state: new Mapped(interpreter.state, conversationOf),
    levels: interpreter.levels,
    devices: interpreter.devices,
    pictures: new BehaviorSubject<Pictures>({ camera: null, screen: null }),
    start: () => interpreter.start(),
    stop: () => interpreter.stop(),
    mute: (muted) => interpreter.mute(muted),
    hold: (down) => interpreter.hold('near', down),
    interrupt: () => interpreter.hush(),
    send: () => unsupported('what is written'),
    addContext: () => {
      throw refusal('what is written');
    },
    retry: () => interpreter.retry(),
    setDevice: (kind, id) => interpreter.setDevice(kind, id),
    setVolume: (gain) => interpreter.setVolume(gain),
    startCamera: () => unsupported('a camera'),
    stopCamera: () => undefined,
    startScreen: () => unsupported('a screen'),
    stopScreen: () => undefined,
    snapshot: () => unsupported('a picture'),
    // The press that starts it is what opens the sound.
    unlock: () => Promise.resolve(),
    diagnose: () => interpreter.diagnose(),
  };
}

/** Whoever waits for last words waits as for an answer: nobody is listened to, and it is not over. */
export const phaseOf = (phase: InterpreterState['phase']): Phase => (phase === 'ending' ? 'thinking' : phase);

function conversationOf(state: InterpreterState): SessionState {
  const { phase, microphone, muted, playing, error, notice, reconnects, dropped, underruns } = state;
  const counters = { 'frames dropped': dropped, underruns };
  return { ...idle, phase: phaseOf(phase), microphone, muted, playing, error, notice, reconnects, counters };
}

const refusal = (what: string): AssistantError => new AssistantError('unsupported', `an interpreter takes no notice of ${what}`);
const unsupported = (what: string): Promise<never> => Promise.reject(refusal(what));
