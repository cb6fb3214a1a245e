import type { SpokenText } from '../pipelines/heard-text.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import type { InterruptCause, Uplink } from '../shared/wire.ts';
import { idle, type SessionState } from './state.ts';

/** What a running session knows beyond what it shows. */
export interface Model {
  readonly shown: SessionState;
  readonly link: 'connecting' | 'ready' | 'lost';
  /** Why the link was lost last: no complaint any more once it is back. */
  readonly loss: ErrorFacts | null;
  /** Answers being made on the server. */
  readonly responding: ReadonlySet<string>;
  /** The user's turn is over and no answer has begun. */
  readonly awaiting: boolean;
  /** Text and sound of the answers that are not played to their end. */
  readonly spoken: ReadonlyMap<string, SpokenText>;
  /** Answers whose sound is not wanted any more. */
  readonly muzzled: ReadonlySet<string>;
  /** A flush under way, and what goes up once it is answered. */
  readonly flush: { readonly id: number; readonly cause: InterruptCause; readonly then: readonly Uplink[] } | null;
  readonly flushes: number;
  readonly ducked: boolean;
  /** Typed messages and pictures the server has not confirmed. */
  readonly outbox: readonly Extract<Uplink, { type: 'text' | 'image' | 'context' }>[];
  /** When the user's last turn ended by its last sound, ms on the session's clock; null once its answer began to sound. */
  readonly spokeUntil: number | null;
  readonly bargeIn: 'natural' | 'button' | 'never';
  /** The server's limit is near: change over at the next pause, or at once. */
  readonly handover: 'none' | 'due' | 'now';
  /** ms of silence from both sides that end the conversation; 0 = none. */
  readonly idleMs: number;
}

export const initial = (muted: boolean, bargeIn: Model['bargeIn'], idleMs: number): Model => ({
  shown: { ...idle, phase: 'connecting', muted },
  link: 'connecting',
  loss: null,
  responding: new Set(),
  awaiting: false,
  spoken: new Map(),
  muzzled: new Set(),
  flush: null,
  flushes: 0,
  ducked: false,
  outbox: [],
  spokeUntil: null,
  bargeIn,
  handover: 'none',
  idleMs,
});

/** Where the conversation stands, from what is known. */
function phaseOf(model: Model): SessionState['phase'] {
  const { shown, link } = model;
  if (shown.phase === 'error' || shown.phase === 'ended') return shown.phase;
  if (link === 'lost') return 'reconnecting';
  if (link === 'connecting') return shown.reconnects > 0 ? 'reconnecting' : 'connecting';
  if (shown.playing) return 'speaking';
  if (shown.userSpeaking) return 'listening';
  // An answer that was cut is none any more, though the server has yet to say so.
  const answering = [...model.responding].some((id) => !model.muzzled.has(id));
  return model.awaiting || answering ? 'thinking' : 'listening';
}

/** The model with `shown` changed and the phase following. */
export function show(model: Model, changes: Partial<SessionState> = {}): Model {
  const shown = { ...model.shown, ...changes };
  const next = { ...model, shown };
  const phase = phaseOf(next);
  return phase === shown.phase ? next : { ...next, shown: { ...shown, phase } };
}

export const withItem = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> => new Set([...set, item]);

export const withoutItem = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> =>
  new Set([...set].filter((other) => other !== item));

/** One more of `what` in the diagnosis. */
export const count = (model: Model, what: string, by = 1): Model =>
  show(model, { counters: { ...model.shown.counters, [what]: (model.shown.counters[what] ?? 0) + by } });

/** A counter told as a total by whoever counts. */
export const total = (model: Model, what: string, value: number): Model =>
  show(model, { counters: { ...model.shown.counters, [what]: value } });
