import { charsHeard, unspoken } from '../pipelines/heard-text.ts';
import { samples } from '../shared/time.ts';
import type { Heard, InterruptCause, Uplink } from '../shared/wire.ts';
import type { PlaybackEvent } from '../../worklets/messages.ts';
import type { Effect } from './event.ts';
import { show, type Model } from './model.ts';
import { cutAt, find, remove } from './transcript.ts';

/** The one way an answer is cut, whoever wishes it: silence first, then tell the server how much was heard (specs/realtime.md §8). */

export type Step = readonly [Model, readonly Effect[]];

/** A worklet that does not answer within this is taken for dead; the cut goes up all the same. */
const FLUSH_ANSWER_MS = 250;

const wire = (uplink: Uplink): Effect => ({ to: 'wire', uplink });

/** There is something to cut: sound queued or playing, or an answer being made. */
export const cuttable = (model: Model): boolean => model.spoken.size > 0 || model.responding.size > 0 || model.awaiting;

/** Sound of an unfinished item has been handed to the worklet. */
const sounding = (model: Model): boolean => [...model.spoken.values()].some((spoken) => spoken.received > 0);

/** Cuts whatever is being answered; `then` goes up right behind the interruption. */
export function cut(model: Model, cause: InterruptCause, then: readonly Uplink[] = []): Step {
  if (model.flush !== null) return [{ ...model, flush: { ...model.flush, then: [...model.flush.then, ...then] } }, []];
  const muzzled = new Set([...model.muzzled, ...model.responding]);
  if (sounding(model)) {
    const id = model.flushes + 1;
    const flushing: Model = { ...model, muzzled, flushes: id, flush: { id, cause, then }, ducked: false };
    return [
      flushing,
      [
        { to: 'speaker', command: { type: 'flush', id } },
        { to: 'later', key: 'flush', afterMs: FLUSH_ANSWER_MS, event: { type: 'flush-unanswered', id } },
        { to: 'later', key: 'duck', afterMs: 0, event: null },
      ],
    ];
  }
  if (!cuttable(model)) return [model, then.map(wire)];
  const unheard = [...model.spoken.keys()];
  const transcript = unheard.reduce((list, id) => silence(list, id), model.shown.transcript);
  const quiet = show({ ...model, muzzled, spoken: new Map(), awaiting: false, spokeUntil: null }, { transcript });
  return [quiet, [wire({ type: 'interrupt', cause, heard: null }), ...then.map(wire)]];
}

/** An answer of which nothing was heard leaves no line; a text answer keeps what could be read. */
function silence(list: Model['shown']['transcript'], id: string): Model['shown']['transcript'] {
  const entry = find(list, id);
  if (entry === undefined || entry.role !== 'assistant') return list;
  return entry.revealed === 0 ? remove(list, id) : cutAt(list, id, entry.revealed);
}

/** The worklet is silent and says how much of which item was rendered. */
export function flushed(model: Model, event: Extract<PlaybackEvent, { type: 'flushed' }>): Step {
  if (model.flush?.id !== event.id) return [model, []];
  const heard: Heard | null =
    event.itemId === null
      ? null
      : {
          itemId: event.itemId,
          contentIndex: event.contentIndex,
          rendered: samples(event.rendered),
          received: samples(event.received),
          rate: event.rate,
        };
  return conclude(model, heard);
}

/** No answer from the worklet: what it last told of its position must do. */
export const flushUnanswered = (model: Model, id: number): Step => (model.flush?.id === id ? conclude(model, null) : [model, []]);

function conclude(model: Model, heard: Heard | null): Step {
  if (model.flush === null) return [model, []];
  const { cause, then } = model.flush;
  const transcript = [...model.spoken].reduce((list, [id, spoken]) => {
    if (heard?.itemId !== id) return silence(list, id);
    const chars = charsHeard(spoken, heard.rendered);
    return heard.rendered <= 0 ? remove(list, id) : cutAt(list, id, chars);
  }, model.shown.transcript);
  const quiet = show(
    { ...model, flush: null, spoken: new Map(), awaiting: then.some((up) => 'respond' in up && up.respond), spokeUntil: null },
    { transcript, playing: false },
  );
  return [
    quiet,
    [{ to: 'later', key: 'flush', afterMs: 0, event: null }, wire({ type: 'interrupt', cause, heard }), ...then.map(wire)],
  ];
}

/** The spoken text of an item so far. */
export const spokenOf = (model: Model, itemId: string): typeof unspoken => model.spoken.get(itemId) ?? unspoken;
