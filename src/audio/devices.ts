import { catchError, concat, defer, map, merge, NEVER, type Observable, of, switchMap } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { eventsOf } from '../shared/events-of.ts';

/** The microphones, loudspeakers and cameras that there are, now and after every change. */

export interface Device {
  readonly id: string;
  readonly kind: 'microphone' | 'speaker' | 'camera';
  /** Empty until a permission was given. */
  readonly label: string;
}

const KINDS: Readonly<Record<MediaDeviceKind, Device['kind']>> = {
  audioinput: 'microphone',
  audiooutput: 'speaker',
  videoinput: 'camera',
};

/** Chromium's names for "whatever the system uses", which is what no choice means here. */
const ALIASES: readonly string[] = ['default', 'communications', ''];

/** This browser can move the sound to another output. */
export const canChooseSpeaker = (): boolean => typeof AudioContext === 'function' && 'setSinkId' in AudioContext.prototype;

/**
 * Never completes. Names come with a permission, of which browsers give no word: let `refresh$` emit when one was granted. Empty where
 * there are no devices to be had, as on insecure pages.
 */
export function observeDevices(refresh$: Observable<unknown> = NEVER): Observable<readonly Device[]> {
  return defer(() => {
    // Absent on insecure pages, whatever TypeScript's DOM says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (devices === undefined) return concat(of([]), NEVER);
    return merge(of(null), eventsOf(devices, 'devicechange'), refresh$).pipe(
      switchMap(() => defer(() => devices.enumerateDevices()).pipe(map(listed))),
      catchError((cause: unknown) => {
        throw AssistantError.from(cause, 'unsupported');
      }),
    );
  });
}

const listed = (found: readonly MediaDeviceInfo[]): readonly Device[] =>
  found
    .filter(({ deviceId }) => !ALIASES.includes(deviceId))
    .map(({ deviceId, kind, label }) => ({ id: deviceId, kind: KINDS[kind], label }));
