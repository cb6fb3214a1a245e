import { concatMap, defer, from, mergeMap, of, type Observable } from 'rxjs';
import { filesIn } from './pipelines/playback-rendition.ts';
import type { FeedOptions, ReadCaptionFile, TextFile, WatchPicture } from './session/player.ts';
import type { StreamFeed } from './shared/stream-feed.ts';
import { watchPicture as watch } from './video/picture.ts';
import { textFile } from './video/text-file.ts';

/** The composition root of players: a `<video>` made to play, and files read. */

export const watchPicture: WatchPicture<HTMLVideoElement> = watch;

/** A WebVTT file, or every file that a rendition's playlist names. */
export const readCaptionFile: ReadCaptionFile = (url) =>
  textFile(url).pipe(
    mergeMap((file): Observable<TextFile> => {
      const files = filesIn(file.text, file.url);
      return files === null ? of(file) : from(files).pipe(concatMap((each) => textFile(each)));
    }),
  );

/** Captions, alerts and scenes of a stream of the gateway at `endpoint`, by a client that is loaded when somebody follows one. */
export const streamOf = ({ streamId, endpoint, tokenUrl }: FeedOptions & { readonly endpoint: string }): StreamFeed =>
  defer(() => import('./protocols/rtstream/feed.ts')).pipe(
    mergeMap(({ streamFeed }) =>
      streamFeed({ streamId, connection: { baseUrl: endpoint, ...(tokenUrl === null ? {} : { tokenUrl }) } }),
    ),
  );
