import type { IncomingMessage } from 'node:http';
import type { Dialect } from './dialect.ts';
import { beta } from './dialect-beta.ts';
import { ga } from './dialect-ga.ts';

/** What a handshake says before the first frame: dialect, credential, kind of session. Pure. */

const SECRET_PROTOCOL = 'openai-insecure-api-key.';
const BETA_PROTOCOL = 'openai-beta.realtime-v1';

export interface Handshake {
  readonly dialect: Dialect;
  /** Bearer header or subprotocol; null = none. */
  readonly credential: string | null;
  readonly origin: string | null;
  readonly intent: 'conversation' | 'transcription';
  readonly model: string | null;
  /** Attaching to a WebRTC or SIP call. */
  readonly callId: string | null;
}

const offeredProtocols = (request: Pick<IncomingMessage, 'headers'>): readonly string[] =>
  (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** One of what was offered must come back, and never a secret while there is something else. */
export const chooseProtocol = (offered: Iterable<string>): string | false => {
  const names = [...offered];
  if (names.includes('realtime')) return 'realtime';
  return names.find((name) => !name.startsWith(SECRET_PROTOCOL)) ?? names[0] ?? false;
};

export function bearerOf(headers: IncomingMessage['headers']): string | null {
  const match = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '');
  if (match?.[1] !== undefined) return match[1];
  // Azure's clients send the same key under another name.
  const key = headers['api-key'];
  return typeof key === 'string' && key !== '' ? key : null;
}

export function readHandshake(request: Pick<IncomingMessage, 'headers' | 'url'>): Handshake {
  const offered = offeredProtocols(request);
  const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
  const secret = offered.find((name) => name.startsWith(SECRET_PROTOCOL))?.slice(SECRET_PROTOCOL.length) ?? null;
  const header = request.headers['openai-beta'];
  const announced = (Array.isArray(header) ? header.join(',') : (header ?? '')).includes('realtime=v1');
  return {
    dialect: announced || offered.includes(BETA_PROTOCOL) ? beta : ga,
    credential: bearerOf(request.headers) ?? secret,
    origin: request.headers.origin ?? null,
    intent: query.get('intent') === 'transcription' ? 'transcription' : 'conversation',
    model: query.get('model')?.slice(0, 200) ?? query.get('deployment')?.slice(0, 200) ?? null,
    callId: query.get('call_id'),
  };
}
