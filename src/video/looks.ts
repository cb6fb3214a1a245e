import { Observable } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';

/** Small grey looks at what a video stream shows, to see whether anything moves; they are compared and forgotten. */

/** Points of a look: enough to see a person come near, far too few to know one. */
const WIDTH = 48;
const HEIGHT = 27;

/** One look every `everyMs`: brightness of each point, 0–255. Never completes by itself. */
export const looks = (stream: MediaStream, everyMs: number): Observable<Uint8Array> =>
  new Observable((subscriber) => {
    const video = document.createElement('video');
    video.muted = video.playsInline = true;
    video.srcObject = stream;
    const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    video.play().catch((cause: unknown) => {
      subscriber.error(AssistantError.from(cause, 'camera-missing'));
    });
    const timer = setInterval(() => {
      if (context === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      context.drawImage(video, 0, 0, WIDTH, HEIGHT);
      subscriber.next(grey(context.getImageData(0, 0, WIDTH, HEIGHT).data));
    }, everyMs);
    return () => {
      clearInterval(timer);
      video.srcObject = null;
    };
  });

/** Rec. 601 luma. */
function grey(rgba: Uint8ClampedArray): Uint8Array {
  const points = new Uint8Array(rgba.length / 4);
  for (let index = 0; index < points.length; index++) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(index * 4, index * 4 + 3);
    points[index] = (red * 299 + green * 587 + blue * 114) / 1000;
  }
  return points;
}
