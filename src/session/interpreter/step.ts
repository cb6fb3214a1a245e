import { addSentence, settled } from '../../pipelines/caption-lines.ts';
import type { VoiceActivityEvent } from '../../pipelines/voice-activity.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import type { InterpreterDownlink } from '../../shared/interpretation.ts';
import type { PlaybackEvent } from '../../../worklets/messages.ts';
import type { MicrophoneState } from '../state.ts';
import type { InterpreterCommand } from './command.ts';
import { ended, ending } from './ending.ts';
import { withTurn } from './latency.ts';
import { reopened, show, type Effect, type Model } from './model.ts';

/** One event makes the next model and what is to be done: the interpreter's one pure function. */

export type InterpreterEvent =
  | InterpreterCommand
  | InterpreterDownlink
  | { readonly type: 'microphone'; readonly state: MicrophoneState }
  | { readonly type: 'microphone-failed'; readonly error: ErrorFacts; readonly terminal: boolean }
  | { readonly type: 'activity'; readonly activity: VoiceActivityEvent['type'] }
  | { readonly type: 'playback'; readonly event: PlaybackEvent }
  /** The sound of a spoken translation cannot be played. */
  | { readonly type: 'unspeakable'; readonly error: ErrorFacts }
  | { readonly type: 'failed'; readonly error: ErrorFacts };

export interface Clock {
  /** ms since the epoch */
  now(this: void): number;
  /** ms since the epoch of the first sample of `stream`. */
  beganAt(this: void, stream: string): number;
  /** Until where `stream` holds speech, ms since its first sample; null = nobody spoke. */
  voicedMs(this: void, stream: string): number | null;
}

type Step = readonly [Model, readonly Effect[]];

/** What lacks its last words when so much more was told for good gets none any more: its sound was lost. */
const LOST_MS = 30_000;

const DUCK: Effect = { to: 'speaker', command: { type: 'duck', gain: 0.2, ms: 10 } };
const RESTORE: Effect = { to: 'speaker', command: { type: 'duck', gain: 1, ms: 120 } };

export function step(model: Model, event: InterpreterEvent, clock: Clock): Step {
  const [after, effects] = taken(model, event, clock);
  return [ended(after, clock.voicedMs), effects];
}

function taken(model: Model, event: InterpreterEvent, clock: Clock): Step {
  const { shown } = model;
  const isEnding = shown.phase === 'ending';
  switch (event.type) {
    case 'languages':
      if (event.from === shown.from && event.to === shown.to) return [model, []];
      return reopened(show(model, { from: event.from, to: event.to, notice: null }));
    case 'mute':
      return [show(model, { muted: event.muted, microphone: microphoneNow(shown.microphone, event.muted) }), []];
    case 'aloud':
      return event.on === shown.speakAloud ? [model, []] : aloud(model, event.on);
    case 'hush':
      return [show(model, { playing: false }), [{ to: 'hush' }]];
    case 'hold':
      return hold(model, event);
    case 'end':
      return isEnding ? [model, []] : ending(model);
    case 'ready': {
      const languages = event.languages ?? shown.languages;
      return [show(model, isEnding ? { languages } : { phase: 'listening', languages }), []];
    }
    case 'reconnecting': {
      const reconnects = shown.reconnects + 1;
      return [show(model, isEnding ? { reconnects } : { phase: 'reconnecting', reconnects }), []];
    }
    case 'sentence':
      return [sentence(model, event, clock), []];
    case 'speech':
      return [
        model,
        shown.speakAloud && !isEnding ? [{ to: 'voice', audio: event.audio, itemId: `${event.stream} ${event.task ?? ''}` }] : [],
      ];
    case 'refused':
      return refused(model, event);
    case 'complaint':
      return [show(model, { notice: event.error.toFacts() }), []];
    case 'unspeakable':
      return [show(model, { notice: event.error }), []];
    case 'round-trip':
      return [show(model, { roundTripMs: event.ms }), []];
    case 'dropped':
      return [show(model, { dropped: event.frames }), []];
    case 'microphone':
      return microphone(model, event.state);
    case 'microphone-failed':
      if (event.terminal) return [show(failed(model, event.error), { microphone: 'lost' }), []];
      return [show(model, { microphone: 'lost', notice: event.error }), []];
    case 'activity':
      return activity(model, event.activity);
    case 'playback':
      return playback(model, event.event);
    case 'failed':
      // Who has ended it is told no more of what became of the wire.
      return [isEnding ? { ...model, closing: [] } : failed(model, event.error), []];
    case 'closed':
      return [over(model, event.stream), []];
    case 'opened':
    case 'noted':
      return [model, []];
  }
}

