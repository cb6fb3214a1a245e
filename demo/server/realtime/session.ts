import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Engines } from '../engines/engine.ts';
import { readClientEvent, UnusableEvent } from './client-event.ts';
import type { ClientEvent } from './client-event.ts';
import type { SessionContext } from './context.ts';
import { Conversation } from './conversation.ts';
import { ConversationEdits } from './conversation-edits.ts';
import type { Dialect, ServerEvent } from './dialect.ts';
import { beta, looksBeta } from './dialect-beta.ts';
import { engineFault, errorBody, RealtimeFault } from './errors.ts';
import { IdleTimer } from './idle-timer.ts';
import type { RealtimeMetrics } from './metrics.ts';
import { askedNow, Responses } from './responses.ts';
import { readResponseSpec } from './response-input.ts';
import { mergeConfig } from './merge-config.ts';
import type { MergeContext } from './merge-config.ts';
import type { SessionConfig } from './session-config.ts';
import { describeSession, initialConfig } from './session-facts.ts';
import { hearItem } from './spoken-items.ts';
import { UserTurns } from './user-turns.ts';

/** One session of the protocol: client events in, server events out, whatever carries them. */

/** What carries a session. */
export interface Wire {
  send(event: ServerEvent): void;
  /** Resolves while more can be sent without piling up. */
  drained(): Promise<void>;
  close(code: number, reason: string): void;
}

export interface SessionOptions {
  readonly wire: Wire;
  readonly engines: Engines;
  readonly dialect: Dialect;
  readonly type: SessionConfig['type'];
  readonly model: string;
  /** A session in GA shape that came with the credential; its client may override it. */
  readonly defaults: Readonly<Record<string, unknown>> | null;
  readonly maxSeconds: number;
  readonly log: Logger;
  readonly metrics: RealtimeMetrics;
}

const LIMITS = { items: 5000, bytes: 64 * 1024 * 1024 };

const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')}`;

