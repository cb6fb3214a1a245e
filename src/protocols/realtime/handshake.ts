import { AssistantError } from '../../shared/errors.ts';
import type { SocketOptions } from '../socket.ts';
import type { Adapter } from './adapters.ts';
import type { Memory } from './connection.ts';
import type { RealtimeOptions } from './realtime.ts';

/** Offered beside the others; selects the beta shape. */
const BETA_SUBPROTOCOL = 'openai-beta.realtime-v1';

/** Where and how the socket is opened (specs §1.1): address, subprotocols, the secret in its place. */
export function handshake(options: RealtimeOptions, adapter: Adapter, memory: Memory, token: string | null): SocketOptions {
  const { auth } = adapter;
  const beta = memory.dialect === 'beta';
  const protocols: string[] = [];
  const headers: Record<string, string> = {};
  const url = addressOf(options.url ?? adapter.url ?? '');
  const model = options.model ?? adapter.model;
  if (memory.settings.purpose === 'transcription') url.searchParams.set('intent', 'transcription');
  else if (model !== null && !url.searchParams.has('model')) url.searchParams.set('model', model);

  if (auth.by === 'subprotocol') {
    protocols.push('realtime');
    if (token !== null) protocols.push(auth.prefix + token);
    if (beta) protocols.push(BETA_SUBPROTOCOL);
  } else if (auth.by === 'query') {
    if (token !== null) url.searchParams.set(auth.name, token);
  } else {
    if (!options.WebSocket)
      throw new AssistantError('unsupported', 'this server wants a header, which browsers cannot send', {
        field: 'preset',
      });
    if (token !== null) headers[auth.name] = auth.prefix + token;
    if (beta) headers['OpenAI-Beta'] = 'realtime=v1';
  }
  const { connectTimeoutMs, WebSocket } = options;
  return { url: url.href, protocols, headers, connectTimeoutMs, WebSocket };
}

function addressOf(address: string): URL {
  if (/^(ws|http)s?:/.test(address) && URL.canParse(address)) return new URL(address.replace(/^http/, 'ws'));
  throw new AssistantError('bad-option', `url: “${address}” is no absolute ws(s): or http(s): URL`, { field: 'url' });
}
