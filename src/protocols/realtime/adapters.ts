import { AssistantError } from '../../shared/errors.ts';

/** How the servers that speak this protocol differ, as one table (facts and sources: PROTOCOL.md). */

/** GA or beta names and item contents. `auto` begins as the preset says and follows what the server turns out to speak. */
export type Dialect = 'ga' | 'beta';
export type AudioFormat = 'pcm' | 'pcmu' | 'pcma';
/** Where the session's settings stand: nested under `audio` (GA), side by side (beta), or nested with a flat voice and turn detection. */
export type SessionShape = 'nested' | 'flat' | 'mixed';

/** Telephone sound, one byte a sample. */
export interface G711 {
  encode(pcm: Int16Array, law: AudioFormat): Uint8Array;
  decode(bytes: Uint8Array, law: AudioFormat): Int16Array;
}

export type Auth =
  /** `prefix` + secret offered as a subprotocol: the one way that a browser has. */
  | { readonly by: 'subprotocol'; readonly prefix: string }
  /** A handshake header, which browsers cannot send: `WebSocket` must be given. */
  | { readonly by: 'header'; readonly name: string; readonly prefix: string }
  /** A query parameter; ends up in the server's logs. */
  | { readonly by: 'query'; readonly name: string };

export interface Adapter {
  /** The preset's own address; null = the caller knows it. */
  readonly url: string | null;
  readonly model: string | null;
  readonly dialect: Dialect;
  readonly sessionShape: SessionShape;
  readonly auth: Auth;
  /** Hz */
  readonly inputRate: number;
  /** Hz */
  readonly outputRate: number;
  readonly inputFormat: AudioFormat;
  readonly outputFormat: AudioFormat;
  /** Needed where a format is not `pcm`; comes with `telephone()` of `g711.ts`. */
  readonly g711: G711 | null;
  readonly supportsTruncate: boolean;
  readonly supportsCancel: boolean;
  /** A response carries the metadata of the `response.create` that it answers: tells it from one of the server's own. */
  readonly echoesMetadata: boolean;
  /** A fact about the server; this client never commits by hand while the server finds the turns. */
  readonly supportsManualCommitWithVad: boolean;
  /** `cumulative`: each interim transcript is the whole text so far. */
  readonly transcriptMode: 'delta' | 'cumulative';
  readonly transcriptionModel: string | null;
  /** Who speaks first: `client` = `session.update` at once, `server` = after `session.created`. */
  readonly firstEvent: 'client' | 'server';
  /** Cutting this close to the end of what was received is refused by some servers (their item is a little shorter), ms. */
  readonly truncateMarginMs: number;
}

const OPENAI: Adapter = {
  url: 'wss://api.openai.com/v1/realtime',
  model: 'gpt-realtime-2.1',
  dialect: 'ga',
  sessionShape: 'nested',
  auth: { by: 'subprotocol', prefix: 'openai-insecure-api-key.' },
  inputRate: 24_000,
  outputRate: 24_000,
  inputFormat: 'pcm',
  outputFormat: 'pcm',
  g711: null,
  supportsTruncate: true,
  supportsCancel: true,
  echoesMetadata: true,
  supportsManualCommitWithVad: true,
  transcriptMode: 'delta',
  transcriptionModel: 'gpt-transcribe',
  firstEvent: 'client',
  truncateMarginMs: 100,
};

const bearer: Auth = { by: 'header', name: 'authorization', prefix: 'Bearer ' };

export const presets = {
  openai: OPENAI,
  azure: { ...OPENAI, url: null, auth: { by: 'header', name: 'api-key', prefix: '' } },
  xai: {
    ...OPENAI,
    url: 'wss://api.x.ai/v1/realtime',
    model: 'grok-voice-latest',
    sessionShape: 'mixed',
    auth: { by: 'subprotocol', prefix: 'xai-client-secret.' },
    supportsTruncate: false,
    echoesMetadata: false,
    transcriptMode: 'cumulative',
  },
  qwen: {
    ...OPENAI,
    url: null,
    model: 'qwen3.8-omni-flash-realtime',
    dialect: 'beta',
    sessionShape: 'flat',
    auth: bearer,
    inputRate: 16_000,
    echoesMetadata: false,
    firstEvent: 'server',
  },
  localai: {
    ...OPENAI,
    url: 'ws://localhost:8080/v1/realtime',
    model: null,
    supportsManualCommitWithVad: false,
    echoesMetadata: false,
  },
  speaches: {
    ...OPENAI,
    url: null,
    model: null,
    dialect: 'beta',
    sessionShape: 'flat',
    auth: { by: 'query', name: 'api_key' },
    echoesMetadata: false,
    firstEvent: 'server',
  },
  /** The gateway of this repository. */
  gateway: { ...OPENAI, url: null, model: null, inputRate: 16_000, truncateMarginMs: 0 },
} as const satisfies Record<string, Adapter>;

export type PresetName = keyof typeof presets;

/** The preset of that name; throws `bad-option`. */
export function adapterOf(name: string): Adapter {
  if (Object.hasOwn(presets, name)) return presets[name as PresetName];
  const known = Object.keys(presets).join(', ');
  throw new AssistantError('bad-option', `preset: “${name}” is none of ${known}`, { field: 'preset' });
}
