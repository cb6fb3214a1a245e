import { asyncScheduler } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import type { AssistantSettings, Downlink, TurnDetection, Uplink } from '../../shared/wire.ts';
import type { Wire } from '../socket.ts';
import type { Adapter, Dialect } from './adapters.ts';
import { captionsOf } from './captions.ts';
import type { ClientEvent } from './client-events.ts';
import { encodeBeta, looksBeta } from './codec-beta.ts';
import { ConnectionSettings } from './connection-settings.ts';
import { newConversation, type Conversation, type Input, type TurnRules } from './conversation-state.ts';
import { step } from './conversation.ts';
import { isFatal, isRace, serverError } from './errors.ts';
import { number, text, type Json, type Reading, type ServerEvent } from './events.ts';
import { InputAudio } from './input-audio.ts';
import { ItemOrder } from './item-order.ts';
import { OutputAudio } from './output-audio.ts';
import { UserTurns } from './user-turns.ts';

/** One connection's life, from the open wire to its end: each input answered with what the session is to know. */

/** What survives a connection. */
export interface Memory {
  dialect: Dialect;
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

/** Sound kept back until the settings are confirmed. */
const HELD_MS = 30_000;
/** A close this soon after the server's own complaint is because of it. */
const SOON_MS = 5_000;

export class Connection {
  readonly #adapter: Adapter;
  readonly #memory: Memory;
  readonly #detect: boolean;
  readonly #input: InputAudio;
  readonly #output: OutputAudio;
  readonly #settings: ConnectionSettings;
  readonly #turns: UserTurns;
  readonly #order = new ItemOrder();
  readonly #notes = new Map<string, number>();
  readonly #cited = new Set<string>();
  readonly #held: Uplink[] = [];
  #heldSamples = 0;
  #conversation: Conversation;
  #transcribes: boolean;
  #wire: Wire | null = null;
  #created: Json | null = null;
  #asked = false;
  #ready = false;
  #turnStart = 0;
  #complaint: { readonly error: AssistantError; readonly atMs: number } | null = null;

  /** `detect`: follow the dialect that the server turns out to speak. */
  constructor(adapter: Adapter, memory: Memory, detect: boolean) {
    this.#adapter = adapter;
    this.#memory = memory;
    this.#detect = detect;
    this.#input = new InputAudio(adapter);
    this.#output = new OutputAudio(adapter);
    this.#settings = new ConnectionSettings(adapter, memory.dialect, memory.settings);
    this.#turns = new UserTurns(this.#input.clock);
    this.#conversation = newConversation(this.#rules({ type: 'none' }));
    this.#transcribes = memory.settings.transcribe !== false;
  }

