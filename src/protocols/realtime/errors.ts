import { AssistantError, type ErrorCode } from '../../shared/errors.ts';
import { object, text, type Json } from './events.ts';

/** The server's `error` objects, classed once. */

const CODES: Readonly<Record<string, ErrorCode>> = {
  session_expired: 'session-expired',
  beta_api_shape_disabled: 'dialect-refused',
  rate_limit_exceeded: 'rate-limited',
  rate_limit_error: 'rate-limited',
  insufficient_quota: 'quota-exceeded',
  invalid_api_key: 'token-refused',
  authentication_error: 'token-refused',
  permission_error: 'origin-refused',
  model_not_found: 'model-unknown',
  server_busy: 'server-busy',
  server_error: 'server-error',
  unknown_parameter: 'bad-option',
  invalid_value: 'bad-option',
  missing_required_parameter: 'bad-option',
  cannot_update_voice: 'bad-option',
  invalid_request_error: 'bad-message',
};

const lookUp = (name: string | null): ErrorCode | undefined =>
  name !== null && Object.hasOwn(CODES, name) ? CODES[name] : undefined;

/** `{type, code, message, param}` as an AssistantError; its `field` is the server's `param`. */
export function serverError(error: Json): AssistantError {
  const code = text(error['code']);
  const type = text(error['type']);
  const field = text(error['param']);
  const message = [code ?? type, text(error['message'])].filter(Boolean).join(': ');
  return new AssistantError(lookUp(code) ?? lookUp(type) ?? 'server-error', message || 'the server complained without a word', {
    ...(field === null ? {} : { field }),
  });
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
export const isFatal = (error: AssistantError): boolean =>
  [
    'session-expired',
    'dialect-refused',
    'rate-limited',
    'quota-exceeded',
    'token-refused',
    'origin-refused',
    'model-unknown',
    'server-busy',
  ].includes(error.code);

/** The error of a response that ended `failed`: there may be no `error` event for it. */
export function responseError(details: Json): AssistantError {
  return serverError({ message: 'the answer failed', ...object(details['error']) });
}
