import type { SessionState } from '../../session/state.ts';
import type { PanelStrings } from '../strings.ts';

/** The word for where a conversation stands. */
export function statusWord({ phase, microphone, muted, userSpeaking }: SessionState): keyof PanelStrings {
  if (phase === 'listening') {
    if (userSpeaking) return 'hearing';
    if (microphone === 'off') return 'statusWriting';
    if (muted) return 'statusMuted';
  }
  return `phase-${phase}`;
}
