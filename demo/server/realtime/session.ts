import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Engines } from '../engines/engine.ts';
import { readClientEvent, UnusableEvent } from './client-event.ts';
import type { ClientEvent } from './client-event.ts';
import type { SessionContext } from './context.ts';
import { Conversation } from './conversation.ts';
import type { Dialect, ServerEvent } from './dialect.ts';
import { beta, looksBeta } from './dialect-beta.ts';
import { engineFault, errorBody, RealtimeFault } from './errors.ts';
import { readItem } from './item-input.ts';
import { describeItem } from './items.ts';
import type { Item } from './items.ts';
import type { RealtimeMetrics } from './metrics.ts';
import { askedNow, Responses } from './responses.ts';
import { readResponseSpec } from './response-input.ts';
import { mergeConfig } from './merge-config.ts';
import type { MergeContext } from './merge-config.ts';
import { defaultConfig, describeConfig } from './session-config.ts';
import type { SessionConfig } from './session-config.ts';
import { truncateItem } from './truncate.ts';
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

/** The configuration that a session begins with. Throws a `RealtimeFault` when `defaults` are not usable. */
export function initialConfig(
  type: SessionConfig['type'],
  model: string,
  defaults: Readonly<Record<string, unknown>> | null,
  engines: Pick<Engines, 'hear' | 'speak'>,
): SessionConfig {
  const voices = engines.speak.voices.map((voice) => voice.name);
  const config = defaultConfig(type, model, voices.includes('marin') ? 'marin' : (voices[0] ?? 'marin'));
  return defaults === null
    ? config
    : mergeConfig(config, { ...defaults, type }, { voices, hear: engines.hear, speak: engines.speak, spoken: false });
}

export class RealtimeSession {
  readonly id = newId('sess');
  readonly #options: SessionOptions;
  readonly #context: SessionContext;
  readonly #responses: Responses;
  readonly #turns: UserTurns;
  readonly #voices: readonly string[];
  readonly #expiresAt: number;
  #dialect: Dialect;
  #config: SessionConfig;
  #updated = false;
  #spoken = false;
  #closed = false;
  #expiry: NodeJS.Timeout | null = null;
  #idle: NodeJS.Timeout | null = null;

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
        this.#armIdle(unheardMs);
        // The terminal block is out; what waits may begin, but not inside it.
        queueMicrotask(() => this.#turns.catchUp());
      },
    });
    this.#turns = new UserTurns(this.#context, this.#responses, () => this.#disarmIdle());
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
    this.#disarmIdle();
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
        this.#disarmIdle();
        this.#turns.commit();
        return;
      case 'input_audio_buffer.clear':
        this.#turns.clear();
        return;
      case 'conversation.item.create':
        this.#createItem(event.item, event.previous_item_id);
        return;
      case 'conversation.item.retrieve':
        this.#emit({ type: 'conversation.item.retrieved', item: describeItem(this.#current(event.item_id), true) });
        return;
      case 'conversation.item.truncate':
        this.#truncate(event.item_id, event.content_index, event.audio_end_ms);
        return;
      case 'conversation.item.delete':
        this.#delete(event.item_id);
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

  #createItem(value: Record<string, unknown>, after: string | null | undefined): void {
    const item = readItem(value, this.#config.inputFormat, () => newId('item'), 'item');
    const previous_item_id = this.#context.conversation.insert(item, after);
    hearItem(this.#context, item);
    this.#disarmIdle();
    this.#emit({ type: 'conversation.item.added', previous_item_id, item: describeItem(item) });
    this.#emit({ type: 'conversation.item.done', previous_item_id, item: describeItem(item) });
  }

  /** An item as it is now, with what was told of it if it is still being written. */
  #current(id: string, code?: string): Item {
    const item = this.#context.conversation.get(id, 'item_id', code);
    const writer = this.#responses.active?.writer;
    return writer?.messageId === id ? (writer.snapshot('in_progress') ?? item) : item;
  }

  #truncate(id: string, contentIndex: number, audioEndMs: number): void {
    const cut = truncateItem(this.#current(id, 'item_truncate_invalid_item_id'), contentIndex, audioEndMs);
    // Nothing more of an answer is wanted once its listener has stopped hearing it.
    if (this.#responses.active?.writer.messageId === id) this.#responses.interrupt('client_cancelled');
    this.#context.conversation.replace({ ...cut, status: cut.status === 'in_progress' ? 'incomplete' : cut.status });
    this.#emit({ type: 'conversation.item.truncated', item_id: id, content_index: contentIndex, audio_end_ms: audioEndMs });
  }

  #delete(id: string): void {
    this.#context.conversation.get(id);
    if (this.#responses.active?.writer.messageId === id) this.#responses.interrupt('client_cancelled');
    this.#context.conversation.delete(id);
    this.#context.heard.delete(id);
    this.#context.hearing.delete(id);
    this.#emit({ type: 'conversation.item.deleted', item_id: id });
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
    if (spec.inConversation) this.#disarmIdle();
  }

  #mergeContext(): MergeContext {
    const { hear, speak } = this.#options.engines;
    return { voices: this.#voices, hear, speak, spoken: this.#spoken };
  }

  #describe(): Record<string, unknown> {
    const { engines } = this.#options;
    const transcription = this.#config.type === 'transcription';
    return {
      ...describeConfig(this.#config),
      object: transcription ? 'realtime.transcription_session' : 'realtime.session',
      id: this.id,
      expires_at: this.#expiresAt,
      viva: {
        engines: { hear: engines.hear.name, speak: engines.speak.name, answer: engines.answer.name, see: engines.see.name },
        ignored: Object.entries(this.#config.ignored).map(([field, reason]) => ({ field, reason })),
        limits: engines.answer.limits(this.#config.instructions),
      },
    };
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

  #armIdle(unheardMs: number): void {
    this.#disarmIdle();
    const detection = this.#config.turnDetection;
    if (this.#closed || detection?.type !== 'server_vad' || detection.idle_timeout_ms === null) return;
    this.#idle = setTimeout(() => {
      this.#idle = null;
      if (this.#responses.busy || this.#turns.speaking) return;
      this.#turns.timeOut();
    }, unheardMs + detection.idle_timeout_ms);
  }

  #disarmIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
  }
}
