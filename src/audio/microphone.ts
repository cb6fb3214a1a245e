import { Observable } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';

/** Permission and device to a MediaStream: open while subscribed. */

export interface MicrophoneOptions {
  /** Null or absent = the browser's default. */
  readonly deviceId?: string | null | undefined;
  /** A stream of the host page, used as it is and never stopped. */
  readonly stream?: MediaStream | undefined;
  /** Each is asked for unless false. */
  readonly echoCancellation?: boolean | undefined;
  readonly noiseSuppression?: boolean | undefined;
  readonly autoGainControl?: boolean | undefined;
}

/** What the browser granted, against what was asked; null = not told by this browser. */
export interface GrantedAudio {
  readonly deviceId: string;
  readonly label: string;
  /** Hz */
  readonly rate: number | null;
  readonly echoCancellation: boolean | null;
  readonly noiseSuppression: boolean | null;
  readonly autoGainControl: boolean | null;
}

export interface OpenMicrophone {
  readonly stream: MediaStream;
  readonly granted: GrantedAudio;
}

/** Chromium only, and not in TypeScript's DOM. */
interface FeaturePolicyDocument {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/**
 * Emits once. Fails with `microphone-denied`, `-missing`, `-busy`, `-blocked` (by the page's Permissions-Policy), `insecure-page`,
 * `unsupported` or `bad-option`. Unsubscribing stops what it opened, also when the answer to the prompt comes only then.
 */
export function openMicrophone(options: MicrophoneOptions = {}): Observable<OpenMicrophone> {
  return new Observable<OpenMicrophone>((subscriber) => {
    const given = options.stream;
    if (given !== undefined) {
      const granted = grantedAudio(given);
      if (granted === null)
        subscriber.error(new AssistantError('bad-option', 'the stream has no audio track', { field: 'stream' }));
      else subscriber.next({ stream: given, granted });
      return undefined;
    }
    const unusable = unusableDevices();
    if (unusable !== null) {
      subscriber.error(unusable);
      return undefined;
    }
    let opened: MediaStream | null = null;
    navigator.mediaDevices.getUserMedia({ audio: constraints(options) }).then(
      (stream) => {
        if (subscriber.closed) {
          stop(stream);
          return;
        }
        opened = stream;
        const granted = grantedAudio(stream);
        if (granted === null)
          subscriber.error(new AssistantError('microphone-missing', 'the browser gave a stream without audio'));
        else subscriber.next({ stream, granted });
      },
      (cause: unknown) => {
        subscriber.error(refusal(cause));
      },
    );
    return () => {
      if (opened !== null) stop(opened);
    };
  });
}

function constraints(options: MicrophoneOptions): MediaTrackConstraints {
  const { deviceId, echoCancellation = true, noiseSuppression = true, autoGainControl = true } = options;
  const device = deviceId === undefined || deviceId === null || deviceId === '' ? {} : { deviceId: { exact: deviceId } };
  return { ...device, echoCancellation, noiseSuppression, autoGainControl };
}

function unusableDevices(): AssistantError | null {
  // Absent on insecure pages, whatever TypeScript's DOM says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (typeof devices?.getUserMedia === 'function') return null;
  if (!isSecureContext) return new AssistantError('insecure-page', 'microphones need https or localhost');
  return new AssistantError('unsupported', 'this browser cannot open a microphone');
}

/** What the browser says of the stream's microphone; null when there is no audio track. */
function grantedAudio(stream: MediaStream): GrantedAudio | null {
  const track = stream.getAudioTracks()[0];
  if (track === undefined) return null;
  const { deviceId, sampleRate, echoCancellation, noiseSuppression, autoGainControl } = track.getSettings();
  return {
    deviceId: deviceId ?? '',
    label: track.label,
    rate: sampleRate ?? null,
    echoCancellation: told(echoCancellation),
    noiseSuppression: told(noiseSuppression),
    autoGainControl: told(autoGainControl),
  };
}

/** Newer browsers may say `'all'` or `'remote-only'` of echo cancellation; the latter cancels nothing of ours. */
const told = (value: unknown): boolean | null => (value === undefined ? null : value === true || value === 'all');

/** The names are those of Media Capture and Streams §10.2 (getUserMedia). */
function refusal(cause: unknown): AssistantError {
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
