import type { TurnMode } from '../../session/options.ts';
import type { SessionState } from '../../session/state.ts';

/** Which controls make sense now. */
export interface ControlSet {
  /** A conversation is going on, or coming or going. */
  readonly running: boolean;
  /** The microphone is part of it. */
  readonly spoken: boolean;
  /** What the one button does. */
  readonly main: 'start' | 'again' | 'stop';
  /** The key that is held or pressed to talk. */
  readonly talk: boolean;
  /** The microphone could be added to a written conversation. */
  readonly join: boolean;
  /** There is an answer to stop. */
  readonly interruptible: boolean;
}

export function controlSet(state: SessionState, turn: TurnMode, voice: boolean): ControlSet {
  const { phase, microphone } = state;
  const running = phase !== 'idle' && phase !== 'ended' && phase !== 'error';
  const spoken = running && voice && microphone !== 'off';
  return {
    running,
    spoken,
    main: running ? 'stop' : phase === 'idle' ? 'start' : 'again',
    talk: spoken && turn !== 'vad',
    join: running && voice && microphone === 'off' && phase !== 'connecting',
    interruptible: phase === 'speaking' || phase === 'thinking' || state.playing,
  };
}
