import { AssistantError } from './errors.ts';

/** Why no microphone was opened: what the browser said, and what the page is. */

export interface PageFacts {
  /** The browser has `getUserMedia` here. */
  readonly usable: boolean;
  readonly secure: boolean;
  /** The Permissions-Policy lets the page have a microphone; null = this browser does not say. */
  readonly allowed: boolean | null;
}

/** A page that had every right to ask. */
const ORDINARY: PageFacts = { usable: true, secure: true, allowed: null };

/** The names are those of Media Capture and Streams §10.2 (getUserMedia). */
export function microphoneRefusal(cause: unknown, { usable, secure, allowed }: PageFacts = ORDINARY): AssistantError {
  if (!usable)
    return secure
      ? new AssistantError('unsupported', 'this browser cannot open a microphone')
      : new AssistantError('insecure-page', 'microphones need https or localhost');
  switch (cause instanceof Error ? cause.name : '') {
    case 'NotAllowedError':
      return allowed === false
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
