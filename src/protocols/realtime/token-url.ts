import { map, type Observable } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { request, type HttpRequest } from '../http.ts';
import { number, object, text } from './events.ts';
import type { Token } from './realtime.ts';

/** Secrets from an endpoint of the page's own server: POST `{for: "realtime"}`, answered with a short-lived token. */

export interface TokenUrlOptions extends Pick<HttpRequest, 'credentials' | 'headers' | 'timeoutMs' | 'fetch'> {
  /** Sent along in the body. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * Reads `{value, expires_at}` (OpenAI's client secrets, seconds) and `{token, expiresAt}` (ms). Errors: `token-refused`,
 * `origin-refused`, `offline`, `timed-out`, `bad-message`, …
 */
export function tokenFromUrl(url: string, options: TokenUrlOptions = {}): Observable<Token> {
  const { body, ...rest } = options;
  return request({ ...rest, url, body: { for: 'realtime', ...body } }).pipe(map(tokenOf));
}

function tokenOf(answer: unknown): Token {
  const fields = object(answer);
  const token = text(fields['value']) ?? text(fields['token']);
  if (token === null || token === '')
    throw new AssistantError('bad-message', 'the token endpoint answered without a token', { field: 'value' });
  const seconds = number(fields['expires_at']);
  return { token, expiresAt: seconds === null ? number(fields['expiresAt']) : seconds * 1000 };
}