  /** Throws the AssistantError that ends the connection. */
  take(input: ConnectionInput): readonly Downlink[] {
    switch (input.type) {
      case 'open':
        this.#wire = input.wire;
        this.#settings.dialect = this.#memory.dialect;
        this.#asked = false;
        this.#created = null;
        if (this.#adapter.firstEvent === 'client') this.#ask();
        return [];
      case 'up':
        return this.#ready ? this.#say(input.up) : this.#hold(input.up);
      case 'read':
        return input.reading.kind === 'event'
          ? this.#hear(input.reading.event)
          : [this.#note(`${input.reading.kind}:${input.reading.name.slice(0, 80)}`)];
      case 'unreadable':
        return [{ type: 'complaint', error: input.error }];
      case 'overdue':
        return this.#overdue(input.last);
      case 'quiet':
        return this.#step(input);
    }
  }

  /** What the end of the connection is to be called: what the server said before it hung up tells more than its close code. */
  reason(error: AssistantError): AssistantError {
    const said = this.#complaint;
    return said && asyncScheduler.now() - said.atMs < SOON_MS ? said.error : error;
  }

  // The handshake

  #ask(): void {
    this.#asked = true;
    this.#send(this.#settings.update(this.#memory.settings));
  }

  #greeted(session: Json): readonly Downlink[] {
    if (this.#detect && this.#memory.dialect === 'ga' && this.#adapter.sessionShape === 'nested' && looksBeta(session)) {
      this.#settings.dialect = this.#memory.dialect = 'beta';
      this.#asked = false;
    }
    const told = this.#opened(session);
    if (!this.#asked) this.#ask();
    return told;
  }

  #opened(session: Json): readonly Downlink[] {
    if (this.#created) return [];
    this.#created = session;
    const seconds = number(session['expires_at']);
    return [{ type: 'opened', sessionId: text(session['id']) ?? '', expiresAt: seconds ? seconds * 1000 : null }];
  }

  #confirmed(session: Json, unconfirmed: readonly string[] = []): readonly Downlink[] {
    const settings = this.#settings.effective(session);
    this.#output.rate = settings.outputRate;
    this.#transcribes = this.#settings.transcribes(session);
    const told = this.#step({ type: 'rules', rules: this.#rules(settings.turns) });
    const first = !this.#ready;
    this.#ready = true;
    return [
      { type: 'ready', settings: { ...settings, differences: [...unconfirmed, ...settings.differences] } },
      ...told,
      ...(first ? this.#held.splice(0).flatMap((up) => this.#say(up)) : []),
    ];
  }

  /** Servers that never confirm are taken at their greeting; those that do not even greet are given up. */
  #overdue(last: boolean): readonly Downlink[] {
    if (this.#ready) return [];
    if (!this.#asked) this.#ask();
    else if (this.#created) return this.#confirmed(this.#created, ['the server did not confirm the settings']);
    else if (last) throw new AssistantError('timed-out', 'the server took the connection and stayed silent');
    return [];
  }

  #rules(turns: TurnDetection): TurnRules {
    const purpose = this.#memory.settings.purpose ?? 'conversation';
    const vad = turns.type !== 'none';
    return {
      purpose,
      vad,
      interrupts: turns.type !== 'none' && turns.interrupt === true,
      responds: turns.type !== 'none' && turns.respond !== false && purpose === 'conversation',
      supportsTruncate: this.#adapter.supportsTruncate,
      supportsCancel: this.#adapter.supportsCancel,
      echoesMetadata: this.#adapter.echoesMetadata,
      truncateMarginMs: this.#adapter.truncateMarginMs,
    };
  }

  // Up

  /** Nothing goes up before the settings are in force: sound that came first would be answered with the server's defaults. */
  #hold(up: Uplink): readonly Downlink[] {
    if (up.type === 'interrupt' || up.type === 'played') return [];
    this.#held.push(up);
    if (up.type === 'audio') this.#heldSamples += up.pcm.length;
    while (this.#heldSamples > (HELD_MS * this.#adapter.inputRate) / 1000) {
      const [oldest] = this.#held.splice(
        this.#held.findIndex(({ type }) => type === 'audio'),
        1,
      );
      if (oldest?.type === 'audio') this.#heldSamples -= oldest.pcm.length;
    }
    return [];
  }

  #say(up: Uplink): readonly Downlink[] {
    switch (up.type) {
      case 'audio':
        return this.#append(up);
      case 'settings':
        this.#memory.settings = { ...this.#memory.settings, ...up.settings };
        this.#ask();
        return [];
      case 'image':
        if (!/^data:image\/(png|jpeg);base64,/.test(up.dataUrl)) {
          const error = new AssistantError('bad-option', 'a picture is a PNG or JPEG data URL', { field: 'dataUrl' });
          return [{ type: 'complaint', error }];
        }
        return this.#step({ type: 'up', up: { ...up, id: this.#order.toWire(up.id) } });
      case 'text':
      case 'context':
        return this.#step({ type: 'up', up: { ...up, id: this.#order.toWire(up.id) } });
      case 'history':
        this.#order.replayed(up.entries);
        return this.#step({ type: 'up', up });
      case 'turn-start':
        this.#turnStart = this.#input.clock.appended;
        return this.#step({ type: 'up', up });
      case 'turn-end': {
        const turnMs = ((this.#input.clock.appended - this.#turnStart) * 1000) / this.#adapter.inputRate;
        return this.#step({ type: 'up', up, turnMs });
      }
      default:
        return this.#step({ type: 'up', up });
    }
  }

  #append({ pcm, at }: Extract<Uplink, { type: 'audio' }>): readonly Downlink[] {
    const message = this.#input.append(pcm, at, this.#wire?.bufferedAmount ?? 0, asyncScheduler.now());
    if (message !== null) this.#wire?.send(message);
    const frames = this.#input.report(message !== null);
    return frames === null ? [] : [{ type: 'dropped', frames }];
  }

