import { Observable } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { fitted } from '../shared/fitted.ts';

/** Still pictures of a video stream. */

const QUALITY = 0.85;
/** A camera shows its first picture within 2 s; a hidden tab may show none at all. */
const PATIENCE_MS = 4_000;

/** What the stream shows now, as a JPEG data URL. Fails with `camera-missing` when it shows nothing, `timed-out` when no picture comes. */
export function still(stream: MediaStream): Observable<string> {
  return new Observable<string>((subscriber) => {
    const video = document.createElement('video');
    const limit = setTimeout(
      () => subscriber.error(new AssistantError('timed-out', 'the picture did not come in time')),
      PATIENCE_MS,
    );
    takeStill(video, stream).then(
      (dataUrl) => {
        subscriber.next(dataUrl);
        subscriber.complete();
      },
      (cause: unknown) => subscriber.error(AssistantError.from(cause, 'camera-missing')),
    );
    return () => {
      clearTimeout(limit);
      video.srcObject = null;
    };
  });
}

async function takeStill(video: HTMLVideoElement, stream: MediaStream): Promise<string> {
  if (!stream.active) throw new AssistantError('camera-missing', 'the stream has ended');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  await firstFrame(video);
  const { width, height } = fitted(video.videoWidth, video.videoHeight);
  return await jpeg(video, width, height);
}

/** `play()` may resolve before there is a picture. */
function firstFrame(video: HTMLVideoElement): Promise<void> {
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) return Promise.resolve();
  return new Promise((resolve) => {
    video.addEventListener('loadeddata', () => resolve(), { once: true });
  });
}

async function jpeg(video: HTMLVideoElement, width: number, height: number): Promise<string> {
  if (typeof OffscreenCanvas === 'undefined') {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
    return canvas.toDataURL('image/jpeg', QUALITY);
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
  return await dataUrlOf(await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY }));
}

const dataUrlOf = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('the picture could not be read'));
    reader.readAsDataURL(blob);
  });
