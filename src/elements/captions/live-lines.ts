import type { Entry } from '../../session/state.ts';

export interface LiveLines {
  readonly user: Entry | null;
  readonly assistant: Entry | null;
}

/** The newest words of the user, and what the assistant said since; both sides of the exchange that is going on. */
export function liveLines(transcript: readonly Entry[]): LiveLines {
  const last = transcript.findLastIndex((entry) => entry.role === 'user');
  return {
    user: transcript[last] ?? null,
    assistant: transcript.slice(last + 1).findLast((entry) => entry.role === 'assistant') ?? null,
  };
}
