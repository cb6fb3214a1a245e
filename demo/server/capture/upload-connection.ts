import { Subscription } from 'rxjs';
import { skip } from 'rxjs';
import type { Logger } from 'pino';
import { readChunk, readClientMessage, writeMessage } from '../../../src/protocols/capture/codec.ts';
import type { ChannelHello, ClientMessage, ServerMessage } from '../../../src/protocols/capture/codec.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import type { Peer } from '../http/sockets.ts';
import { UploadFault } from './fault.ts';
import type { LiveSession, Uploader } from './live-session.ts';
import type { Lane } from './lane.ts';

/** One socket of an uploader: its clock is compared first, then what comes is stored and acknowledged. */

export interface UploadSessions {
  /** The session with a lane for each channel. Throws `UploadFault`. */
  connect(sessionId: string, channels: readonly ChannelHello[]): Promise<LiveSession>;
  /** The uploader said that this channel comes to its end. */
  laneEnded(session: LiveSession, lane: Lane): void;
  /** Everything that was to come is stored. */
  complete(session: LiveSession): void;
  /** Nobody uploads any more. */
  left(session: LiveSession): void;
}

export interface UploadConnectionParts {
  readonly sessions: UploadSessions;
  readonly sessionId: string;
  readonly now: () => number;
  readonly log: Logger;
}

/** Pings before anything may be sent, then one every 5 s. */
const FIRST_PINGS = 5;
const PING_MS = 5000;
/** Who connects and says nothing is not waited for. */
const HELLO_MS = 10_000;
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;

export function serveUpload(peer: Peer, parts: UploadConnectionParts): void {
  new UploadConnection(peer, parts).begin();
}

class UploadConnection implements Uploader {
  readonly #peer: Peer;
  readonly #parts: UploadConnectionParts;
  readonly #all = new Subscription();
  readonly #pings = new Map<number, number>();
  #session: LiveSession | null = null;
  #state: 'new' | 'greeting' | 'pinging' | 'open' | 'over' = 'new';
  #answered = 0;
  #pinged = 0;
  #stopping = false;

  constructor(peer: Peer, parts: UploadConnectionParts) {
    this.#peer = peer;
    this.#parts = parts;
  }

  begin(): void {
    const late = setTimeout(() => this.fail(new UploadFault('bad_message', 'hello: nothing was said', 'type')), HELLO_MS);
    late.unref();
    this.#all.add(() => clearTimeout(late));
    this.#peer.onMessage((data, binary) => {
      if (this.#state === 'over') return;
      try {
        if (binary) this.#chunk(data);
        else this.#message(readClientMessage(data.toString('utf8')), () => clearTimeout(late));
      } catch (cause) {
        this.fail(faultOf(cause));
      }
    });
    this.#peer.onClose(() => this.#close());
  }

  fail(fault: UploadFault): void {
    if (this.#state === 'over') return;
    const { code, message, field } = fault;
    this.#parts.log.debug({ session: this.#parts.sessionId, code, field }, 'an upload was refused');
    this.#tell({ type: 'error', code, message, field, fatal: true });
    this.#close();
    const again = code === 'disk_full' || code === 'too_fast' || code === 'bad_sequence' || code === 'unavailable';
    this.#peer.close(again ? TRY_AGAIN_LATER : POLICY_VIOLATION, code);
  }

  halt(): void {
    this.#tell({ type: 'halt' });
  }

  #chunk(data: Buffer): void {
    const session = this.#open();
    // The socket's buffer is used again.
    session.take({ ...readChunk(data), bytes: Uint8Array.from(data.subarray(40)) });
  }

  #open(): LiveSession {
    if (this.#state !== 'open' || this.#session === null)
      throw new UploadFault('bad_message', 'type: hello and its welcome come first', 'type');
    return this.#session;
  }

  #message(message: ClientMessage, greeted: () => void): void {
    switch (message.type) {
      case 'hello':
        if (this.#state !== 'new') throw new UploadFault('bad_message', 'type: hello was said before', 'type');
        greeted();
        this.#greet(message.channels);
        return;
      case 'pong':
        this.#pong(message.id, message.nowMs);
        return;
      case 'dropped':
        this.#parts.log.warn(
          { session: this.#parts.sessionId, ...message },
          'a capture lost a part: its uploader was away for too long',
        );
        this.#open().skip(message.channel, message.from, message.to);
        return;
      case 'paused':
        this.#open();
        return;
      case 'ended': {
        const session = this.#open();
        this.#parts.sessions.laneEnded(session, session.end(message.channel, message.last, message.reason));
        return;
      }
      case 'stop':
        this.#stopping = true;
        this.#open().finish('wish', message.last);
        this.#settle();
    }
  }

  #greet(channels: readonly ChannelHello[]): void {
    this.#state = 'greeting';
    const { sessions, sessionId } = this.#parts;
    sessions.connect(sessionId, channels).then(
      (session) => {
        if (this.#state !== 'greeting') {
          sessions.left(session);
          return;
        }
        this.#session = session;
        session.attach(this);
        this.#state = 'pinging';
        this.#ping();
        const timer = setInterval(() => this.#ping(), PING_MS);
        timer.unref();
        this.#all.add(() => clearInterval(timer));
      },
      (cause: unknown) => {
        if (!(cause instanceof UploadFault))
          this.#parts.log.error({ err: cause, session: sessionId }, 'an upload could not begin');
        this.fail(cause instanceof UploadFault ? cause : new UploadFault('unavailable', 'Something failed here; come again.'));
      },
    );
  }

  #ping(): void {
    this.#pinged += 1;
    // Who does not answer is found dead by the sockets' own heartbeat.
    if (this.#pings.size > 10) this.#pings.clear();
    this.#pings.set(this.#pinged, this.#parts.now());
    this.#tell({ type: 'ping', id: this.#pinged });
  }

  #pong(id: number, nowMs: number): void {
    const sentMs = this.#pings.get(id);
    if (sentMs === undefined || this.#session === null) return;
    this.#pings.delete(id);
    this.#session.offset.sample(sentMs, nowMs, this.#parts.now());
    this.#answered += 1;
    if (this.#state !== 'pinging') return;
    if (this.#answered < FIRST_PINGS) this.#ping();
    else this.#welcome(this.#session);
  }

  #welcome(session: LiveSession): void {
    this.#state = 'open';
    session.keepClock();
    for (const lane of session.lanes.values()) {
      this.#all.add(
        lane.spool.stored.pipe(skip(1)).subscribe((stored) => {
          this.#tell({ type: 'ack', channel: lane.channel, stored });
          this.#settle();
          if (lane.reason !== null && lane.whole) this.#parts.sessions.laneEnded(session, lane);
        }),
      );
    }
    this.#tell({ type: 'welcome', session: session.id, channels: session.stored });
  }

  #settle(): void {
    const session = this.#session;
    if (!this.#stopping || session === null || !session.whole || this.#state !== 'open') return;
    this.#stopping = false;
    this.#tell({ type: 'stopped', channels: session.stored });
    this.#parts.sessions.complete(session);
  }

  #tell(message: ServerMessage): void {
    if (this.#state !== 'over') this.#peer.tell(writeMessage(message));
  }

  #close(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#all.unsubscribe();
    if (this.#session?.detach(this) === true) this.#parts.sessions.left(this.#session);
  }
}

const faultOf = (cause: unknown): UploadFault => {
  if (cause instanceof UploadFault) return cause;
  const { message, field } = AssistantError.from(cause, 'bad-message');
  return new UploadFault('bad_message', message, field);
};
