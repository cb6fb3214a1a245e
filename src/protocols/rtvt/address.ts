import { AssistantError } from '../../shared/errors.ts';

/** `url` as a WebSocket's address, with `path` where it has none of its own. Throws `bad-option` naming `url`. */
export function address(url: string, path: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (cause) {
    throw new AssistantError('bad-option', 'the URL cannot be read', { cause, field: 'url' });
  }
  if (parsed.protocol === 'http:' || parsed.protocol === 'https:') parsed.protocol = parsed.protocol.replace('http', 'ws');
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:')
    throw new AssistantError('bad-option', 'an RTVT address is ws: or wss:', { field: 'url' });
  if (parsed.pathname === '/') parsed.pathname = path;
  return parsed;
}