  #send(event: ClientEvent): void {
    if (event.type === 'input_audio_buffer.commit') this.#turns.commit();
    const message = JSON.stringify(this.#memory.dialect === 'beta' ? encodeBeta(event) : event);
    this.#input.sent(message.length, asyncScheduler.now());
    this.#wire?.send(message);
  }

  // Down

  #hear(event: ServerEvent): readonly Downlink[] {
    if (event.type === 'session.created') return this.#greeted(event.session);
    if (event.type === 'session.updated') {
      const told = this.#opened(event.session);
      return this.#asked ? [...told, ...this.#confirmed(event.session)] : told;
    }
    if (event.type === 'error') return this.#complained(event.error);
    let sound = {};
    try {
      sound = this.#sound(event);
    } catch (cause) {
      return [{ type: 'complaint', error: AssistantError.from(cause, 'bad-message') }];
    }
    const told = this.#step({ type: 'server', event, ...sound });
    return [...this.#order.read(event), ...this.#words(event), ...this.#turns.read(event, this.#transcribes), ...told];
  }

  /** Throws `bad-message`. */
  #sound(event: ServerEvent): { readonly pcm?: Int16Array; readonly rate?: number } {
    if (event.type !== 'response.output_audio.delta') return {};
    this.#settings.voiceFixed = true;
    return { pcm: this.#output.decode(event.item_id, event.delta), rate: this.#output.rate };
  }

  #words(event: ServerEvent): readonly Downlink[] {
    if ('response_id' in event && this.#conversation.silenced.has(event.response_id)) return [];
    return captionsOf(event, this.#adapter.transcriptMode === 'cumulative').filter((told) => {
      if (told.type !== 'citation') return true;
      const key = `${told.itemId} ${told.citation.url}`;
      if (this.#cited.has(key)) return false;
      if (this.#cited.size > 1000) this.#cited.clear();
      this.#cited.add(key);
      return true;
    });
  }

  #complained(error: Json): readonly Downlink[] {
    const complaint = serverError(error);
    const about = text(error['event_id']);
    if (complaint.code === 'session-expired' || complaint.code === 'dialect-refused') throw complaint;
    if (isFatal(complaint)) {
      if (!this.#ready) throw complaint;
      this.#complaint = { error: complaint, atMs: asyncScheduler.now() };
    } else if (about?.startsWith('settings_') === true && !this.#settings.isMine(about)) {
      return [this.#note('settings-superseded')];
    } else if (this.#settings.isMine(about) || (!this.#ready && about === null && !isRace(error))) {
      const lesser = this.#settings.lessen(error);
      if (lesser) {
        this.#send(lesser);
        return [this.#note(`settings-refused:${complaint.field ?? text(error['code']) ?? ''}`)];
      }
      if (!this.#ready) throw complaint;
    }
    return this.#step({ type: 'server', event: { type: 'error', error } });
  }

  #step(input: Input): readonly Downlink[] {
    const { s, send, tell, note } = step(this.#conversation, input, asyncScheduler.now());
    this.#conversation = s;
    for (const event of send) this.#send(event);
    return [...tell, ...note.map((what) => this.#note(what))];
  }

  #note(what: string): Downlink {
    const known = this.#notes.has(what) || this.#notes.size < 100 ? what : 'other';
    const count = (this.#notes.get(known) ?? 0) + 1;
    this.#notes.set(known, count);
    return { type: 'noted', what: known, count };
  }
}
