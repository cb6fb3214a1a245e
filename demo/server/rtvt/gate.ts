import { writeJson } from '../../../src/protocols/rtvt/frame-body.ts';
import type { Value } from '../../../src/protocols/rtvt/frame-body.ts';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import { writePush } from '../../../src/protocols/rtvt/messages-pushes.ts';
import type { Push } from '../../../src/protocols/rtvt/messages-pushes.ts';
import type { VoiceStart } from '../../../src/protocols/rtvt/messages.ts';
import { ClientStreams } from './client-streams.ts';
import { RtvtFault } from './fault.ts';
import type { Link } from './link.ts';
import type { Client, RtvtService } from './service.ts';
import { FRAME_BYTES } from './stream.ts';
import type { RtvtStream } from './stream.ts';

/** The other RTVT protocol ("gate"): login and settings in the URL, raw sound up, JSON with numbers as strings down, one stream. */

const FRAME_MS = 20;
const IDLE_MS = 60_000;
const HIGH_WATER = 512 * 1024;
const GIVE_UP = 8 * 1024 * 1024;

export class GateConnection implements Client {
  readonly #link: Link;
  readonly #service: RtvtService;
  readonly #query: URLSearchParams;
  readonly #streams: ClientStreams;
  #stream: RtvtStream | null = null;
  /** Bytes of a frame that is not whole yet. */
  #rest = new Uint8Array(0);
  #frames = 0;
  #movedAt = performance.now();
  #reading = true;
  #closed = false;

  constructor(link: Link, service: RtvtService, query: URLSearchParams) {
    this.#link = link;
    this.#service = service;
    this.#query = query;
    this.#streams = new ClientStreams(service, this, (push) => this.#push(push));
  }

  get streams(): ReadonlyMap<bigint, RtvtStream> {
    return this.#streams.open;
  }

  /** Logs in and begins the stream; a refusal is told as `{method:"error",code,ex}` and ends it. */
  start(): void {
    if (!this.#service.join(this)) {
      this.drop();
      return;
    }
    this.#attempt(() => {
      this.#service.checkLogin(readGateLogin(this.#query));
      this.#stream = this.#streams.start(readGateSettings(this.#query));
    });
  }

  /** PCM of any length. */
  sound(bytes: Uint8Array): void {
    this.#movedAt = performance.now();
    const stream = this.#stream;
    if (stream === null) return;
    this.#attempt(() => {
      const all = new Uint8Array(this.#rest.length + bytes.length);
      all.set(this.#rest);
      all.set(bytes, this.#rest.length);
      let at = 0;
      for (; at + FRAME_BYTES <= all.length; at += FRAME_BYTES) {
        const seq = this.#frames++;
        this.#streams.feed({ streamId: stream.id, seq, data: all.subarray(at, at + FRAME_BYTES), ts: seq * FRAME_MS });
      }
      this.#rest = all.slice(at);
      this.#readOrNot();
    });
  }

  /** JSON text: `{method:"voiceEnd"}` is the only thing that can be said. */
  command(text: string): void {
    this.#movedAt = performance.now();
    this.#attempt(() => {
      if (methodOf(text) !== 'voiceEnd') throw new RtvtFault(RTVT_CODE.unknownMethod, 'method: only voiceEnd is known.');
      this.#stream = null;
      this.drain().catch((cause: unknown) => this.#service.log.warn({ err: cause }, 'a gate stream could not be finished'));
    });
  }

  tick(now: number): void {
    this.#streams.tick(now);
    this.#readOrNot();
    if (now - this.#movedAt > IDLE_MS) this.drop();
  }

  async drain(): Promise<void> {
    await this.#streams.drain();
    this.#link.close();
  }

  drop(): void {
    this.#link.drop();
    this.closed();
  }

  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#streams.close();
    this.#service.leave(this);
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (cause) {
      const fault = RtvtFault.from(cause);
      this.#service.metrics.refused(fault.code);
      if (fault.code === RTVT_CODE.unknown) this.#service.log.error({ err: cause }, 'a gate connection failed');
      this.#link.send(JSON.stringify({ method: 'error', code: fault.code, ex: fault.message }));
      this.#link.close();
    }
  }

  #push(push: Push): void {
    if (this.#closed) return;
    const interim = push.method !== 'ttsResult' && !push.final;
    const waiting = this.#link.waiting();
    if (waiting > GIVE_UP) {
      this.drop();
      return;
    }
    if (interim && waiting > HIGH_WATER) return;
    this.#movedAt = performance.now();
    this.#link.send(gateText(push));
    this.#service.metrics.pushed(push.method);
  }

  #readOrNot(): void {
    const wanted = !this.#streams.overfull;
    if (wanted === this.#reading) return;
    this.#reading = wanted;
    this.#link.read(wanted);
  }
}

/** A push as the gate writes it: every number a string, interims without an end. Pure. */
export function gateText(push: Push): string {
  if (push.method === 'ttsResult') {
    const { method, streamId, text, lang, data, taskId } = push;
    const audio = Buffer.from(data).toString('base64');
    return writeJson({ method, streamId: String(streamId), text, lang, data: audio, taskId: String(taskId ?? 0) });
  }
  const body: Record<string, Value> = { method: push.method };
  for (const [name, value] of Object.entries(writePush(push.final ? push : { ...push, endTs: 0 }))) {
    body[name] = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  }
  return writeJson(body);
}

function whole(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null) throw new RtvtFault(RTVT_CODE.keyNotFound, `${name}: it is missing.`);
  if (!/^-?\d{1,15}$/.test(text)) throw new RtvtFault(RTVT_CODE.wrongType, `${name}: an integer is wanted.`);
  return Number(text);
}

/** Throws an `RtvtFault`. */
export function readGateLogin(query: URLSearchParams): { readonly pid: number; readonly token: string; readonly ts: number } {
  const token = query.get('token');
  if (token === null) throw new RtvtFault(RTVT_CODE.keyNotFound, 'token: it is missing.');
  // A plus sign that nobody escaped is a space by now.
  return { pid: whole(query, 'pid'), token: token.replaceAll(' ', '+'), ts: whole(query, 'ts') };
}

/** Defaults of the vendor's page. Throws an `RtvtFault`. */
export function readGateSettings(query: URLSearchParams): VoiceStart {
  const flag = (name: string, otherwise: boolean): boolean => {
    const text = query.get(name) ?? String(otherwise);
    if (text !== 'true' && text !== 'false') throw new RtvtFault(RTVT_CODE.wrongType, `${name}: true or false is wanted.`);
    return text === 'true';
  };
  const optional = (name: string): number | undefined => (query.has(name) ? whole(query, name) : undefined);
  return {
    srcLanguage: query.get('srcLanguage') ?? 'zh',
    destLanguage: query.get('destLanguage') ?? 'en',
    asrResult: flag('asrResult', true),
    asrTempResult: flag('asrTempResult', true),
    transResult: flag('transResult', true),
    ttsResult: flag('ttsResult', false),
    ttsSpeaker: query.get('ttsSpeaker') ?? undefined,
    codec: optional('codec'),
    userId: query.get('userId') ?? 'test_user',
    vadSilenceTime: optional('vadSilenceTime'),
  };
}

function methodOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'method' in value ? value.method : null;
  } catch {
    throw new RtvtFault(RTVT_CODE.badParameter, 'The message is not JSON.');
  }
}
