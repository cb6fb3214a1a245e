import { decodeBody } from '../../../src/protocols/rtvt/frame-body.ts';
import type { Body } from '../../../src/protocols/rtvt/frame-body.ts';
import type { Fields } from '../../../src/protocols/rtvt/frame-fields.ts';
import { readFrame, writeAnswer, writeErrorAnswer, writeQuest } from '../../../src/protocols/rtvt/frame.ts';
import type { QuestFrame } from '../../../src/protocols/rtvt/frame.ts';
import {
  writeLanguages,
  writeLoginAnswer,
  writePingAnswer,
  writeVoiceStartAnswer,
} from '../../../src/protocols/rtvt/messages-answers.ts';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import { writePush } from '../../../src/protocols/rtvt/messages-pushes.ts';
import type { Push } from '../../../src/protocols/rtvt/messages-pushes.ts';
import { METHOD, readLogin, readVoiceData, readVoiceEnd, readVoiceStart } from '../../../src/protocols/rtvt/messages.ts';
import { ClientStreams } from './client-streams.ts';
import { RtvtFault } from './fault.ts';
import type { Link } from './link.ts';
import type { Client, RtvtService } from './service.ts';
import type { RtvtStream } from './stream.ts';

/** One FPNN connection: quests in, answers and pushes out. Whatever is malformed ends it, as it does at the vendor's server. */

/** A message larger than this is not RTVT. Bytes. */
export const MOST_BYTES = 256 * 1024;
/** A connection on which nothing moves, and one that does not log in. ms */
const IDLE_MS = 60_000;
/** Bytes that may wait before interim results are left out, and before the peer is given up. */
const HIGH_WATER = 512 * 1024;
const GIVE_UP = 8 * 1024 * 1024;
/** Logins that may fail. */
const MOST_REFUSALS = 5;
/** Numbers of quests are positive in every SDK. */
const LAST_NUMBER = 0x7fffffff;

export class RtvtConnection implements Client {
  readonly #link: Link;
  readonly #service: RtvtService;
  readonly #streams: ClientStreams;
  #loggedIn = false;
  #refusals = 0;
  #number = 0;
  readonly #since = performance.now();
  #movedAt = performance.now();
  #reading = true;
  #closed = false;

  /** Whoever makes it calls `receive` with each message and `closed` in the end. */
  constructor(link: Link, service: RtvtService) {
    this.#link = link;
    this.#service = service;
    this.#streams = new ClientStreams(service, this, (push) => this.#push(push));
    if (!service.join(this)) this.drop();
  }

  get streams(): ReadonlyMap<bigint, RtvtStream> {
    return this.#streams.open;
  }

  /** Bytes of any kind came. */
  touched(): void {
    this.#movedAt = performance.now();
  }

  /** One whole message; a view that is not kept. */
  receive(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.touched();
    let quest: QuestFrame;
    let fields: Fields;
    try {
      const frame = readFrame(bytes, MOST_BYTES);
      // An answer to a push: that it came is all there is to know.
      if (frame.type === 'answer') return;
      quest = frame;
      fields = decodeBody(frame.body, frame.encoding);
    } catch {
      // Malformed, which the peer will not mend; the reason would tell an attacker more than anybody else.
      this.#service.metrics.dropped('rtvt-malformed');
      this.drop();
      return;
    }
    this.#work(quest, fields);
  }

  tick(now: number): void {
    this.#streams.tick(now);
    this.#readOrNot();
    const stranger = !this.#loggedIn && now - this.#since > IDLE_MS;
    if (stranger || now - this.#movedAt > IDLE_MS) this.drop();
  }

  async drain(): Promise<void> {
    await this.#streams.drain();
    this.#link.close();
  }

  drop(): void {
    this.#link.drop();
    this.closed();
  }

  /** The link is gone. */
  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#streams.close();
    this.#service.leave(this);
  }

  #work(quest: QuestFrame, fields: Fields): void {
    let bytes: Uint8Array | null;
    try {
      const answer = this.#answer(quest.method, fields);
      bytes = quest.seq === null ? null : writeAnswer(quest.seq, answer, quest);
    } catch (cause) {
      const fault = RtvtFault.from(cause);
      this.#service.metrics.refused(fault.code);
      if (fault.code === RTVT_CODE.unknown) this.#service.log.error({ err: cause }, 'an RTVT quest failed');
      bytes = quest.seq === null ? null : writeErrorAnswer(quest.seq, fault.code, fault.message, quest);
    }
    if (bytes !== null) this.#send(bytes);
    if (this.#refusals >= MOST_REFUSALS) this.#link.close();
  }

  #answer(method: string, fields: Fields): Body {
    switch (method) {
      case METHOD.ping:
      case 'ping':
        return writePingAnswer(Date.now());
      case METHOD.languages:
        return writeLanguages(this.#service.languages());
      case METHOD.login:
        return this.#login(fields);
      case METHOD.voiceStart:
        this.#mustBeLoggedIn();
        return writeVoiceStartAnswer(this.#streams.start(readVoiceStart(fields)).id);
      case METHOD.voiceData:
        this.#mustBeLoggedIn();
        this.#streams.feed(readVoiceData(fields));
        this.#readOrNot();
        return {};
      case METHOD.voiceEnd:
        this.#mustBeLoggedIn();
        this.#streams.end(readVoiceEnd(fields).streamId);
        return {};
      default:
        throw new RtvtFault(RTVT_CODE.unknownMethod, 'There is no such method.');
    }
  }

  #login(fields: Fields): Body {
    const login = readLogin(fields);
    try {
      this.#service.checkLogin(login);
    } catch (cause) {
      this.#refusals++;
      this.#loggedIn = false;
      throw cause;
    }
    this.#loggedIn = true;
    this.#refusals = 0;
    return writeLoginAnswer(true);
  }

  #mustBeLoggedIn(): void {
    if (!this.#loggedIn) throw new RtvtFault(RTVT_CODE.notLoggedIn, 'This connection has not logged in.');
  }

  #push(push: Push): void {
    const interim = push.method !== 'ttsResult' && !push.final;
    if (interim && this.#link.waiting() > HIGH_WATER) {
      this.#service.metrics.dropped('rtvt-interim-push');
      return;
    }
    this.#number = this.#number >= LAST_NUMBER ? 1 : this.#number + 1;
    this.#send(writeQuest(push.method, writePush(push), this.#number));
    this.#service.metrics.pushed(push.method);
  }

  #send(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#link.waiting() > GIVE_UP) {
      this.#service.metrics.dropped('rtvt-slow-reader');
      this.drop();
      return;
    }
    this.#movedAt = performance.now();
    this.#link.send(bytes);
  }

  /** Sound that comes faster than it can be judged waits in the network. */
  #readOrNot(): void {
    const wanted = !this.#streams.overfull;
    if (wanted === this.#reading) return;
    this.#reading = wanted;
    this.#link.read(wanted);
  }
}
