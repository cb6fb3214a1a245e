import { type Observable, throwError } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { mediaDevices, mediaStream } from './media-stream.ts';

/** Permission and camera to a MediaStream: open while subscribed. */

/** More pixels than any answerer looks at, few enough for every camera. */
const IDEAL = { width: { ideal: 1280 }, height: { ideal: 720 } };

/**
 * Emits once, completes when the camera goes away. `deviceId` null = the browser's default. Fails with `camera-denied`,
 * `camera-missing`, `insecure-page` or `unsupported` (also when the page's Permissions-Policy forbids it).
 */
export function openCamera(deviceId: string | null): Observable<MediaStream> {
  const devices = mediaDevices();
  if (typeof devices.getUserMedia !== 'function') return throwError(() => unusable());
  const video = deviceId === null || deviceId === '' ? IDEAL : { ...IDEAL, deviceId: { exact: deviceId } };
  return mediaStream(() => navigator.mediaDevices.getUserMedia({ video }), cameraRefusal);
}

const unusable = (): AssistantError =>
  isSecureContext
    ? new AssistantError('unsupported', 'this browser cannot open a camera')
    : new AssistantError('insecure-page', 'browsers give the camera to https pages and localhost only');

/** The names are those of Media Capture and Streams §10.2 (getUserMedia). */
export function cameraRefusal(cause: unknown): AssistantError {
  switch (cause instanceof Error ? cause.name : '') {
    case 'NotAllowedError':
      return new AssistantError('camera-denied', 'the camera was refused', { cause });
    case 'SecurityError':
      return new AssistantError('unsupported', 'the camera is disabled for this page', { cause });
    case 'NotFoundError':
      return new AssistantError('camera-missing', 'there is no camera', { cause });
    case 'OverconstrainedError':
      return new AssistantError('camera-missing', 'the chosen camera is not there', { cause, field: 'camera' });
    case 'NotReadableError':
    case 'AbortError':
      return new AssistantError('camera-missing', 'the camera is in use or does not start', { cause });
    default:
      return AssistantError.from(cause, 'unsupported');
  }
}
