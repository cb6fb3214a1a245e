import { withEnd } from '../pipelines/heard-text.ts';
import { flushUnanswered, type Step } from './cut.ts';
import type { Effect, SessionEvent } from './event.ts';
import { show, type Model } from './model.ts';
import { stepCommand } from './step-command.ts';
import { stepDownlink, type Clock } from './step-downlink.ts';
import { stepActivity, stepPlayback } from './step-playback.ts';
import { change, withoutInterim } from './transcript.ts';

/** One pure step of a session: what is known and what happened, to what is known then and what is set in motion. */
export const step = (model: Model, event: SessionEvent, clock: Clock): Step =>
  keepAwake(event, handOver(react(model, event, clock)));

/** What counts as somebody being there. */
const SIGNS: ReadonlySet<SessionEvent['type']> = new Set([
  'ready',
  'text',
  'image',
  'voice',
  'hold',
  'caption',
  'speech-started',
  'playback',
]);

/** Every sign of life starts the wait for the end anew. */
function keepAwake(event: SessionEvent, [model, effects]: Step): Step {
  if (model.idleMs === 0 || !SIGNS.has(event.type)) return [model, effects];
  return [model, [...effects, { to: 'later', key: 'idle', afterMs: model.idleMs, event: { type: 'idle' } }]];
}

/** A session that will expire is changed for a new one at a pause, or when there is no more time to wait for one. */
function handOver([model, effects]: Step): Step {
  const { handover, shown, link } = model;
  const pause = !shown.userSpeaking && model.spoken.size === 0 && model.responding.size === 0 && !model.awaiting;
  const due = link === 'ready' && (handover === 'now' || (handover === 'due' && pause));
  return due ? [{ ...model, handover: 'none' }, [...effects, { to: 'handover' }]] : [model, effects];
}

function react(model: Model, event: SessionEvent, clock: Clock): Step {
  switch (event.type) {
    case 'voice':
    case 'mute':
    case 'interrupt':
    case 'hold':
    case 'text':
    case 'image':
    case 'context':
    case 'retry':
      return stepCommand(model, event, clock.now);
    case 'connecting':
      return [show({ ...model, link: 'connecting' }), []];
    case 'lost':
      return lost(model, event);
    case 'closed':
    case 'idle':
      return [show(model, { phase: 'ended', playing: false, userSpeaking: false, microphone: 'off' }), []];
    case 'failed':
      return [show(model, { phase: 'error', error: event.error, playing: false, userSpeaking: false, microphone: 'off' }), []];
    case 'microphone': {
      const microphone = event.state === 'live' && model.shown.muted ? 'muted' : event.state;
      const { notice } = model.shown;
      const mended = event.state === 'live' && notice?.code === 'microphone-lost';
      return [show(model, { microphone, notice: mended ? null : notice }), []];
    }
    case 'microphone-failed':
      return [show(model, { microphone: event.terminal ? 'lost' : 'asking', notice: event.error, userSpeaking: false }), []];
    case 'playback':
      return stepPlayback(model, event.event, clock.now);
    case 'activity':
      return stepActivity(model, event.activity);
    case 'unconfirmed':
      return stepActivity(model, 'unconfirmed');
    case 'flush-unanswered':
      return flushUnanswered(model, event.id);
    case 'handover-due':
      return [{ ...model, handover: event.force ? 'now' : 'due' }, []];
    case 'tool-ended': {
      const transcript = change(model.shown.transcript, event.callId, (entry) => ({ ...entry, status: 'final' }));
      const { callId, output } = event;
      return [show(model, { transcript }), [{ to: 'wire', uplink: { type: 'tool-result', callId, output } }]];
    }
    default:
      return stepDownlink(model, event, clock);
  }
}

/** What was received is played to its end; what was being said will be sent again. */
function lost(model: Model, event: Extract<SessionEvent, { type: 'lost' }>): Step {
  const sounding = [...model.spoken].filter(([, spoken]) => spoken.received > 0);
  const effects = sounding.map(([itemId]): Effect => ({ to: 'speaker', command: { type: 'end', itemId } }));
  const gone = show(
    {
      ...model,
      link: 'lost',
      loss: event.error,
      spoken: new Map(sounding.map(([itemId, spoken]) => [itemId, withEnd(spoken)])),
      responding: new Set(),
      muzzled: new Set(),
      awaiting: false,
      spokeUntil: null,
      flush: model.flush === null ? null : { ...model.flush, then: [] },
      handover: 'none',
    },
    {
      userSpeaking: false,
      retryInMs: event.retryInMs,
      reconnects: model.shown.reconnects + 1,
      notice: event.error.code === 'session-expired' ? model.shown.notice : event.error,
      transcript: withoutInterim(model.shown.transcript),
    },
  );
  return [gone, effects];
}
