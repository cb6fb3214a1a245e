import type { Body } from './frame-body.ts';
import type { Fields } from './frame-fields.ts';

/**
 * What a client asks of an RTVT service (specs §4), to be written and to be read; parameters in the order of the official SDKs. Readers
 * throw `RtvtError` 10009 (missing) or 10010 (wrong type) naming the field.
 */

export const METHOD = {
  login: 'login',
  voiceStart: 'voiceStart',
  voiceData: 'voiceData',
  voiceEnd: 'voiceEnd',
  ping: '*ping',
  languages: 'getAvailableLanguage',
} as const;

export interface Login {
  /** Project id. */
  readonly pid: number;
  readonly token: string;
  /** Unix seconds, as signed. */
  readonly ts: number;
  /** Null = none; numbers come out as decimal strings. */
  readonly uid: string | null;
  /** Free text: which client it is. */
  readonly version: string;
}

/** `uid` goes out as an integer when it is a number or BigInt. */
export const writeLogin = (login: Omit<Login, 'uid'> & { readonly uid?: string | number | bigint | null }): Body => ({
  pid: login.pid,
  token: login.token,
  ts: login.ts,
  uid: login.uid ?? undefined,
  version: login.version,
});

export const readLogin = (fields: Fields): Login => ({
  pid: fields.int('pid'),
  token: fields.text('token'),
  ts: fields.int('ts'),
  uid: fields.optional('uid', 'name'),
  version: fields.optional('version', 'text') ?? '',
});

export interface VoiceStart {
  readonly asrResult: boolean;
  readonly asrTempResult: boolean;
  readonly transResult: boolean;
  readonly srcLanguage: string;
  /** Empty = no translation. */
  readonly destLanguage: string;
  /** At most 3. */
  readonly srcAltLanguage?: readonly string[] | undefined;
  readonly ttsResult?: boolean | undefined;
  readonly ttsSpeaker?: string | undefined;
  readonly userId?: string | undefined;
  /** 0 PCM, 1 OPUS. */
  readonly codec?: number | undefined;
  readonly attrs?: string | undefined;
  /** ms of silence that end a sentence, −1 = never; `vadSlienceTime` on the wire. */
  readonly vadSilenceTime?: number | undefined;
}

export const writeVoiceStart = (start: VoiceStart): Body => ({
  asrResult: start.asrResult,
  asrTempResult: start.asrTempResult,
  transResult: start.transResult,
  srcLanguage: start.srcLanguage,
  destLanguage: start.destLanguage,
  srcAltLanguage: start.srcAltLanguage?.length ? start.srcAltLanguage : undefined,
  ttsResult: start.ttsResult,
  ttsSpeaker: start.ttsSpeaker,
  userId: start.userId,
  codec: start.codec,
  attrs: start.attrs,
  vadSlienceTime: start.vadSilenceTime,
});

/** Flags that are absent are false; absent languages other than `srcLanguage` are none. */
export function readVoiceStart(fields: Fields): VoiceStart {
  const flag = (name: string): boolean => fields.optional(name, 'flag') ?? false;
  const text = (name: string): string | undefined => fields.optional(name, 'text') ?? undefined;
  const int = (name: string): number | undefined => fields.optional(name, 'int') ?? undefined;
  return {
    asrResult: flag('asrResult'),
    asrTempResult: flag('asrTempResult'),
    transResult: flag('transResult'),
    srcLanguage: fields.text('srcLanguage'),
    destLanguage: text('destLanguage') ?? '',
    srcAltLanguage: fields.optional('srcAltLanguage', 'texts') ?? [],
    ttsResult: flag('ttsResult'),
    ttsSpeaker: text('ttsSpeaker'),
    userId: fields.optional('userId', 'name') ?? undefined,
    codec: int('codec'),
    attrs: text('attrs'),
    vadSilenceTime: int('vadSlienceTime'),
  };
}

export interface VoiceData {
  readonly streamId: bigint;
  /** Counted up by the sender. */
  readonly seq: number;
  /** 640 bytes of PCM or one OPUS packet; a view of the message. */
  readonly data: Uint8Array;
  /** ms; what results' times refer to. */
  readonly ts: number;
  /** Target languages of this frame; only where voiceStart named none. */
  readonly destLangs?: readonly string[] | undefined;
}

export const writeVoiceData = (voice: VoiceData): Body => ({
  streamId: voice.streamId,
  destLangs: voice.destLangs,
  seq: voice.seq,
  data: voice.data,
  ts: voice.ts,
});

export const readVoiceData = (fields: Fields): VoiceData => ({
  streamId: fields.id('streamId'),
  seq: fields.int('seq'),
  data: fields.bytes('data'),
  ts: fields.int('ts'),
  destLangs: fields.optional('destLangs', 'texts') ?? undefined,
});

export interface VoiceEnd {
  readonly streamId: bigint;
  readonly lastSeq?: number | undefined;
}

export const writeVoiceEnd = (end: VoiceEnd): Body => ({ streamId: end.streamId, lastSeq: end.lastSeq });

export const readVoiceEnd = (fields: Fields): VoiceEnd => ({
  streamId: fields.id('streamId'),
  lastSeq: fields.optional('lastSeq', 'int') ?? undefined,
});
