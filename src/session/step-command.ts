import type { Uplink } from '../shared/wire.ts';
import type { Command } from './command.ts';
import { cut, type Step } from './cut.ts';
import { show, type Model } from './model.ts';
import { append, typed, withoutHalfSaid } from './transcript.ts';

/** What a wish of the page changes. */
export function stepCommand(model: Model, command: Command, now: number): Step {
  switch (command.type) {
    case 'voice':
      return [
        show(model, command.on ? {} : { userSpeaking: false, holding: false }),
        command.on ? [{ to: 'wire', uplink: { type: 'settings', settings: { reply: 'audio' } } }] : [],
      ];
    case 'mute': {
      const { microphone, userSpeaking, transcript } = model.shown;
      const heard = microphone === 'live' || microphone === 'muted';
      const halfSaid = command.muted && userSpeaking;
      return [
        show(model, {
          muted: command.muted,
          ...(heard ? { microphone: command.muted ? 'muted' : 'live' } : {}),
          ...(halfSaid ? { userSpeaking: false, transcript: withoutHalfSaid(transcript) } : {}),
        }),
        // No silence follows that could end the turn, so the server is to forget what it heard of it.
        halfSaid ? [{ to: 'wire', uplink: { type: 'turn-cancel' } }] : [],
      ];
    }
    case 'interrupt':
      return cut(model, command.cause);
    case 'hold': {
      if (command.down === model.shown.holding) return [model, []];
      const held = show(model, { holding: command.down });
      if (command.down) {
        // Ahead of the first frame: what clears the server's buffer must not clear the beginning of this turn.
        const [quiet, effects] = cut(held, 'hold');
        return [quiet, [{ to: 'wire', uplink: { type: 'turn-start' } }, ...effects]];
      }
      return [show({ ...held, awaiting: held.link === 'ready' }), [{ to: 'wire', uplink: { type: 'turn-end' } }]];
    }
    case 'text':
      return post(
        model,
        { type: 'text', id: command.id, text: command.text, respond: true },
        typed(command.id, command.text, [], now),
      );
    case 'image': {
      const { id, dataUrl, text, respond } = command;
      return post(model, { type: 'image', id, dataUrl, text, respond }, typed(id, text, [dataUrl], now));
    }
    case 'context':
      return send(model, { type: 'context', id: command.id, text: command.text }, false);
    case 'retry':
      return [show(model, { notice: null }), []];
  }
}

type Kept = Extract<Uplink, { type: 'text' | 'image' | 'context' }>;

/** Shows the user's own line at once and sends it; it is kept until the server confirms it. */
function post(model: Model, uplink: Extract<Kept, { respond: boolean }>, entry: Parameters<typeof append>[1]): Step {
  const shown = show(model, { transcript: append(model.shown.transcript, entry) });
  return send(shown, uplink, uplink.respond);
}

function send(model: Model, uplink: Kept, respond: boolean): Step {
  const kept: Model = { ...model, outbox: [...model.outbox, uplink] };
  if (model.link !== 'ready') return [kept, []];
  if (!respond) return [kept, [{ to: 'wire', uplink }]];
  const [quiet, effects] = cut(kept, 'text', [uplink]);
  return [show({ ...quiet, awaiting: true }), effects];
}
