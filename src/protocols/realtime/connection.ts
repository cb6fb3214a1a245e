import { asyncScheduler } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import type { AssistantSettings, Downlink, TurnDetection, Uplink } from '../../shared/wire.ts';
import type { Wire } from '../socket.ts';
import type { Adapter, Dialect } from './adapters.ts';
import { bound } from './bound.ts';
import { captionsOf } from './captions.ts';
import type { ClientEvent } from './client-events.ts';
import type { Codec } from './codec-ga.ts';
import { ConnectionSettings } from './connection-settings.ts';
import { newConversation, rulesOf, type Input, type TurnRules } from './conversation-state.ts';
import { step } from './conversation.ts';
import { isFatal, isRace, serverError } from './errors.ts';
import { number, text, type Json, type Reading, type ServerEvent } from './events.ts';
import { HeldUplinks } from './held-uplinks.ts';
import { InputAudio } from './input-audio.ts';
import { ItemOrder } from './item-order.ts';
import { OutputAudio } from './output-audio.ts';
import { UserTurns } from './user-turns.ts';

/** One connection's life, from the open wire to its end: each input answered with what the session is to know. */

/** What survives a connection. */
export interface Memory {
  dialect: Dialect;
  codec: Codec;
  settings: AssistantSettings;
}

export type ConnectionInput =
  | { readonly type: 'up'; readonly up: Uplink }
  | { readonly type: 'open'; readonly wire: Wire }
  | { readonly type: 'read'; readonly reading: Reading }
  | { readonly type: 'unreadable'; readonly error: AssistantError }
  /** The server has not confirmed the settings in time. */
  | { readonly type: 'overdue'; readonly last: boolean }
  /** Some time has passed since the user stopped speaking. */
  | { readonly type: 'quiet' };

export interface Connection {
  /** Throws the AssistantError that ends the connection. */
  take(this: void, input: ConnectionInput): readonly Downlink[];
  /** What the end is to be called: what the server said before it hung up tells more than its close code. */
  reason(this: void, error: AssistantError): AssistantError;
}

/** Sound kept back until the settings are confirmed. */
const HELD_MS = 30_000;
/** A close this soon after the server's own complaint is because of it. */
const SOON_MS = 5_000;
/** Different things that are counted; the rest is `other`. */
const MOST_NOTES = 100;

const complaint = (error: AssistantError): Downlink => ({ type: 'complaint', error });

