import type { SessionState } from '../../session/state.ts';

/** When a conversation that has cost as much as it may is over. */

const LIVE: readonly SessionState['phase'][] = ['listening', 'thinking', 'speaking', 'reconnecting'];

/** An answer that is paid for is heard to its end; nothing new begins. */
export function mayEnd(state: SessionState, cost: number, limit: number): boolean {
  if (state.usage === null || cost < limit || !LIVE.includes(state.phase)) return false;
  return state.phase === 'thinking' || state.userSpeaking || !isHeard(state);
}

/** Sound is coming, or is about to. */
const isHeard = ({ playing, transcript }: SessionState): boolean => {
  const answer = transcript.findLast(({ role }) => role === 'assistant');
  return playing || (answer?.status !== 'interrupted' && answer !== undefined && answer.revealed < answer.text.length);
};
