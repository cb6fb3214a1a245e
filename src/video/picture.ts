import { EMPTY, merge, Observable } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { eventsOf } from '../shared/events-of.ts';
import type { PlayerCommand, PlayerEvent } from '../shared/player-event.ts';
import { hlsEngine } from './hls-engine.ts';
import { watchHls } from './hls.ts';

/** An address played in a `<video>`, by whichever engine can: hls.js where it works, the browser's own HLS where that is all there is, and files as they are. */

const HLS_TYPE = 'application/vnd.apple.mpegurl';
const FILE = /\.(?:mp4|m4v|m4a|mov|webm|mkv|ogv|ogg|oga|mp3|wav|flac|aac)$/i;

/** A file that `<video>` plays by itself, by the look of its address; everything else is taken for a playlist. */
export function isFile(src: string, base: string): boolean {
  if (/^(?:blob|data|mediastream):/.test(src)) return true;
  return FILE.test(URL.canParse(src, base) ? new URL(src, base).pathname : src);
}

/** Cold: subscribing plays `src` in `video`, unsubscribing takes it out again. Failures are events. */
export function watchPicture(
  video: HTMLVideoElement,
  src: string,
  commands$: Observable<PlayerCommand>,
): Observable<PlayerEvent> {
  if (isFile(src, document.baseURI)) return plain(video, src, 'file', commands$);
  return new Observable<PlayerEvent>((subscriber) => {
    let inner: { unsubscribe(): void } | undefined;
    hlsEngine().then(
      (Hls) => {
        if (subscriber.closed) return;
        const native = video.canPlayType(HLS_TYPE) !== '';
        // Some browsers say that they play HLS and show black: only where there is no other way.
        if (Hls.isSupported()) inner = watchHls(Hls, video, src, commands$).subscribe(subscriber);
        else if (native) inner = plain(video, src, 'native', commands$).subscribe(subscriber);
        else subscriber.next(failed(new AssistantError('unsupported', 'this browser can play no HLS')));
      },
      (cause: unknown) => {
        if (!subscriber.closed) subscriber.next(failed(AssistantError.from(cause, 'offline')));
      },
    );
    return () => inner?.unsubscribe();
  });
}

const failed = (error: AssistantError): PlayerEvent => ({ type: 'failed', error: error.toFacts() });

/** The browser plays by itself; iOS below 17.1 tells the clock by `getStartDate`. */
function plain(
  video: HTMLVideoElement & { getStartDate?(): Date },
  src: string,
  engine: 'native' | 'file',
  commands$: Observable<PlayerCommand>,
): Observable<PlayerEvent> {
  return new Observable<PlayerEvent>((subscriber) => {
    const timeline = (): void => {
      const { duration, seekable } = video;
      const live = duration === Infinity;
      const startS = live && seekable.length > 0 ? seekable.start(0) : 0;
      const endS = live ? (seekable.length > 0 ? seekable.end(seekable.length - 1) : 0) : duration;
      if (!Number.isFinite(endS)) return;
      const began = video.getStartDate?.().getTime() ?? NaN;
      const dateMs = Number.isFinite(began) ? began + startS * 1000 : null;
      subscriber.next({ type: 'timeline', live, fragments: [{ startS, durationS: endS - startS, dateMs }] });
    };
    const broken = (): void => {
      const code = video.error?.code ?? 0;
      const refused = code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED || code === MediaError.MEDIA_ERR_DECODE;
      subscriber.next(
        failed(
          new AssistantError(refused ? 'unsupported' : 'offline', video.error?.message ?? 'the file does not come', {
            retryable: true,
          }),
        ),
      );
    };
    const again = (): void => {
      const { currentTime, paused } = video;
      video.src = src;
      video.currentTime = currentTime;
      subscriber.next({ type: 'recovered' });
      if (!paused) video.play().catch(broken);
    };
    const grows = engine === 'native' ? eventsOf(video, 'progress') : EMPTY;
    const listening = merge(eventsOf(video, 'durationchange'), grows).subscribe(timeline);
    listening.add(eventsOf(video, 'error').subscribe(broken));
    listening.add(commands$.subscribe(({ type }) => (type === 'retry' ? again() : undefined)));
    subscriber.next({ type: 'attached', engine });
    video.src = src;
    return () => {
      listening.unsubscribe();
      video.removeAttribute('src');
      video.load();
    };
  });
}
