import { withEnd, withSound, withText } from '../pipelines/heard-text.ts';
import type { Downlink } from '../shared/wire.ts';
import { cut, cuttable, spokenOf, type Step } from './cut.ts';
import type { Effect } from './event.ts';
import { count, show, total, withItem, type Model } from './model.ts';
import { stepResponse } from './step-response.ts';
import { caption, change, cite, find, place, remove } from './transcript.ts';

/** The session's two clocks. */
export interface Clock {
  /** ms since the epoch */
  readonly now: number;
  /** When capture sample `at` was recorded, ms since the epoch; null = not known. */
  timeOf(this: void, at: number): number | null;
}

/** What the server's word changes. */
export function stepDownlink(model: Model, event: Downlink, clock: Clock): Step {
  switch (event.type) {
    case 'opened':
      return [show(model, { expiresAt: event.expiresAt }), expiry(event.expiresAt, clock.now)];
    case 'ready': {
      if (model.link === 'ready') return [show(model, { settings: event.settings }), []];
      const { loss, outbox, shown } = model;
      const ready = show(
        { ...model, link: 'ready', awaiting: outbox.some((kept) => kept.type !== 'context' && kept.respond) },
        { settings: event.settings, retryInMs: null, error: null, notice: shown.notice === loss ? null : shown.notice },
      );
      return [ready, outbox.map((uplink): Effect => ({ to: 'wire', uplink }))];
    }
    case 'speech-started': {
      const speaking = show(model, { userSpeaking: true });
      const turns = model.shown.settings?.turns;
      const mayCut = model.bargeIn === 'natural' && (turns === undefined || turns.type === 'none' || turns.interrupt !== false);
      return mayCut && cuttable(speaking) ? cut(speaking, 'server') : [speaking, []];
    }
    case 'speech-stopped': {
      const turns = model.shown.settings?.turns;
      const silenceMs = turns?.type === 'server-vad' ? (turns.silenceMs ?? 0) : 0;
      const ended = event.at === null ? null : clock.timeOf(event.at);
      const spokeUntil = (ended ?? clock.now) - silenceMs;
      return [show({ ...model, spokeUntil, awaiting: true }, { userSpeaking: false }), []];
    }
    case 'item': {
      const outbox = model.outbox.filter((kept) => kept.id !== event.itemId);
      if (event.role === 'system') return [{ ...model, outbox }, []];
      return [
        show(
          { ...model, outbox },
          { transcript: place(model.shown.transcript, event.itemId, event.role, event.after, clock.now) },
        ),
        [],
      ];
    }
    case 'item-removed': {
      const entry = find(model.shown.transcript, event.itemId);
      const empty = entry !== undefined && (entry.text === '' || entry.revealed === 0);
      return [empty ? show(model, { transcript: remove(model.shown.transcript, event.itemId) }) : model, []];
    }
    case 'caption':
      return [captioned(model, event, clock.now), []];
    case 'caption-failed': {
      const transcript = change(model.shown.transcript, event.itemId, (entry) => ({ ...entry, status: 'failed' }));
      return [show(model, { transcript, notice: event.error.toFacts(), userSpeaking: false }), []];
    }
    case 'citation':
      return [show(model, { transcript: cite(model.shown.transcript, event.itemId, event.citation) }), []];
    case 'audio': {
      if (model.muzzled.has(event.responseId)) return [count(model, 'late audio dropped'), []];
      const spoken = new Map(model.spoken);
      spoken.set(event.itemId, withSound(spokenOf(model, event.itemId), event.pcm.length, event.rate));
      const { itemId, contentIndex, rate, pcm } = event;
      const whole = pcm.byteLength === pcm.buffer.byteLength ? pcm : pcm.slice();
      const command = { type: 'play', itemId, contentIndex, rate, pcm: whole.buffer as ArrayBuffer } as const;
      return [{ ...model, spoken }, [{ to: 'speaker', command }]];
    }
    case 'audio-ended': {
      if (!model.spoken.has(event.itemId)) return [model, []];
      const spoken = new Map(model.spoken).set(event.itemId, withEnd(spokenOf(model, event.itemId)));
      return [{ ...model, spoken }, [{ to: 'speaker', command: { type: 'end', itemId: event.itemId } }]];
    }
    case 'response-started':
      return [show({ ...model, responding: withItem(model.responding, event.responseId), awaiting: false }), []];
    case 'response-ended':
      return stepResponse(model, event);
    case 'tool-call': {
      const { callId, name } = event;
      const transcript = [
        ...model.shown.transcript,
        {
          id: callId,
          role: 'tool',
          text: name,
          revealed: name.length,
          status: 'interim',
          images: [],
          citations: [],
          at: clock.now,
        } as const,
      ];
      return [
        show(model, { transcript, tools: [...model.shown.tools, name] }),
        [{ to: 'tool', callId, name, input: event.arguments }],
      ];
    }
    case 'dropped':
      return [total(model, 'frames dropped', event.frames), []];
    case 'noted':
      return [total(model, event.what, event.count), []];
    case 'complaint':
      return [show(model, { notice: event.error.toFacts() }), []];
    case 'settled':
    case 'truncated':
      return [model, []];
  }
}

/** Two minutes before the limit (a fifth of short ones) a pause is waited for; the last five seconds wait for nothing. */
function expiry(expiresAt: number | null, now: number): readonly Effect[] {
  if (expiresAt === null) return [];
  const left = expiresAt - now;
  const at = (key: string, before: number, force: boolean): Effect => ({
    to: 'later',
    key,
    afterMs: Math.max(0, left - before),
    event: { type: 'handover-due', force },
  });
  return [at('handover', Math.min(120_000, left / 5), false), at('handover-now', Math.min(5_000, left / 20), true)];
}

function captioned(model: Model, event: Extract<Downlink, { type: 'caption' }>, now: number): Model {
  const silent = event.role === 'user' && event.final && event.edit === 'replace' && event.text.trim() === '';
  if (silent) return show({ ...model, awaiting: false }, { transcript: remove(model.shown.transcript, event.itemId) });
  const transcript = caption(model.shown.transcript, event, now);
  if (event.role === 'user') return show(model, { transcript });
  const text = find(transcript, event.itemId)?.text ?? '';
  if (model.shown.settings?.reply === 'text') {
    return show(model, { transcript: change(transcript, event.itemId, (entry) => ({ ...entry, revealed: text.length })) });
  }
  const known = model.spoken.has(event.itemId) || !event.final;
  const spoken = known
    ? new Map(model.spoken).set(event.itemId, withText(spokenOf(model, event.itemId), text.length))
    : model.spoken;
  return show({ ...model, spoken }, { transcript });
}
