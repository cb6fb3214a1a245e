import { wait } from './wait.ts';
import { afterRun, afterSight } from './watch-state.ts';
import type { Decision, Note, RunOutcome, WatchState } from './watch-state.ts';
import type { Look } from './look.ts';

/** One broadcast, watched until it is over: a look, a try to record, or a wait, one after the other. */

export interface WatchOptions {
  readonly url: string;
  readonly begin: WatchState;
  /** A broadcast that is away for so long is over. */
  readonly quietMs: number;
  readonly look: Look;
  /** Records until the source is lost. `anew`: a film from its beginning, in place of what is kept; `onLive`: the first bytes have come. */
  record(wish: { readonly anew: boolean; readonly onLive: () => void }): Promise<RunOutcome>;
  /** The first part of a broadcast is being recorded, or the first since a restart. */
  readonly onBegin: () => void;
  readonly onNote: (note: Note) => void;
  readonly signal: AbortSignal;
  /** [0, 1) */
  readonly random?: () => number;
}

const LEAST_LOOK_MS = 1500;

/** Resolves with true when the broadcast is over, with false when it is not wanted any more. */
export async function watch(options: WatchOptions): Promise<boolean> {
  const { url, quietMs, look, signal, onBegin, onNote, random = Math.random } = options;
  const isUnwanted = (): boolean => signal.aborted;
  const pace = () => ({ nowMs: Date.now(), random: random(), quietMs });
  let state = options.begin;
  let begun = false;
  /** True when it is over. */
  const follow = async (decision: Decision): Promise<boolean> => {
    state = decision.state;
    if (decision.note !== null) onNote(decision.note);
    if (decision.step.do === 'wait') await wait(decision.step.ms, signal);
    return decision.step.do === 'end';
  };
  for (;;) {
    // The end is told in time, also where servers let everybody wait.
    const leftMs = state.awaySinceMs === null ? [] : [Math.max(LEAST_LOOK_MS, state.awaySinceMs + quietMs - Date.now())];
    const sight = await look(url, signal, ...leftMs);
    if (isUnwanted()) return false;
    const decision = afterSight(state, sight, pace());
    if (await follow(decision)) return true;
    if (decision.step.do === 'record') {
      const { awaySinceMs } = state;
      const onLive = (): void => {
        // After a restart too: nobody may have heard of it before.
        if (!begun) onBegin();
        begun = true;
        if (awaySinceMs !== null) onNote(backNote(Date.now() - awaySinceMs));
      };
      const run = await options.record({ anew: decision.step.anew, onLive });
      if (isUnwanted()) return false;
      if (await follow(afterRun(state, run, pace()))) return true;
    }
    if (isUnwanted()) return false;
  }
}

const backNote = (awayMs: number): Note => ({
  level: 'INFO',
  message: `The source is back after ${String(Math.round(awayMs / 1000))} s.`,
});
