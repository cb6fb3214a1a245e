import { interval, Observable, type Subscriber } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { socket, type SocketConstructor, type Wire } from '../socket.ts';
import { decodeBody, type Body } from './frame-body.ts';
import type { Fields } from './frame-fields.ts';
import { VoiceFrames } from './frame-voice.ts';
import { readFrame, writeAnswer, writeErrorAnswer, writeQuest, type AnswerFrame, type QuestFrame } from './frame.ts';
import { readAnswer } from './messages-answers.ts';
import { RTVT_CODE, RtvtError } from './messages-errors.ts';
import { readPush, type Push } from './messages-pushes.ts';
import { METHOD } from './messages.ts';

/** One FPNN connection: quests find their answers whatever the order, pushes are answered before they are told, a silent wire is given up. */

export interface Link {
  /** Cold: subscribing sends. Errors: `RtvtError` with the service's code, 20003 when no answer came in time, 20002 when the link is gone. */
  ask(method: string, body: Body): Observable<Fields>;
  /** Sends 640 bytes of sound; `answered` is called once, with 20002 when the link ends first. `ts`: ms since the epoch. */
  voice(streamId: bigint, frame: number, pcm: Uint8Array, ts: number, answered: Answered): void;
}

/** `error` null = taken; `ms` = round trip. */
export type Answered = (error: RtvtError | null, ms: number) => void;

export type LinkEvent =
  | { readonly type: 'open'; readonly link: Link }
  | { readonly type: 'push'; readonly push: Push }
  /** A quest that is not known; it got its error answer. */
  | { readonly type: 'unknown'; readonly method: string }
  /** A message that could not be read; the link lives. */
  | { readonly type: 'unreadable'; readonly error: AssistantError };

export interface LinkOptions {
  /** Absolute `ws(s):` address with its path. */
  readonly url: string;
  readonly WebSocket?: SocketConstructor | undefined;
  readonly connectTimeoutMs?: number | undefined;
  /** How long a quest waits for its answer; default 5 000. */
  readonly questTimeoutMs?: number | undefined;
  /** A ping is sent after so long without a message; default 5 000. */
  readonly pingMs?: number | undefined;
  /** So long without a message, or without the answer to a frame, the link is dead; default 10 000. */
  readonly silenceMs?: number | undefined;
  /** ms. */
  readonly now: () => number;
}

interface Pending {
  readonly sentAt: number;
  /** Null: frames have no timeout of their own, the link has. */
  readonly until: number | null;
  readonly settle: (answer: AnswerFrame | RtvtError, at: number) => void;
}

const TICK_MS = 500;
/** A peer that keeps sending what cannot be read is not going to mend. */
const MOST_UNREADABLE = 10;
const LAST_SEQ = 0x7fffffff;

/**
 * Connects on subscription, hangs up on unsubscription; `open` comes first. Never completes: every end of a connection is an error,
 * `socket-closed` once it was open, since FPNN servers drop connections for good and bad reasons alike.
 */
export const fpnnLink = (options: LinkOptions): Observable<LinkEvent> =>
  new Observable((subscriber) => {
    let link: OpenLink | null = null;
    const closed = (cause?: unknown): void => {
      if (cause !== undefined && link === null) subscriber.error(cause);
      else subscriber.error(new AssistantError('socket-closed', 'the connection was closed', { cause }));
    };
    subscriber.add(() => link?.end());
    subscriber.add(interval(TICK_MS).subscribe(() => link?.tick()));
    subscriber.add(
      socket(options).subscribe({
        next: (event) => {
          if (event.type === 'message') {
            link?.take(event.data);
            return;
          }
          link = new OpenLink(event.wire, options, subscriber);
          subscriber.next({ type: 'open', link });
        },
        error: closed,
        complete: () => {
          closed();
        },
      }),
    );
  });

class OpenLink implements Link {
  readonly #wire: Wire;
  readonly #now: () => number;
  readonly #questTimeoutMs: number;
  readonly #pingMs: number;
  readonly #silenceMs: number;
  readonly #subscriber: Subscriber<LinkEvent>;
  readonly #frames = new VoiceFrames();
  /** Oldest first. */
  readonly #pending = new Map<number, Pending>();
  #seq = 0;
  #heardAt: number;
  #tickedAt: number;
  #pingedAt = -Infinity;
  #unreadable = 0;
  #ended = false;

  constructor(wire: Wire, options: LinkOptions, subscriber: Subscriber<LinkEvent>) {
    this.#wire = wire;
    this.#now = options.now;
    this.#questTimeoutMs = options.questTimeoutMs ?? 5_000;
    this.#pingMs = options.pingMs ?? 5_000;
    this.#silenceMs = options.silenceMs ?? 10_000;
    this.#subscriber = subscriber;
    this.#heardAt = this.#tickedAt = options.now();
  }

