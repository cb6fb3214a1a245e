import { Observable } from 'rxjs';
import type { AssistantError } from '../shared/errors.ts';

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/**
 * A stream that a permission prompt gives: asked for on subscription, stopped on unsubscription (also when the prompt is answered only
 * then), completed when its picture ends, be it by the browser's own button or by an unplugged device.
 */
export function mediaStream(
  request: () => Promise<MediaStream>,
  refusal: (cause: unknown) => AssistantError,
): Observable<MediaStream> {
  return new Observable<MediaStream>((subscriber) => {
    let opened: MediaStream | null = null;
    const ended = (): void => subscriber.complete();
    request().then(
      (stream) => {
        if (subscriber.closed) {
          stop(stream);
          return;
        }
        opened = stream;
        stream.getVideoTracks()[0]?.addEventListener('ended', ended);
        subscriber.next(stream);
      },
      (cause: unknown) => subscriber.error(refusal(cause)),
    );
    return () => {
      opened?.getVideoTracks()[0]?.removeEventListener('ended', ended);
      if (opened !== null) stop(opened);
    };
  });
}

/** `mediaDevices`, which insecure pages and old browsers do not have, whatever TypeScript's DOM says. */
export function mediaDevices(): Partial<MediaDevices> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return devices ?? {};
}
