import { backoffMs } from '../../media/ingest/backoff.ts';
import type { LogLevel } from '../task-log.ts';
import type { Sight } from './sight.ts';

/** What is done about a broadcast after each look at it and each try to record it. Pure. */

export interface WatchState {
  /** Unix ms since when a broadcast that was recorded is away; null = none has begun. */
  readonly awaySinceMs: number | null;
  /** Why it went away, until that is told: an end is no loss. */
  readonly lostBy: string | null;
  /** Something is kept, of this broadcast or of one before. */
  readonly kept: boolean;
  /** Newest piece of its playlist at the last look; undefined = no playlist was seen. */
  readonly mark: string | undefined;
  /** Times that a film was begun. */
  readonly tries: number;
  /** Looks in a row that led to nothing. */
  readonly failures: number;
  /** It was seen to be absent: what comes then is new. */
  readonly absent: boolean;
  /** Kinds of notes that were made: each once, not once a minute. */
  readonly told: readonly string[];
}

export type Step =
  /** `anew`: a film from its beginning, in place of what is kept of it. */
  | { readonly do: 'record'; readonly anew: boolean }
  | { readonly do: 'wait'; readonly ms: number }
  /** The broadcast is over. */
  | { readonly do: 'end' };

export interface Note {
  readonly level: LogLevel;
  readonly message: string;
}

export interface Decision {
  readonly state: WatchState;
  readonly step: Step;
  readonly note: Note | null;
}

/** How a try to record came out. */
export interface RunOutcome {
  /** `busy`: it could not begin, because as much is taken in as may be; `ended`: the source said so. */
  readonly kind: 'ended' | 'lost' | 'failed' | 'busy';
  readonly why: string;
  /** ms for which something came; null = nothing did. */
  readonly liveMs: number | null;
  /** Something of it is on the disk. */
  readonly kept: boolean;
}

export interface Pace {
  readonly nowMs: number;
  /** [0, 1) */
  readonly random: number;
  /** A broadcast that is away for so long is over. */
  readonly quietMs: number;
}

/** Longest between two looks: at what may begin, at what was there a moment ago, and at what is no stream. */
const WATCH_MS = 15_000;
const AWAY_MS = 3000;
const HOPELESS_MS = 300_000;
const HOPELESS_AFTER = 7;
const FILM_TRIES = 3;
/** A source that is there for less is not back. */
const RETURN_MS = 3000;
/** Looks at a playlist that does not grow before they become rarer. */
const PATIENT_LOOKS = 12;

export const watching = (kept: boolean): WatchState => ({
  ...{ awaySinceMs: null, lostBy: null, mark: undefined, tries: 0, failures: 0, absent: false, told: [] },
  kept,
});

/** A gateway that began anew, while it was being recorded. */
export const cutOff = (kept: boolean, nowMs: number): WatchState => ({ ...watching(kept), awaySinceMs: nowMs });

export function afterSight(state: WatchState, sight: Sight, pace: Pace): Decision {
  return state.awaySinceMs === null ? whileWatching(state, sight, pace) : whileAway(state, sight, state.awaySinceMs, pace);
}

function whileWatching(state: WatchState, sight: Sight, pace: Pace): Decision {
  switch (sight.kind) {
    case 'live':
      return isNew(state, sight.mark) ? record(state, sight.mark) : stale(state, sight, pace);
    case 'file':
      return film(state);
    case 'over':
      // A film in pieces is a film; a broadcast that was recorded is over.
      if (!state.kept) return film(state);
      return later(state, pace, HOPELESS_MS, told('over', 'INFO', 'What is there is over and is recorded. Waiting for another.'));
    case 'unsure':
      return record(state, null);
    case 'absent':
      return later(
        { ...state, absent: true },
        pace,
        WATCH_MS,
        told('absent', 'INFO', `Not on the air yet: ${sight.why}. Listening on.`),
      );
    case 'unresolved':
    case 'refused': {
      const slow = { ...state, failures: Math.max(state.failures, HOPELESS_AFTER) };
      const message = `Nothing can be recorded from this address: ${sight.why}. Listening on.`;
      return later(slow, pace, HOPELESS_MS, told(sight.kind, 'WARNING', message));
    }
  }
}