  ask(method: string, body: Body): Observable<Fields> {
    return new Observable((subscriber) => {
      const seq = this.#await(this.#questTimeoutMs, (answer) => {
        if (answer instanceof RtvtError) {
          subscriber.error(answer);
          return;
        }
        let fields: Fields;
        try {
          fields = readAnswer(answer);
        } catch (cause) {
          subscriber.error(AssistantError.from(cause, 'bad-message'));
          return;
        }
        subscriber.next(fields);
        subscriber.complete();
      });
      if (seq === null) {
        subscriber.error(new RtvtError(RTVT_CODE.closed));
        return undefined;
      }
      this.#wire.send(writeQuest(method, body, seq));
      return () => this.#pending.delete(seq);
    });
  }

  voice(streamId: bigint, frame: number, pcm: Uint8Array, ts: number, answered: Answered): void {
    const sentAt = this.#now();
    const seq = this.#await(null, (answer, at) => {
      answered(answer instanceof RtvtError ? answer : errorOf(answer), at - sentAt);
    });
    if (seq === null) answered(new RtvtError(RTVT_CODE.closed), 0);
    else this.#wire.send(this.#frames.write(seq, streamId, frame, pcm, ts));
  }

  take(data: string | ArrayBuffer): void {
    this.#heardAt = this.#now();
    try {
      if (typeof data === 'string') throw new AssistantError('bad-message', 'a text message', { field: 'frame' });
      const frame = readFrame(new Uint8Array(data));
      if (frame.type === 'quest') this.#quest(frame);
      else this.#answer(frame);
    } catch (cause) {
      const error = AssistantError.from(cause, 'bad-message');
      this.#unreadable += 1;
      if (this.#unreadable > MOST_UNREADABLE)
        this.#subscriber.error(new AssistantError('socket-closed', 'too many unreadable messages', { cause }));
      else this.#subscriber.next({ type: 'unreadable', error });
    }
  }

  /** Twice a second: overdue answers, pings, and whether anybody is there. */
  tick(): void {
    const now = this.#now();
    // The machine slept or the page was frozen: what was said meanwhile is still to be delivered.
    if (now - this.#tickedAt > TICK_MS * 6) this.#heardAt = Math.max(this.#heardAt, now - this.#pingMs);
    this.#tickedAt = now;
    let oldestFrame = now;
    for (const [seq, { until, sentAt, settle }] of this.#pending) {
      if (until === null) oldestFrame = Math.min(oldestFrame, sentAt);
      else if (until <= now) {
        this.#pending.delete(seq);
        settle(new RtvtError(RTVT_CODE.timeout), now);
      }
    }
    if (now - this.#heardAt >= this.#silenceMs || now - oldestFrame >= this.#silenceMs) {
      this.#subscriber.error(new AssistantError('timed-out', `nothing came for ${this.#silenceMs} ms`));
    } else if (now - Math.max(this.#heardAt, this.#pingedAt) >= this.#pingMs) {
      this.#pingedAt = now;
      const seq = this.#await(null, () => undefined);
      if (seq !== null) this.#wire.send(writeQuest(METHOD.ping, {}, seq));
    }
  }

  end(): void {
    this.#ended = true;
    const now = this.#now();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { settle } of pending) settle(new RtvtError(RTVT_CODE.closed), now);
  }

  #await(timeoutMs: number | null, settle: Pending['settle']): number | null {
    if (this.#ended) return null;
    do this.#seq = this.#seq >= LAST_SEQ ? 1 : this.#seq + 1;
    while (this.#pending.has(this.#seq));
    const sentAt = this.#now();
    this.#pending.set(this.#seq, { sentAt, until: timeoutMs === null ? null : sentAt + timeoutMs, settle });
    return this.#seq;
  }

  #answer(frame: AnswerFrame): void {
    const pending = this.#pending.get(frame.seq);
    // It came after its timeout, or answers nothing.
    if (!pending) return;
    this.#pending.delete(frame.seq);
    pending.settle(frame, this.#now());
  }

  #quest(frame: QuestFrame): void {
    const { method, seq } = frame;
    const builtIn = method === 'ping' || method === METHOD.ping;
    const fields = decodeBody(frame.body, frame.encoding);
    const known = builtIn || isPush(method);
    // Answered first, handled then: the server waits five seconds, and what is wrong with a result is nothing it could mend.
    if (seq !== null)
      this.#wire.send(
        known ? writeAnswer(seq, {}, frame) : writeErrorAnswer(seq, RTVT_CODE.unknownMethod, 'unknown method', frame),
      );
    if (builtIn) return;
    const push = readPush(method, fields);
    this.#subscriber.next(push ? { type: 'push', push } : { type: 'unknown', method });
  }
}

const PUSHES = ['recognizedTempResult', 'recognizedResult', 'translatedTempResult', 'translatedResult', 'ttsResult'];
const isPush = (method: string): boolean => PUSHES.includes(method);

/** Null for an answer that says yes; frames are answered fifty times a second, mostly with an empty map. */
function errorOf(answer: AnswerFrame): RtvtError | null {
  if (answer.status === 0 && answer.body.length <= 1) return null;
  try {
    readAnswer(answer);
    return null;
  } catch (cause) {
    return cause instanceof RtvtError ? cause : new RtvtError(RTVT_CODE.unknownProto, '', { cause });
  }
}
