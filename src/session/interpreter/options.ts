import { AssistantError } from '../../shared/errors.ts';
import type { LiveStream } from '../assistant.ts';
import type { TokenReason } from '../options.ts';
import type { InterpreterRunOptions, RtvtToken } from './command.ts';

/** Everything a page can say about the interpreter it wants, and the part of it that crosses into the voice host. */

export interface InterpreterOptions {
  /** Base URL of the gateway (`https://host[:port]`), or the service's own `wss:` URL. */
  readonly endpoint: string;
  /** `fpnn` = the official SDKs' protocol (default), `gate` = the WebSocket API (specs/rtvt.md §0). */
  readonly dialect?: 'fpnn' | 'gate';
  /** BCP 47 of what is spoken; `en` by default. */
  readonly from?: string;
  /** BCP 47 of the translation; null (default) = transcription alone. */
  readonly to?: string | null;
  /** Other languages that may be spoken, at most 3. */
  readonly alternatives?: readonly string[];
  readonly turn?: 'vad' | 'hold';
  readonly speakAloud?: boolean;
  readonly voice?: string;
  /** Silence that ends a sentence, ms (20–2000). */
  readonly silenceMs?: number;
  readonly userId?: string;
  readonly muted?: boolean;
  /** Gives a fresh login (specs/rtvt.md §3.1); wins over `tokenUrl`. */
  readonly tokenProvider?: (reason: TokenReason) => Promise<RtvtToken>;
  /** Answers `POST {for:"rtvt"}` with `{pid, token, ts}`; default `/auth/page-token` of the endpoint. */
  readonly tokenUrl?: string;
  /** The page on which others follow a shared room; the gateway's own by default. It gets `#room=…&token=…`. */
  readonly followUrl?: string;
  /** Device id; null or absent = the browser's default. */
  readonly microphone?: string | null;
  readonly speaker?: string | null;
  /** A `MediaStream` of the host page used as microphone; never stopped by us. */
  readonly stream?: LiveStream;
  readonly assetBase?: string;
  readonly workletUrl?: string;
  readonly workerUrl?: string;
  /** Where it runs; `auto` = the Worker where its script is same-origin, else the page. */
  readonly host?: 'auto' | 'worker' | 'page';
}

const PATHS = { fpnn: '/service/websocket', gate: '/gate/websocket' } as const;

/** The options as plain data. Throws `bad-option`, the option named. */
export function interpreterOptions(options: InterpreterOptions): InterpreterRunOptions {
  const { dialect = 'fpnn', from = 'en', to = null, alternatives = [], silenceMs = null } = options;
  if (alternatives.length > 3) throw fault('alternatives', 'at most 3 other languages can be listened for');
  if (silenceMs !== null && silenceMs !== -1 && !(silenceMs >= 20 && silenceMs <= 2_000))
    throw fault('silenceMs', 'must be 20 to 2000 ms, or -1');
  return {
    url: interpreterUrl(options.endpoint, dialect),
    dialect,
    from: language('from', from),
    to: to === null ? null : language('to', to),
    alternatives: alternatives.map((each) => language('alternatives', each)),
    turn: options.turn ?? 'vad',
    speakAloud: options.speakAloud ?? false,
    voice: options.voice ?? null,
    silenceMs,
    userId: options.userId ?? null,
    muted: options.muted ?? false,
    run: 1,
  };
}

/** `https://host` → `wss://host/service/websocket`; a socket's own address with a path stays as it is. Throws `bad-option`. */
export function interpreterUrl(endpoint: string, dialect: 'fpnn' | 'gate'): string {
  if (!URL.canParse(endpoint)) throw fault('endpoint', `“${endpoint}” is not a URL`);
  const url = new URL(endpoint);
  if (!/^(https?|wss?):$/.test(url.protocol)) throw fault('endpoint', 'must begin with https:, http:, wss: or ws:');
  const isSocket = url.protocol.startsWith('ws');
  url.protocol = url.protocol.replace('http', 'ws');
  // The official endpoints are told without a path (specs/rtvt.md §2.1).
  if (!isSocket || url.pathname === '/') url.pathname = PATHS[dialect];
  return url.href;
}

function language(field: string, tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    throw fault(field, `“${tag}” is not a language tag`);
  }
}

const fault = (field: string, message: string): AssistantError =>
  new AssistantError('bad-option', `${field}: ${message}`, { field });
