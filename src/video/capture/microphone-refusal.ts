import { AssistantError } from '../../shared/errors.ts';

/** Why there is no microphone; the names are those of Media Capture and Streams §10.2 (getUserMedia). */
export function microphoneRefusal(cause: unknown): AssistantError {
  switch (cause instanceof Error ? cause.name : '') {
    case 'NotAllowedError':
      return new AssistantError('microphone-denied', 'the microphone was refused', { cause });
    case 'SecurityError':
      return new AssistantError('microphone-blocked', 'the microphone is disabled for this page', { cause });
    case 'NotFoundError':
      return new AssistantError('microphone-missing', 'there is no microphone', { cause });
    case 'OverconstrainedError':
      return new AssistantError('microphone-missing', 'the chosen microphone is not there', { cause, field: 'microphone' });
    case 'NotReadableError':
    case 'AbortError':
      return new AssistantError('microphone-busy', 'the microphone is in use or does not start', { cause });
    default:
      return AssistantError.from(cause, 'unsupported');
  }
}