export function newConnection(adapter: Adapter, memory: Memory): Connection {
  const input = new InputAudio(adapter);
  const output = new OutputAudio(adapter);
  const settings = new ConnectionSettings(adapter);
  const turns = new UserTurns(input.clock);
  const order = new ItemOrder();
  const notes = new Map<string, number>();
  const cited = new Set<string>();
  const held = new HeldUplinks((HELD_MS * adapter.inputRate) / 1000);
  let outputRate = adapter.outputRate;
  let transcribes = true;
  let wire: Wire | null = null;
  let created: Json | null = null;
  /** How the settings were asked for; null = not yet. */
  let asked: Codec | null = null;
  let ready = false;
  let turnStart = 0;
  let said: { readonly error: AssistantError; readonly atMs: number } | null = null;

  const rules = (effective: TurnDetection): TurnRules => rulesOf(adapter, effective, memory.settings.purpose === 'transcription');

  let conversation = newConversation(rules({ type: 'none' }));

  function note(what: string): Downlink {
    const known = notes.has(what) || notes.size < MOST_NOTES ? what : 'other';
    const count = (notes.get(known) ?? 0) + 1;
    notes.set(known, count);
    return { type: 'noted', what: known, count };
  }

  function send(event: ClientEvent): void {
    if (event.type === 'input_audio_buffer.commit') turns.commit();
    const message = JSON.stringify(memory.codec.encode(event));
    input.sent(message.length, asyncScheduler.now());
    wire?.send(message);
  }

  function advance(by: Input): readonly Downlink[] {
    const after = step(conversation, by, asyncScheduler.now());
    conversation = after;
    after.send.forEach(send);
    return [...after.tell, ...after.note.map(note)];
  }

  // The handshake

  function ask(): void {
    asked = memory.codec;
    send(settings.update(memory.settings, memory.codec));
  }

  function opened(session: Json): readonly Downlink[] {
    if (created) return [];
    created = session;
    const seconds = number(session['expires_at']);
    return [{ type: 'opened', sessionId: text(session['id']) ?? '', expiresAt: seconds ? seconds * 1000 : null }];
  }

  function confirmed(session: Json, unconfirmed: readonly string[] = []): readonly Downlink[] {
    const { transcribes: words, ...effective } = settings.effective(session);
    outputRate = effective.outputRate;
    transcribes = words;
    ready = true;
    const told = advance({ type: 'rules', rules: rules(effective.turns) });
    const differences = [...unconfirmed, ...effective.differences];
    return [{ type: 'ready', settings: { ...effective, differences } }, ...told, ...held.release().flatMap(say)];
  }

  /** Servers that never confirm are taken at their greeting; those that do not even greet are given up. */
  function overdue(last: boolean): readonly Downlink[] {
    if (ready) return [];
    if (!asked) ask();
    else if (created) return confirmed(created, ['the server did not confirm the settings']);
    else if (last) throw new AssistantError('timed-out', 'the server stays silent');
    return [];
  }

  // Up

  function say(up: Uplink): readonly Downlink[] {
    switch (up.type) {
      case 'audio': {
        const message = input.append(up.pcm, up.at, wire?.bufferedAmount ?? 0, asyncScheduler.now());
        if (message !== null) wire?.send(message);
        const frames = input.report(message !== null);
        return frames === null ? [] : [{ type: 'dropped', frames }];
      }
      case 'settings':
        memory.settings = { ...memory.settings, ...up.settings };
        ask();
        return [];
      case 'image':
      case 'text':
      case 'context':
        return up.type === 'image' && !/^data:image\/(png|jpeg);base64,/.test(up.dataUrl)
          ? [complaint(new AssistantError('bad-option', 'a picture is a PNG or JPEG data URL', { field: 'dataUrl' }))]
          : advance({ type: 'up', up });
      case 'history':
        order.replay(up.entries);
        break;
      case 'turn-start':
        turnStart = input.clock.appended;
        break;
      default:
    }
    return advance({ type: 'up', up, turnMs: ((input.clock.appended - turnStart) * 1000) / adapter.inputRate });
  }

  // Down

  /** The end of a part and the end of its item both tell the pages it stands on. */
  function isNew(told: Downlink): boolean {
    if (told.type !== 'citation') return true;
    const key = `${told.itemId} ${told.citation.url}`;
    if (cited.has(key)) return false;
    bound(cited.add(key), 1000);
    return true;
  }

  function hear(event: ServerEvent): readonly Downlink[] {
    switch (event.type) {
      case 'session.created': {
        const told = opened(event.session);
        if (asked !== memory.codec) ask();
        return told;
      }
      case 'session.updated':
        return [...opened(event.session), ...(asked ? confirmed(event.session) : [])];
      case 'error':
        return complained(event.error);
      default:
    }
    let sound = {};
    if (event.type === 'response.output_audio.delta') {
      settings.voiceFixed = true;
      try {
        sound = { pcm: output.decode(event.item_id, event.delta), rate: outputRate };
      } catch (cause) {
        return [complaint(AssistantError.from(cause, 'bad-message'))];
      }
    }
    const told = advance({ type: 'server', event, ...sound });
    const silenced = 'response_id' in event && conversation.silenced.has(event.response_id);
    const words = silenced ? [] : captionsOf(event, adapter.transcriptMode === 'cumulative').filter(isNew);
    return [...order.read(event), ...words, ...turns.read(event, transcribes), ...told];
  }

  function complained(error: Json): readonly Downlink[] {
    const named = serverError(error);
    const about = text(error['event_id']);
    const fatal = isFatal(named);
    if (named.code === 'session-expired' || (fatal && !ready)) throw named;
    if (fatal) said = { error: named, atMs: asyncScheduler.now() };
    else if (settings.isMine(about) || (!ready && about === null && !isRace(error))) {
      const lesser = settings.lessen(error);
      if (lesser) {
        send(lesser);
        return [note(`settings-refused:${named.field ?? ''}`)];
      }
      if (!ready) throw named;
    } else if (about?.startsWith('settings_')) return [note('settings-superseded')];
    return advance({ type: 'server', event: { type: 'error', error } });
  }

  return {
    take: (from) => {
      switch (from.type) {
        case 'open':
          wire = from.wire;
          asked = null;
          created = null;
          if (adapter.firstEvent === 'client') ask();
          return [];
        case 'up':
          if (ready) return say(from.up);
          held.push(from.up);
          return [];
        case 'read':
          return from.reading.kind === 'event'
            ? hear(from.reading.event)
            : [note(`${from.reading.kind}:${from.reading.name.slice(0, 80)}`)];
        case 'unreadable':
          return [complaint(from.error)];
        case 'overdue':
          return overdue(from.last);
        case 'quiet':
          return advance(from);
      }
    },
    reason: (error) => (said && asyncScheduler.now() - said.atMs < SOON_MS ? said.error : error),
  };
}
