import type { ErrorData } from 'hls.js';
import { AssistantError } from '../shared/errors.ts';

/** hls.js's errors in the words of this library. */

/** Which remedy a fatal error asks for. */
export function kindOf({ type, details }: Pick<ErrorData, 'type' | 'details'>): 'media' | 'network' | 'refused' | 'other' {
  const refusals: readonly string[] = ['manifestIncompatibleCodecsError', 'bufferAddCodecError', 'bufferIncompatibleCodecsError'];
  if (refusals.includes(details)) return 'refused';
  switch (type as string) {
    case 'networkError':
      return 'network';
    case 'mediaError':
      return 'media';
    default:
      return 'other';
  }
}

/** Addresses carry their own authority, so no message names one. */
export function errorOf(data: Pick<ErrorData, 'type' | 'details' | 'response'>): AssistantError {
  const kind = kindOf(data);
  const status = data.response?.code ?? 0;
  const told = status > 0 ? `${data.details} (${status})` : data.details;
  if (kind === 'refused') return new AssistantError('unsupported', `this browser cannot play the stream's codecs: ${told}`);
  if (kind !== 'network') return new AssistantError('unsupported', `the picture cannot be played: ${told}`, { retryable: true });
  if (status === 401 || status === 403) return new AssistantError('token-refused', `the stream was refused: ${told}`);
  if (status === 404 || status === 410)
    return new AssistantError('bad-option', `there is no such stream: ${told}`, { field: 'src' });
  if (status === 503 || status === 429) return new AssistantError('server-busy', `the stream is not there yet: ${told}`);
  return new AssistantError(status >= 500 ? 'server-error' : 'offline', `the stream does not come: ${told}`);
}
