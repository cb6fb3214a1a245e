import { decodeBody, type Body } from '../../src/protocols/rtvt/frame-body.ts';
import { readFrame, writeAnswer, writeErrorAnswer, writeQuest, type QuestFrame } from '../../src/protocols/rtvt/frame.ts';
import {
  writeLanguages,
  writeLoginAnswer,
  writePingAnswer,
  writeVoiceStartAnswer,
} from '../../src/protocols/rtvt/messages-answers.ts';
import { RTVT_CODE, RtvtError } from '../../src/protocols/rtvt/messages-errors.ts';
import { resultMethod, writePush, type Result } from '../../src/protocols/rtvt/messages-pushes.ts';
import {
  readLogin,
  readVoiceData,
  readVoiceEnd,
  readVoiceStart,
  type Login,
  type VoiceStart,
} from '../../src/protocols/rtvt/messages.ts';

/**
 * A scripted RTVT service without a network. What it "hears": a frame whose samples are n > 0 belongs to sentence n, zeros are silence, and
 * 200 ms of it end a sentence. Texts tell how many frames were heard, so that a lost one shows.
 */

export interface ServiceOptions {
  /** Null = taken; otherwise the refusal's code, or false for `successed: false`. */
  login?: (login: Login, count: number) => null | number | false;
  /** As for login. */
  start?: (start: VoiceStart, count: number) => null | number;
  languages?: Body | null;
  /** Acknowledges frames; false = the script does it. */
  acks?: boolean;
  /** Puts answers and pushes of one turn out in any order. */
  shuffle?: (messages: Uint8Array[]) => Uint8Array[];
  /** Silent frames that end a sentence; default 10. */
  silentFrames?: number;
  /** Interim results every so many frames; default 5. */
  interimFrames?: number;
  /** Without numbers, as before 2024. */
  numbered?: boolean;
}

export interface Session {
  readonly start: VoiceStart;
  readonly id: bigint;
  frames: number;
  sentence: { readonly name: number; readonly taskId: bigint; readonly startTs: number; frames: number; endTs: number } | null;
  silent: number;
  tasks: number;
}

/** One connection on the service's side; `send` puts bytes on the wire. */
export class ServiceConnection {
  readonly sessions = new Map<bigint, Session>();
  readonly quests: {
    readonly method: string;
    readonly seq: number | null;
    readonly values: Readonly<Record<string, unknown>>;
  }[] = [];
  /** Numbers of the pushes that the client answered, and with which status. */
  readonly answered: { readonly seq: number; readonly status: number }[] = [];
  readonly #service: RtvtService;
  readonly #send: (bytes: Uint8Array) => void;
  #pushes = 0;
  #loggedIn = false;
  #out: Uint8Array[] = [];

  constructor(service: RtvtService, send: (bytes: Uint8Array) => void) {
    this.#service = service;
    this.#send = send;
  }

  get loggedIn(): boolean {
    return this.#loggedIn;
  }

  /** The ids of the open streams, oldest first. */
  get ids(): readonly bigint[] {
    return [...this.sessions.keys()];
  }

