import { concatMap, from, mergeMap, of, throwError, type Observable } from 'rxjs';
import { filesIn } from './pipelines/playback-rendition.ts';
import type { FeedOptions, ReadCaptionFile, TextFile, WatchPicture } from './session/player.ts';
import { AssistantError } from './shared/errors.ts';
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

/** Captions, alerts and scenes of a stream of the gateway at `endpoint`. */
export const streamOf = ({ streamId }: FeedOptions & { readonly endpoint: string }): StreamFeed =>
  throwError(() => new AssistantError('unsupported', `nothing here follows ${streamId}`));
