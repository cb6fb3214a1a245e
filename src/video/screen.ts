import { type Observable, throwError } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { mediaDevices, mediaStream } from './media-stream.ts';

/** A screen, window or tab that the user chooses, as a MediaStream: open while subscribed. */

/** Five pictures a second are plenty for stills. */
const WISHES = { video: { frameRate: { ideal: 5 } }, audio: false };

/** Emits once, completes when sharing ends. Fails with `screen-denied`, `insecure-page` or `unsupported`. */
export function openScreen(): Observable<MediaStream> {
  const devices = mediaDevices();
  if (typeof devices.getDisplayMedia !== 'function') return throwError(() => unusable());
  return mediaStream(() => navigator.mediaDevices.getDisplayMedia(WISHES), screenRefusal);
}

const unusable = (): AssistantError =>
  isSecureContext
    ? new AssistantError('unsupported', 'this browser cannot share a screen')
    : new AssistantError('insecure-page', 'browsers share a screen with https pages and localhost only');

/** The names are those of Screen Capture §5.1 (getDisplayMedia). */
export function screenRefusal(cause: unknown): AssistantError {
  switch (cause instanceof Error ? cause.name : '') {
    case 'NotAllowedError':
    case 'InvalidStateError':
      return new AssistantError('screen-denied', 'nothing was chosen to be shared', { cause });
    case 'NotFoundError':
    case 'NotReadableError':
    case 'AbortError':
      return new AssistantError('screen-denied', 'what was chosen cannot be captured', { cause });
    default:
      return AssistantError.from(cause, 'unsupported');
  }
}