  take(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    if (frame.type === 'answer') {
      this.answered.push({ seq: frame.seq, status: frame.status });
      return;
    }
    const fields = decodeBody(frame.body, frame.encoding);
    this.quests.push({ method: frame.method, seq: frame.seq, values: fields.values });
    try {
      const answer = this.#answer(frame);
      if (answer !== null && frame.seq !== null) this.#out.push(writeAnswer(frame.seq, answer, frame));
    } catch (cause) {
      if (!(cause instanceof RtvtError)) throw cause;
      if (frame.seq !== null) this.#out.push(writeErrorAnswer(frame.seq, cause.rtvtCode, cause.message, frame));
    }
    const out = this.#out;
    this.#out = [];
    for (const message of this.#service.options.shuffle?.(out) ?? out) this.#send(message);
  }

  /** Tells a result of the stream by itself. */
  push(result: Partial<Result> & Pick<Result, 'streamId' | 'text'>, side: Result['side'] = 'original', final = true): number {
    this.#pushResult(result, side, final);
    for (const message of this.#out.splice(0)) this.#send(message);
    return this.#pushes;
  }

  /** A quest of any kind. */
  ask(method: string, body: Body): number {
    this.#send(writeQuest(method, body, ++this.#pushes));
    return this.#pushes;
  }

  raw(bytes: Uint8Array): void {
    this.#send(bytes);
  }

  #pushResult(result: Partial<Result> & Pick<Result, 'streamId' | 'text'>, side: Result['side'], final: boolean): void {
    const { startTs = 0 } = result;
    const push: Result = {
      method: resultMethod(side, final),
      side,
      final,
      pid: 1,
      startTs,
      endTs: startTs,
      recTs: startTs,
      lang: side === 'original' ? 'en' : 'es',
      taskId: null,
      ...result,
    };
    this.#out.push(writeQuest(push.method, writePush(push), ++this.#pushes));
  }

  #answer(frame: QuestFrame): Body | null {
    const { options } = this.#service;
    const fields = decodeBody(frame.body, frame.encoding);
    switch (frame.method) {
      case '*ping':
        return writePingAnswer(this.#service.now());
      case 'getAvailableLanguage':
        if (options.languages === null) throw new RtvtError(RTVT_CODE.unknownMethod);
        return (
          options.languages ??
          writeLanguages({ srcLanguage: ['en', 'es'], destLanguage: null, pairs: { en: ['es'] }, tts: ['es'], quality: 'rough' })
        );
      case 'login': {
        const refusal = options.login?.(readLogin(fields), ++this.#service.logins) ?? null;
        if (refusal === false) return writeLoginAnswer(false);
        if (refusal !== null) throw new RtvtError(refusal);
        this.#loggedIn = true;
        return writeLoginAnswer(true);
      }
      case 'voiceStart': {
        if (!this.#loggedIn) throw new RtvtError(RTVT_CODE.notLoggedIn);
        const start = readVoiceStart(fields);
        const refusal = options.start?.(start, ++this.#service.starts) ?? null;
        if (refusal !== null) throw new RtvtError(refusal, 'en→es, es→en');
        const id = this.#service.newId();
        this.sessions.set(id, { start, id, frames: 0, sentence: null, silent: 0, tasks: 0 });
        return writeVoiceStartAnswer(id);
      }
      case 'voiceData': {
        const { streamId, data, ts } = readVoiceData(fields);
        const session = this.sessions.get(streamId);
        if (!session) throw new RtvtError(RTVT_CODE.noStream);
        session.frames += 1;
        this.#hear(session, (data[0] ?? 0) + (data[1] ?? 0) * 256, ts);
        return options.acks === false ? null : {};
      }
      case 'voiceEnd': {
        const session = this.sessions.get(readVoiceEnd(fields).streamId);
        if (!session) throw new RtvtError(RTVT_CODE.noStream);
        this.#final(session);
        this.sessions.delete(session.id);
        return {};
      }
      default:
        throw new RtvtError(RTVT_CODE.unknownMethod);
    }
  }

  #hear(session: Session, name: number, ts: number): void {
    const { silentFrames = 10, interimFrames = 5 } = this.#service.options;
    if (name === 0) {
      session.silent += 1;
      if (session.silent >= silentFrames) this.#final(session);
      return;
    }
    session.silent = 0;
    if (session.sentence && session.sentence.name !== name) this.#final(session);
    session.sentence ??= { name, taskId: BigInt(session.tasks++), startTs: ts, frames: 0, endTs: ts };
    session.sentence.frames += 1;
    session.sentence.endTs = ts + 20;
    if (session.sentence.frames % interimFrames === 0) this.#tell(session, false);
  }

  #final(session: Session): void {
    if (!session.sentence) return;
    this.#tell(session, true);
    session.sentence = null;
  }

  #tell(session: Session, final: boolean): void {
    const { sentence, start, id } = session;
    if (!sentence) return;
    const taskId = this.#service.options.numbered === false ? null : sentence.taskId;
    const told = { streamId: id, startTs: sentence.startTs, endTs: sentence.endTs, taskId };
    const text = `${sentence.name}:${sentence.frames}`;
    if (final ? start.asrResult : start.asrTempResult) this.#pushResult({ ...told, text }, 'original', final);
    if (start.transResult && (final || start.asrTempResult))
      this.#pushResult({ ...told, text: `t${text}` }, 'translation', final);
  }
}

export class RtvtService {
  readonly options: ServiceOptions;
  readonly now: () => number;
  readonly connections: ServiceConnection[] = [];
  logins = 0;
  starts = 0;
  /** README ids are beyond 2^53. */
  #id = 4046519136031866896n;

  constructor(options: ServiceOptions = {}, now: () => number = Date.now) {
    this.options = options;
    this.now = now;
  }

  connect(send: (bytes: Uint8Array) => void): ServiceConnection {
    const connection = new ServiceConnection(this, send);
    this.connections.push(connection);
    return connection;
  }

  newId(): bigint {
    this.#id += 1n;
    return this.#id;
  }
}
