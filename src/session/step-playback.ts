import { charsHeard } from '../pipelines/heard-text.ts';
import { ms, samples } from '../shared/time.ts';
import type { PlaybackEvent } from '../../worklets/messages.ts';
import { cut, flushed, spokenOf, type Step } from './cut.ts';
import { count, show, type Model } from './model.ts';
import type { Latency } from './state.ts';
import { reveal } from './transcript.ts';

/** What the playback worklet's word, and the page's own ear while it plays, change. */

/** How far a first hit turns the answer down, and how fast (audio.md §4). */
const DUCK = { type: 'duck', gain: 0.1, ms: 10 } as const;
const RESTORE = { type: 'duck', gain: 1, ms: 120 } as const;
const CONFIRM_MS = 200;

export function stepPlayback(model: Model, event: PlaybackEvent, now: number): Step {
  switch (event.type) {
    case 'started':
      return [started(model, now), []];
    case 'position': {
      const chars = charsHeard(spokenOf(model, event.itemId), samples(event.rendered));
      const transcript = reveal(model.shown.transcript, event.itemId, chars);
      return [show(model, { transcript, playing: event.playing && model.flush === null }), []];
    }
    case 'finished': {
      const spoken = new Map(model.spoken);
      spoken.delete(event.itemId);
      const transcript = reveal(model.shown.transcript, event.itemId, Infinity);
      const more = [...spoken.values()].some((other) => other.received > 0);
      return [
        show({ ...model, spoken }, { transcript, playing: more && model.shown.playing }),
        [{ to: 'wire', uplink: { type: 'played', itemId: event.itemId } }],
      ];
    }
    case 'underrun':
      return [count(model, 'underruns'), []];
    case 'refused':
      return [count(model, 'sound refused'), []];
    case 'flushed':
      return flushed(model, event);
  }
}

/** Sound comes out: the user's wait is over, and measured. */
function started(model: Model, now: number): Model {
  if (model.spokeUntil === null) return show(model, { playing: true });
  return show({ ...model, spokeUntil: null }, { playing: true, latency: latency(model.shown.latency, now - model.spokeUntil) });
}

const latency = (before: Latency | null, lastMs: number): Latency => {
  const turns = (before?.turns ?? 0) + 1;
  return { lastMs: ms(lastMs), meanMs: ms(((before?.meanMs ?? 0) * (turns - 1) + lastMs) / turns), turns };
};

/** Duck on the first hit, cut on confirmation, restore when neither it nor the server's word comes. */
export function stepActivity(model: Model, activity: 'maybe' | 'speech' | 'silence' | 'unconfirmed'): Step {
  if (activity === 'unconfirmed') {
    return model.ducked ? [{ ...model, ducked: false }, [{ to: 'speaker', command: RESTORE }]] : [model, []];
  }
  if (model.bargeIn !== 'natural' || !model.shown.playing || activity === 'silence') return [model, []];
  if (activity === 'speech') return cut(model, 'voice');
  return [
    { ...model, ducked: true },
    [
      { to: 'speaker', command: DUCK },
      { to: 'later', key: 'duck', afterMs: CONFIRM_MS, event: { type: 'unconfirmed' } },
    ],
  ];
}