/** Each side's last words come once; what somebody reads is late from the end of the speech until then. */
function sentence(model: Model, event: Extract<InterpreterDownlink, { type: 'sentence' }>, clock: Clock): Model {
  const { lines, to, latency } = model.shown;
  const began = clock.beganAt(event.stream);
  const added = addSentence(lines, event, began);
  const after = event.final ? settled(added, event.stream, event.startMs - LOST_MS) : added;
  const read = event.final && event.endMs !== null && event.side === (to === null ? 'original' : 'translation');
  if (!read || after === lines) return show(model, { lines: after });
  return show(model, { lines: after, latency: withTurn(latency, Math.max(0, clock.now() - began - event.endMs)) });
}

const microphoneNow = (state: MicrophoneState, muted: boolean): MicrophoneState =>
  state === 'live' || state === 'muted' ? (muted ? 'muted' : 'live') : state;

function microphone(model: Model, state: MicrophoneState): Step {
  const { muted, notice } = model.shown;
  const mended = state === 'live' && notice?.code === 'microphone-lost';
  const shown = show(model, { microphone: microphoneNow(state, muted), notice: mended ? null : notice });
  return state === 'live' && !model.live ? reopened({ ...shown, live: true }) : [shown, []];
}

/** The server speaks only for streams that asked for it, so they begin anew. */
function aloud(model: Model, on: boolean): Step {
  const [next, effects] = reopened(show(model, { speakAloud: on, ...(on ? {} : { playing: false }) }));
  return [next, on ? effects : [...effects, { to: 'hush' }]];
}

function hold(model: Model, { side, down }: Extract<InterpreterCommand, { type: 'hold' }>): Step {
  if (model.options.turn !== 'hold') return [model, []];
  const { speaking } = model.shown;
  if (!down) return [speaking === side ? show(model, { speaking: null }) : model, []];
  // Who takes the word is not talked over.
  return [show(model, { speaking: side, playing: false }), model.shown.playing ? [{ to: 'hush' }] : []];
}

/** One direction that cannot be is told; the other one, and a new choice of languages, still work. */
function refused(model: Model, { stream, error }: Extract<InterpreterDownlink, { type: 'refused' }>): Step {
  const after = over(model, stream);
  const open = after.open.filter((each) => each.stream !== stream);
  if (open.length === after.open.length) return [after, []];
  return [show({ ...after, open }, { notice: error.toFacts() }), []];
}

/** No more words come of this stream: those that are there count. */
const over = (model: Model, stream: string): Model => ({
  ...show(model, { lines: settled(model.shown.lines, stream) }),
  closing: model.closing.filter((each) => each !== stream),
});

const failed = (model: Model, error: ErrorFacts): Model =>
  show(model, { phase: 'error', error, lines: settled(model.shown.lines, null), microphone: 'off', playing: false });

/** A voice is turned down while somebody speaks over it, and goes on: what it says was not heard yet. */
function activity(model: Model, heard: VoiceActivityEvent['type']): Step {
  const over = heard !== 'silence' && model.shown.playing;
  if (over === model.ducked) return [model, []];
  return [{ ...model, ducked: over }, [over ? DUCK : RESTORE]];
}

function playback(model: Model, event: PlaybackEvent): Step {
  if (event.type === 'underrun') return [show(model, { underruns: model.shown.underruns + 1 }), []];
  if (event.type !== 'position' && event.type !== 'started') return [model, []];
  const playing = event.type === 'started' || event.playing;
  const effects = playing || !model.ducked ? [] : [RESTORE];
  return [show({ ...model, ducked: playing && model.ducked }, { playing }), effects];
}
