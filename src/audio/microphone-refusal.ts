import { AssistantError } from '../shared/errors.ts';

/** Why no microphone was opened. */

/** Chromium only, and not in TypeScript's DOM. */
interface FeaturePolicyDocument {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

/** The names are those of Media Capture and Streams §10.2 (getUserMedia). */
export function refusal(cause: unknown): AssistantError {
  // Absent on insecure pages, whatever TypeScript's DOM says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (typeof devices?.getUserMedia !== 'function')
    return isSecureContext
      ? new AssistantError('unsupported', 'this browser cannot open a microphone')
      : new AssistantError('insecure-page', 'microphones need https or localhost');
  const name = cause instanceof Error ? cause.name : '';
  const policy = (document as FeaturePolicyDocument).featurePolicy;
  switch (name) {
    case 'NotAllowedError':
      return policy?.allowsFeature('microphone') === false
        ? new AssistantError('microphone-blocked', "the page's Permissions-Policy does not allow the microphone", { cause })
        : new AssistantError('microphone-denied', 'the microphone was refused', { cause });
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
