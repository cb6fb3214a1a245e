import { firstValueFrom, map, Subject, type Observable, type Subscription } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { address } from './address.ts';
import { FRAME_BYTES } from './frame-voice.ts';
import { fpnnLink, type Link, type LinkEvent, type LinkOptions } from './link.ts';
import { readLoginAnswer, readVoiceStartAnswer } from './messages-answers.ts';
import { RTVT_CODE, RtvtError } from './messages-errors.ts';
import type { Push, Result, ResultMethod } from './messages-pushes.ts';
import { METHOD, writeLogin, writeVoiceEnd, writeVoiceStart } from './messages.ts';
import { type Bytes, bytesOf, frameOf, idOf, type Variable } from './client-sound.ts';
import {
  recognized,
  translated,
  type ClosedEvent,
  type ConnectedEvent,
  type RecognizedEvent,
  type SendErrorEvent,
  type TranslatedEvent,
  type TtsEvent,
} from './client-events.ts';
import { clock, VERSION, type RtvtOptions } from './options.ts';

/** RTVT for programs, method by method as its official SDKs have it; in Node as in a page. It does not reconnect: see `rtvt` for that. */

export type RtvtClientOptions = Pick<
  RtvtOptions,
  'uid' | 'version' | 'now' | 'WebSocket' | 'connectTimeoutMs' | 'questTimeoutMs' | 'pingMs' | 'silenceMs'
>;

/** What a stream is to be made into. */
export interface CreateStreamOptions {
  /** Final recognition; default true. */
  readonly asr?: boolean;
  /** Interim results, of recognition and translation; default true. */
  readonly temp?: boolean;
  /** Final translation; default true. */
  readonly trans?: boolean;
  /** Other languages that may be spoken, at most 3. */
  readonly srcAltLanguages?: readonly string[];
  /** Translations are also spoken; default false. */
  readonly tts?: boolean;
  readonly ttsSpeaker?: string;
  /** Shown in the service's console. */
  readonly userId?: string;
  /** 0 PCM, 1 OPUS. */
  readonly codec?: 0 | 1;
  /** Free text, JSON suggested. */
  readonly attrs?: string;
  /** ms of silence that end a sentence; −1 = never. */
  readonly vadSilenceTime?: number;
}

const OK = 0;

/**
 * ```ts
 * const client = new RtvtClient('wss://rtvt.example:14002', pid, { uid });
 * client.translatedResult$.subscribe(({ trans }) => console.log(trans));
 * const { successed, errorCode } = await client.login(token, ts);
 * const { streamId } = await client.createStream('zh', 'en', { temp: true });
 * await client.sendVoice(streamId, 0, pcm); // 640 bytes: 20 ms of 16 kHz mono s16le
 * ```
 */
