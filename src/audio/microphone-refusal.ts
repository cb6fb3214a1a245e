import { microphoneRefusal } from '../shared/microphone-refusal.ts';
import type { AssistantError } from '../shared/errors.ts';

/** Why this page was given no microphone. */

/** Chromium only, and not in TypeScript's DOM. */
interface FeaturePolicyDocument {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

export function refusal(cause: unknown): AssistantError {
  // Absent on insecure pages, whatever TypeScript's DOM says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return microphoneRefusal(cause, {
    usable: typeof devices?.getUserMedia === 'function',
    secure: isSecureContext,
    allowed: (document as FeaturePolicyDocument).featurePolicy?.allowsFeature('microphone') ?? null,
  });
}
