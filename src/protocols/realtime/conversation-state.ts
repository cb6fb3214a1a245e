import type { Downlink, TurnDetection, Uplink } from '../../shared/wire.ts';
import type { Adapter } from './adapters.ts';
import { bound } from './bound.ts';
import type { ClientEvent } from './client-events.ts';
import type { Json, ServerEvent } from './events.ts';

/** What the conversation machine remembers, what it is told, and what it answers. */

/** A `response.create` that is wanted or sent. */
export interface Create {
  readonly eventId: string;
  /** Gives way to the user's speech: held while it lasts, dropped when the server answers it by itself. */
  readonly yields: boolean;
  /** Refused once because another response was active. */
  readonly retried: boolean;
  /** Interrupted before it was confirmed: cancelled when it appears. */
  readonly doomed: boolean;
  readonly sentMs: number;
}

/** The sound of one assistant item as far as it came down this wire. */
export interface SpokenItem {
  readonly responseId: string;
  /** The user turn whose speech was the last to begin before it. */
  readonly turn: string | null;
  readonly contentIndex: number;
  /** Samples told to the session, at `rate`. */
  readonly received: number;
  /** Hz */
  readonly rate: number;
  /** Its last sample was told; nothing of it was dropped. */
  readonly ended: boolean;
  /** Played to its last sample. */
  readonly played: boolean;
  /** Truncated or deleted already: one cut per item. */
  readonly cut: boolean;
}

/** The function calls of one response. */
export interface Calls {
  /** Call id → its result was handed in. */
  readonly answered: ReadonlyMap<string, boolean>;
  /** The response is over: no more calls will come. */
  readonly complete: boolean;
  /** Its results are to be answered. */
  readonly wanted: boolean;
  /** Calls by their arguments alone, for servers that send no finished item. */
  readonly hints: readonly Json[];
}

/** What the effective settings mean for turns. */
export interface TurnRules {
  readonly adapter: Adapter;
  /** Nothing is ever answered: a transcription session. */
  readonly mute: boolean;
  /** The server finds the turns. */
  readonly vad: boolean;
  /** The server cancels by itself when the user speaks. */
  readonly interrupts: boolean;
  /** The server answers a finished turn by itself. */
  readonly responds: boolean;
}

export const rulesOf = (adapter: Adapter, turns: TurnDetection, mute: boolean): TurnRules => {
  const vad = turns.type !== 'none';
  return { adapter, mute, vad, interrupts: vad && turns.interrupt === true, responds: vad && turns.respond !== false && !mute };
};

export interface Conversation {
  readonly rules: TurnRules;
  /** Numbers our event ids. */
  readonly serial: number;
  readonly speaking: boolean;
  /** The newest user turn whose speech began, and the newest whose speech ended. */
  readonly startedItem: string | null;
  readonly stoppedItem: string | null;
  readonly active: string | null;
  /** `active` was asked to stop. */
  readonly cancelling: boolean;
  /** The server's own answer to a committed turn has not appeared yet. */
  readonly awaiting: boolean;
  /** … and is unwanted. */
  readonly awaitedDoomed: boolean;
  readonly inFlight: Create | null;
  /** The newest confirmed create; the response may yet prove to have been the server's own. */
  readonly confirmed: Create | null;
  readonly queue: readonly Create[];
  /** A response that we do not know of is active: nothing is created before it ends or this moment (ms) comes. */
  readonly blockedUntilMs: number;
  readonly items: ReadonlyMap<string, SpokenItem>;
  /** Responses whose late deltas are dropped. */
  readonly silenced: ReadonlySet<string>;
  readonly calls: ReadonlyMap<string, Calls>;
}

export const newConversation = (rules: TurnRules): Conversation => ({
  rules,
  serial: 0,
  speaking: false,
  startedItem: null,
  stoppedItem: null,
  active: null,
  cancelling: false,
  awaiting: false,
  awaitedDoomed: false,
  inFlight: null,
  confirmed: null,
  queue: [],
  blockedUntilMs: 0,
  items: new Map(),
  silenced: new Set(),
  calls: new Map(),
});

export type Input =
  /** `pcm` at `rate` Hz: the decoded sound of an audio delta. */
  | { readonly type: 'server'; readonly event: ServerEvent; readonly pcm?: Int16Array; readonly rate?: number }
  /** `turnMs`: sound appended since the talk key went down. */
  | { readonly type: 'up'; readonly up: Uplink; readonly turnMs?: number }
  | { readonly type: 'rules'; readonly rules: TurnRules }
  /** Some time has passed since the user stopped speaking. */
  | { readonly type: 'quiet' };

/** What a step answers beside the state. */
export interface Outcome {
  readonly nowMs: number;
  readonly send: ClientEvent[];
  readonly tell: Downlink[];
  /** Races and refusals that are swallowed, to be counted. */
  readonly note: string[];
}

/** One step under construction: a private copy of the state, and its outcome. */
export type Draft = Outcome & { -readonly [K in keyof Conversation]: Conversation[K] };

type Numbered = Extract<ClientEvent, { readonly event_id: string }>;
type Unnumbered<E> = E extends Numbered ? Omit<E, 'event_id'> : never;

/** An event id that says what it is for, so that a refusal can be told from a fault. */
export const eventId = (draft: Draft, purpose: string): string => `${purpose}_${++draft.serial}`;

/** Sends `event` under an id of that purpose. */
export function send(draft: Draft, purpose: string, event: Unnumbered<Numbered>): void {
  draft.send.push({ ...event, event_id: eventId(draft, purpose) });
}

/** A copy of `map` with one more entry. */
export const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  bound(new Map(map).set(key, value));