function whileAway(state: WatchState, sight: Sight, sinceMs: number, pace: Pace): Decision {
  const leftMs = sinceMs + pace.quietMs - pace.nowMs;
  if (sight.kind === 'over' && state.kept) return { state, step: { do: 'end' }, note: null };
  if (sight.kind === 'over' || sight.kind === 'file') return film(state);
  if (sight.kind === 'unsure' && leftMs > 0) return record({ ...state, lostBy: null }, null);
  if (sight.kind === 'live' && isNew(state, sight.mark)) return record({ ...state, lostBy: null }, sight.mark);
  if (leftMs <= 0) return { state, step: { do: 'end' }, note: null };
  const seen = sight.kind === 'live' && sight.mark !== null ? { mark: sight.mark } : {};
  const soonMs = sight.kind === 'live' ? sight.againMs : backoffMs(state.failures, pace.random, AWAY_MS);
  const absent = state.absent || sight.kind === 'absent';
  return {
    state: { ...state, ...seen, absent, lostBy: null, failures: state.failures + 1 },
    step: { do: 'wait', ms: Math.min(soonMs, leftMs) },
    note: state.lostBy === null ? null : awayNote(state.lostBy, pace.quietMs),
  };
}

const awayNote = (why: string, quietMs: number): Note => ({
  level: 'WARNING',
  message: `The source went away: ${why}. It is waited for, ${String(Math.round(quietMs / 1000))} s.`,
});

/** A playlist that was there at the first look may have been left behind long ago: it must be seen to grow. */
function isNew({ mark: before, absent }: WatchState, mark: string | null): boolean {
  if (mark === null) return true;
  return before === undefined ? absent : before !== mark;
}

function stale(state: WatchState, sight: Extract<Sight, { kind: 'live' }>, pace: Pace): Decision {
  const seen = { ...state, ...(sight.mark === null ? {} : { mark: sight.mark }) };
  if (state.failures >= PATIENT_LOOKS)
    return later(seen, pace, WATCH_MS, told('stale', 'INFO', 'Its playlist does not grow: nothing is on the air. Listening on.'));
  return { state: { ...seen, failures: state.failures + 1 }, step: { do: 'wait', ms: sight.againMs }, note: null };
}

/** From its beginning, a few times at most: some are damaged somewhere. */
function film(state: WatchState): Decision {
  if (state.tries >= FILM_TRIES) return { state, step: { do: 'end' }, note: null };
  return record({ ...state, tries: state.tries + 1 }, null, state.awaySinceMs !== null || state.kept);
}

const record = (state: WatchState, mark: string | null, anew = false): Decision => ({
  state: { ...state, ...(mark === null ? {} : { mark }) },
  step: { do: 'record', anew },
  note: null,
});

const told = (kind: string, level: LogLevel, message: string): Note & { readonly kind: string } => ({ kind, level, message });

function later(state: WatchState, pace: Pace, longestMs: number, note: Note & { readonly kind: string }): Decision {
  const known = state.told.includes(note.kind);
  return {
    state: { ...state, failures: state.failures + 1, told: known ? state.told : [...state.told, note.kind] },
    step: { do: 'wait', ms: backoffMs(state.failures, pace.random, longestMs) },
    note: known ? null : { level: note.level, message: note.message },
  };
}

/** After a try to record. */
export function afterRun(state: WatchState, run: RunOutcome, pace: Pace): Decision {
  const kept = state.kept || run.kept;
  if (run.kind === 'ended' && (run.liveMs !== null || state.awaySinceMs !== null))
    return { state: { ...state, kept }, step: { do: 'end' }, note: null };
  const back = state.awaySinceMs === null ? run.liveMs !== null : (run.liveMs ?? 0) >= RETURN_MS;
  if (back) return away({ ...state, kept }, run, pace.nowMs);
  if (state.awaySinceMs !== null) {
    const leftMs = state.awaySinceMs + pace.quietMs - pace.nowMs;
    if (leftMs <= 0) return { state: { ...state, kept }, step: { do: 'end' }, note: null };
    const ms = Math.min(leftMs, backoffMs(state.failures, pace.random, AWAY_MS));
    return { state: { ...state, kept, failures: state.failures + 1 }, step: { do: 'wait', ms }, note: null };
  }
  if (run.kind === 'busy') {
    const note = told('busy', 'WARNING', `It is on the air and cannot be recorded now: ${run.why}. Waiting for a place.`);
    return later(state, pace, WATCH_MS, note);
  }
  return later(state, pace, WATCH_MS, told('failed', 'WARNING', `It cannot be recorded: ${run.why}. Listening on.`));
}

const away = (state: WatchState, { why }: RunOutcome, nowMs: number): Decision => ({
  state: { ...watching(state.kept), tries: state.tries, awaySinceMs: nowMs, lostBy: why },
  step: { do: 'wait', ms: 0 },
  note: null,
});