export class RtvtClient {
  readonly #endpoint: string;
  readonly #url: string;
  readonly #pid: number;
  readonly #options: RtvtClientOptions;
  readonly #now: () => number;
  readonly #connected$ = new Subject<ConnectedEvent>();
  readonly #closed$ = new Subject<ClosedEvent>();
  readonly #sendError$ = new Subject<SendErrorEvent>();
  readonly #results: Readonly<Record<ResultMethod, Subject<Result>>> = {
    recognizedTempResult: new Subject(),
    recognizedResult: new Subject(),
    translatedTempResult: new Subject(),
    translatedResult: new Subject(),
  };
  readonly #tts$ = new Subject<TtsEvent>();
  readonly #variable = new Map<string, Variable>();
  #link: Link | null = null;
  #connection: Subscription | null = null;
  #connections = 0;
  #destroyed = false;

  /** A connection came about, or did not. */
  readonly connected$: Observable<ConnectedEvent> = this.#connected$.asObservable();
  /** A connection that had come about is gone. */
  readonly closed$: Observable<ClosedEvent> = this.#closed$.asObservable();
  readonly sendError$: Observable<SendErrorEvent> = this.#sendError$.asObservable();
  readonly recognizedResult$: Observable<RecognizedEvent> = this.#results.recognizedResult.pipe(map(recognized));
  readonly recognizedTempResult$: Observable<RecognizedEvent> = this.#results.recognizedTempResult.pipe(map(recognized));
  readonly translatedResult$: Observable<TranslatedEvent> = this.#results.translatedResult.pipe(map(translated));
  readonly translatedTempResult$: Observable<TranslatedEvent> = this.#results.translatedTempResult.pipe(map(translated));
  readonly ttsResult$: Observable<TtsEvent> = this.#tts$.asObservable();

  /** `endpoint`: `wss://host:port`, as the console tells it. Throws `bad-option`. */
  constructor(endpoint: string, pid: number, options: RtvtClientOptions = {}) {
    this.#endpoint = endpoint;
    this.#url = address(endpoint, '/service/websocket').href;
    this.#pid = pid;
    this.#options = options;
    this.#now = options.now ?? clock;
  }

  /**
   * Connects where there is no connection and logs in; `ts` = the Unix seconds in the token. A refusal is told by the service's code:
   * 800101 time, 800102 token, 800103 project; 20002 no connection, 20003 no answer. (`successed` is the protocol's own spelling.)
   */
  async login(token: string, ts: number): Promise<{ readonly successed: boolean; readonly errorCode: number }> {
    const errorCode = await codeOf(async () => {
      const link = this.#link ?? (await this.#connect());
      const { uid = null, version = VERSION } = this.#options;
      const answer = await firstValueFrom(link.ask(METHOD.login, writeLogin({ pid: this.#pid, token, ts, uid, version })));
      if (!readLoginAnswer(answer)) throw new RtvtError(RTVT_CODE.token);
    });
    return { successed: errorCode === OK, errorCode };
  }

  /** A stream from `srcLang` into `destLang` (empty = no translation). `streamId` is empty when it was refused. */
  async createStream(
    srcLang: string,
    destLang: string,
    options: CreateStreamOptions = {},
  ): Promise<{ readonly streamId: string; readonly errorCode: number }> {
    const { asr = true, temp = true, trans = true, srcAltLanguages, tts, ...others } = options;
    let streamId = '';
    const errorCode = await codeOf(async () => {
      const start = writeVoiceStart({
        ...others,
        asrResult: asr,
        asrTempResult: temp,
        transResult: trans && destLang !== '',
        srcLanguage: srcLang,
        destLanguage: destLang,
        srcAltLanguage: srcAltLanguages,
        ttsResult: tts,
      });
      streamId = readVoiceStartAnswer(await firstValueFrom(this.#there().ask(METHOD.voiceStart, start))).toString();
    });
    return { streamId, errorCode };
  }

  /** Sends one frame and waits for its acknowledgement: 0 or the service's code; `seq` is counted up by the caller. Rejects with `bad-option` unless `data` has 640 bytes. */
  async sendVoice(streamId: string, seq: number, data: Bytes): Promise<number> {
    const id = idOf(streamId);
    const pcm = frameOf(data);
    return new Promise((resolve) => {
      this.#send(id, seq, pcm, resolve);
    });
  }

  /** Sends one frame; a refusal comes later by `sendError$`. Throws `bad-option` unless `data` has 640 bytes. */
  sendVoiceAsync(streamId: string, seq: number, data: Bytes): void {
    this.#send(idOf(streamId), seq, frameOf(data), (errorCode) => {
      if (errorCode !== OK) this.#sendError$.next({ streamId, seq, errorCode });
    });
  }

  /** Sends sound of any length in frames of 640 bytes; what is left of it waits for the next call. Refusals come by `sendError$`. */
  sendVoiceVariable(streamId: string, data: Bytes): void {
    const variable = this.#variable.get(streamId) ?? { rest: new Uint8Array(FRAME_BYTES), filled: 0, seq: 0 };
    this.#variable.set(streamId, variable);
    for (let left = bytesOf(data); left.length > 0;) {
      const part = left.subarray(0, FRAME_BYTES - variable.filled);
      variable.rest.set(part, variable.filled);
      variable.filled += part.length;
      left = left.subarray(part.length);
      if (variable.filled < FRAME_BYTES) return;
      variable.filled = 0;
      this.sendVoiceAsync(streamId, variable.seq++, variable.rest);
    }
  }

  /** Ends a stream; what `sendVoiceVariable` had left goes first, filled up with silence. Results may still come for a while. */
  async closeStream(streamId: string): Promise<number> {
    const variable = this.#variable.get(streamId);
    if (variable && variable.filled > 0) this.sendVoiceVariable(streamId, new Uint8Array(FRAME_BYTES - variable.filled));
    this.#variable.delete(streamId);
    return codeOf(async () => {
      await firstValueFrom(this.#there().ask(METHOD.voiceEnd, writeVoiceEnd({ streamId: idOf(streamId) })));
    });
  }

  /** Hangs up for good and completes every Observable. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    const connectionId = this.#connections;
    const wasUp = this.#link !== null;
    this.#link = null;
    this.#connection?.unsubscribe();
    if (wasUp) this.#closed$.next({ connectionId, endpoint: this.#endpoint, causedByError: false });
    for (const subject of [this.#connected$, this.#closed$, this.#sendError$, this.#tts$, ...Object.values(this.#results)])
      subject.complete();
  }

  #connect(): Promise<Link> {
    this.#connection?.unsubscribe();
    const connectionId = ++this.#connections;
    const endpoint = this.#endpoint;
    const options: LinkOptions = { ...this.#options, url: this.#url, now: this.#now };
    return new Promise((resolve, reject) => {
      if (this.#destroyed) throw new AssistantError('bad-option', 'this client was destroyed');
      this.#connection = fpnnLink(options).subscribe({
        next: (event) => {
          if (event.type === 'open') {
            this.#link = event.link;
            this.#connected$.next({ connectionId, endpoint, connected: true });
            resolve(event.link);
          } else this.#take(event);
        },
        error: (cause: unknown) => {
          const wasUp = this.#link !== null;
          this.#link = null;
          this.#variable.clear();
          if (wasUp) this.#closed$.next({ connectionId, endpoint, causedByError: true });
          else this.#connected$.next({ connectionId, endpoint, connected: false });
          reject(AssistantError.from(cause));
        },
      });
    });
  }

  #take(event: Exclude<LinkEvent, { readonly type: 'open' }>): void {
    if (event.type !== 'push') return;
    const { push }: { readonly push: Push } = event;
    if (push.method === 'ttsResult') {
      const { streamId, taskId, text, lang, data } = push;
      this.#tts$.next({ streamId: streamId.toString(), taskId: taskId?.toString() ?? null, text, lang, data: data.slice() });
    } else this.#results[push.method].next(push);
  }

  #send(streamId: bigint, seq: number, pcm: Uint8Array, settled: (errorCode: number) => void): void {
    if (!this.#link) settled(RTVT_CODE.closed);
    else this.#link.voice(streamId, seq, pcm, Math.round(this.#now()), (error) => settled(error?.rtvtCode ?? OK));
  }

  #there(): Link {
    if (!this.#link) throw new RtvtError(RTVT_CODE.closed);
    return this.#link;
  }
}

/** 0, or the number of what went wrong; what has none was no answer at all. */
async function codeOf(work: () => Promise<void>): Promise<number> {
  try {
    await work();
    return OK;
  } catch (cause) {
    const error = AssistantError.from(cause, 'socket-closed');
    if (error instanceof RtvtError) return error.rtvtCode;
    if (error.code === 'bad-option') throw error;
    return error.code === 'timed-out' ? RTVT_CODE.timeout : RTVT_CODE.closed;
  }
}
