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
    let opened: MediaStream | null = null;
    ask(options).then(
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
        // Why is told by a module that a microphone which opens never needs.
        import('./microphone-refusal.ts').then(
          ({ refusal }) => {
            subscriber.error(refusal(cause));
          },
          () => {
            subscriber.error(AssistantError.from(cause, 'microphone-denied'));
          },
        );
      },
    );
    return () => {
      if (opened !== null) stop(opened);
    };
  });
}

/** Asks at once, within the gesture; on insecure pages there is nothing to ask, which is a refusal too. */
const ask = async (options: MicrophoneOptions): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ audio: constraints(options) });

function constraints(options: MicrophoneOptions): MediaTrackConstraints {
  const { deviceId, echoCancellation = true, noiseSuppression = true, autoGainControl = true } = options;
  // Wished, not demanded: where it is gone the browser takes another one, which `granted` tells.
  return { ...(deviceId && { deviceId }), echoCancellation, noiseSuppression, autoGainControl };
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