export class RealtimeSession {
  readonly id = newId('sess');
  readonly #options: SessionOptions;
  readonly #context: SessionContext;
  readonly #responses: Responses;
  readonly #turns: UserTurns;
  readonly #edits: ConversationEdits;
  readonly #idle: IdleTimer;
  readonly #voices: readonly string[];
  readonly #expiresAt: number;
  #dialect: Dialect;
  #config: SessionConfig;
  #updated = false;
  #spoken = false;
  #closed = false;
  #expiry: NodeJS.Timeout | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#dialect = options.dialect;
    this.#voices = options.engines.speak.voices.map((voice) => voice.name);
    this.#config = initialConfig(options.type, options.model, options.defaults, options.engines);
    this.#expiresAt = Math.floor(Date.now() / 1000) + options.maxSeconds;
    this.#context = {
      engines: options.engines,
      conversation: new Conversation(LIMITS),
      conversationId: newId('conv'),
      heard: new Map(),
      hearing: new Map(),
      log: options.log,
      metrics: options.metrics,
      config: () => this.#config,
      emit: (event) => this.#emit(event),
      newId,
      drained: () => options.wire.drained(),
    };
    this.#responses = new Responses(this.#context, {
      onFirstSound: (response) => {
        if (response.inConversation) this.#spoken = true;
      },
      onEnd: (response, unheardMs) => {
        if (!response.inConversation) return;
        this.#idle.arm(unheardMs);
        // The terminal block is out; what waits may begin, but not inside it.
        queueMicrotask(() => this.#turns.catchUp());
      },
    });
    this.#turns = new UserTurns(this.#context, this.#responses, () => this.#idle.disarm());
    this.#edits = new ConversationEdits(this.#context, this.#responses);
    this.#idle = new IdleTimer(this.#context.config, () => {
      if (!this.#responses.busy && !this.#turns.speaking) this.#turns.timeOut();
    });
  }

  start(): void {
    const { conversationId } = this.#context;
    this.#emit({ type: 'session.created', session: this.#describe() });
    if (this.#dialect.name === 'beta' && this.#config.type === 'realtime') {
      this.#emit({ type: 'conversation.created', conversation: { id: conversationId, object: 'realtime.conversation' } });
    }
    this.#expiry = setTimeout(() => this.#expire(), this.#options.maxSeconds * 1000);
  }

  /** One text frame. Never throws: what is wrong with it is told to its sender. */
  receive(text: string): void {
    if (this.#closed) return;
    let eventId: string | null = null;
    try {
      const event = readClientEvent(text);
      eventId = event.event_id ?? null;
      this.#obey(event);
    } catch (cause) {
      if (cause instanceof UnusableEvent) this.#complain(cause.fault, cause.eventId);
      else if (cause instanceof RealtimeFault) this.#complain(cause, eventId);
      else {
        this.#options.log.error({ err: cause }, 'a client event was not handled');
        this.#complain(engineFault(cause), eventId);
      }
    }
  }

  /** A frame that is not text. */
  receiveBinary(): void {
    this.#complain(
      new RealtimeFault('invalid_event', 'Events are JSON in text frames; sound goes into input_audio_buffer.append.'),
      null,
    );
  }

  /** Resolves when nothing is being answered any more. */
  settled(): Promise<void> {
    return this.#responses.settled();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    this.#idle.disarm();
    this.#turns.close();
    this.#responses.close();
  }

  #obey(event: ClientEvent): void {
    switch (event.type) {
      case 'session.update':
      case 'transcription_session.update':
        this.#update(event.session, event.type);
        return;
      case 'input_audio_buffer.append':
        this.#turns.append(event.audio);
        return;
      case 'input_audio_buffer.commit':
        this.#idle.disarm();
        this.#turns.commit();
        return;
      case 'input_audio_buffer.clear':
        this.#turns.clear();
        return;
      case 'conversation.item.create':
        this.#edits.create(event.item, event.previous_item_id);
        this.#idle.disarm();
        return;
      case 'conversation.item.retrieve':
        this.#edits.retrieve(event.item_id);
        return;
      case 'conversation.item.truncate':
        this.#edits.truncate(event.item_id, event.content_index, event.audio_end_ms);
        return;
      case 'conversation.item.delete':
        this.#edits.delete(event.item_id);
        return;
      case 'response.create':
        this.#respond(event.response ?? null);
        return;
      case 'response.cancel':
        this.#responses.cancel(event.response_id ?? null);
        return;
      case 'output_audio_buffer.clear':
        throw new RealtimeFault(
          'invalid_event_for_transport',
          'output_audio_buffer.clear is for WebRTC and SIP; over a WebSocket the client owns its playback.',
          'type',
        );
    }
  }

  #update(session: Record<string, unknown>, eventType: string): void {
    if (!this.#updated && this.#dialect.name === 'ga' && (eventType.startsWith('transcription') || looksBeta(session))) {
      this.#dialect = beta;
    }
    const wish = this.#dialect.readSession(session);
    const typed = this.#dialect.name === 'beta' ? { ...wish, type: this.#config.type } : wish;
    const before = this.#config;
    this.#config = mergeConfig(before, typed, this.#mergeContext());
    this.#updated = true;
    this.#turns.configure(before, this.#config);
    this.#emit({ type: 'session.updated', session: this.#describe() });
  }

  #respond(wish: Record<string, unknown> | null): void {
    if (this.#config.type === 'transcription') {
      throw new RealtimeFault('invalid_event', 'A transcription session makes no responses.', 'type');
    }
    const spec = readResponseSpec(wish === null ? null : this.#dialect.readResponse(wish), this.#config, {
      ...this.#mergeContext(),
      conversation: this.#context.conversation,
      newId: () => newId('item'),
    });
    for (const item of spec.input ?? []) hearItem(this.#context, item);
    this.#responses.create(spec, askedNow());
    if (spec.inConversation) this.#idle.disarm();
  }

  #describe(): Record<string, unknown> {
    return describeSession(this.#config, { id: this.id, expiresAt: this.#expiresAt }, this.#options.engines);
  }

  #mergeContext(): MergeContext {
    const { hear, speak } = this.#options.engines;
    return { voices: this.#voices, hear, speak, spoken: this.#spoken };
  }

  #complain(fault: RealtimeFault, eventId: string | null): void {
    this.#options.metrics.fault(fault.code);
    const param = fault.param === null ? null : this.#dialect.nameParam(fault.param);
    this.#emit({ type: 'error', error: { ...errorBody(fault, eventId), param } });
  }

  #emit(event: ServerEvent): void {
    if (this.#closed) return;
    const encoded = this.#dialect.encode(event);
    if (encoded !== null) this.#options.wire.send({ event_id: newId('event'), ...encoded });
  }

  #expire(): void {
    this.#complain(
      new RealtimeFault('session_expired', `Your session hit the maximum duration of ${this.#options.maxSeconds} seconds.`, null),
      null,
    );
    this.close();
    this.#options.wire.close(1001, 'session_expired');
  }
}
