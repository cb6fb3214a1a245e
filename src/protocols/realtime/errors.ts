import { AssistantError, type ErrorCode } from '../../shared/errors.ts';
import { text, type Json } from './events.ts';

/** The server's `error` objects, classed once. */

/** By `code`, then by `type`; what is not here is the server's trouble. */
const CODES: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^session_expired/, 'session-expired'],
  [/^beta_api/, 'dialect-refused'],
  [/^rate_limit/, 'rate-limited'],
  [/^insufficient_quota/, 'quota-exceeded'],
  [/^(invalid_api_key|authentication)/, 'token-refused'],
  [/^permission/, 'origin-refused'],
  [/^model_not_found/, 'model-unknown'],
  [/^server_busy/, 'server-busy'],
  [/^(unknown_parameter|invalid_value|missing_required|cannot_update)/, 'bad-option'],
  [/^invalid_request/, 'bad-message'],
];

const named = (name: string | null): ErrorCode | undefined => CODES.find(([pattern]) => pattern.test(name ?? ''))?.[1];

/** `{type, code, message, param}` as an AssistantError; its `field` is the server's `param`. */
export function serverError(error: Json): AssistantError {
  const code = text(error['code']);
  const type = text(error['type']);
  const field = text(error['param']);
  return new AssistantError(
    named(code) ?? named(type) ?? 'server-error',
    `${code ?? type ?? 'error'}: ${text(error['message']) ?? ''}`,
    field === null ? {} : { field },
  );
}

/** Refusals that are nobody's fault: what was to be stopped, cut or committed had ended, or never begun, by itself. */
export function isRace(error: Json): boolean {
  const code = text(error['code']) ?? '';
  const message = text(error['message']) ?? '';
  return (
    /^(response_cancel_not_active|input_audio_buffer_commit_empty|item_truncate_|item_delete_)/.test(code) ||
    /already shorter than|can be truncated|no active response/i.test(message)
  );
}

/** An error that a server is about to hang up for: the close code that follows says less than this. */
export const isFatal = ({ code }: AssistantError): boolean => !['server-error', 'bad-option', 'bad-message'].includes(code);
