import { catchError, concat, concatMap, defer, EMPTY, from, merge, mergeMap, Observable, of, switchMap } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import type { StreamFeed, StreamFeedEvent } from '../../shared/stream-feed.ts';
import type { ChannelMessage } from './channels.ts';
import { Connection } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import { FeedState } from './feed-state.ts';
import { object } from './codec-fields.ts';
import { readStream } from './codec-streams.ts';
import { firstItems } from './pages.ts';
import { RTStream } from './stream.ts';
import { Video } from './video.ts';

/** All that is told of a stream or a recording while it is watched: what is stored of a range, then what comes, each thing once. */

export interface StreamFeedOptions {
  readonly connection: Connection | ConnectionOptions;
  /** `rts-…`, or `m-…` for a recorded video. */
  readonly streamId: string;
  /** What is stored since then is told first, Unix ms; default two hours ago. Videos are told whole. */
  readonly sinceMs?: number | undefined;
  /** Unix ms; default Date.now. */
  readonly now?: (() => number) | undefined;
}

const HISTORY_MS = 2 * 3_600_000;
/** Lines, scenes of one index, alerts: of each at most so many from storage. */
const MOST_STORED = 20_000;
const PAGE_SIZE = 1000;

/** Cold. What storage cannot tell is `noted`; a refused token or an unknown stream is an error. */
export const streamFeed = (options: StreamFeedOptions): StreamFeed =>
  defer(() => {
    const connection = options.connection instanceof Connection ? options.connection : new Connection(options.connection);
    return options.streamId.startsWith('m-') ? videoFeed(connection, options) : liveFeed(connection, options);
  });

function liveFeed(connection: Connection, { streamId, sinceMs, now = Date.now }: StreamFeedOptions): StreamFeed {
  const state = new FeedState(now);
  const fromMs = sinceMs ?? now() - HISTORY_MS;
  const problems = new Problems();
  return aborting((signal) => {
    // Storage is read once the channel stands, so that nothing falls between the two; and again when something was missed.
    let reads = 0;
    return connection.channels({ streamIds: [streamId] }).pipe(
      mergeMap((message): Observable<StreamFeedEvent> => {
        if (message.type !== 'connected') return from(live(state, streamId, message));
        const since = reads === 0 || message.gap ? fromMs : null;
        reads += 1;
        const stored$ = since === null ? EMPTY : stored(connection, streamId, since, { state, problems, signal });
        return concat(of<StreamFeedEvent>({ type: 'connected' }), stored$);
      }),
    );
  });
}

/** Frames of the other streams that this connection is named for are not for here. */
function live(
  state: FeedState,
  streamId: string,
  message: Exclude<ChannelMessage, { readonly type: 'connected' }>,
): readonly StreamFeedEvent[] {
  switch (message.type) {
    case 'reconnecting':
    case 'noted':
      return [message];
    case 'transcript':
      return isFor(message.streamId, streamId) ? state.transcript(message) : [];
    case 'scene':
      return isFor(message.streamId, streamId) ? state.scene(message) : [];
    case 'alert':
      return isFor(message.streamId, streamId) ? state.alert(message) : [];
    case 'stream-status':
      return isFor(message.streamId, streamId) ? state.status(message) : [];
    default:
      return [];
  }
}

const isFor = (told: string | null, streamId: string): boolean => told === null || told === streamId;

interface Reading {
  readonly state: FeedState;
  readonly problems: Problems;
  readonly signal: AbortSignal;
}

function stored(connection: Connection, streamId: string, startMs: number, reading: Reading): Observable<StreamFeedEvent> {
  const { state, signal } = reading;
  // A stream that does not exist, or may not be read, is an error; the rest may be missing on gateways of other makers.
  return defer(() => from(connection.getRtstream(streamId, { signal }))).pipe(
    switchMap((stream) => {
      const { state: now, message } = stream.facts;
      const query = { start: startMs, pageSize: PAGE_SIZE, signal };
      return merge(
        from(now === null ? [] : state.status({ state: now, message })),
        told(stream.transcript(query), (line) => state.storedLine(line), reading, 'transcript'),
        told(stream.alertHits(query), (hit) => state.storedAlert(hit), reading, 'alerts'),
        defer(() => from(stream.listSceneIndexes({ signal }))).pipe(
          mergeMap((indexes) => from(indexes)),
          mergeMap((index) => {
            state.nameIndex(index.facts);
            return told(index.scenes(query), (scene) => state.storedScene(scene, index.facts), reading, 'scenes');
          }, 2),
          catchError((cause: unknown) => reading.problems.noted('scenes', cause)),
        ),
      );
    }),
  );
}

/** A thing at a time from storage; what cannot be read is noted. */
function told<T>(
  items: AsyncIterable<T>,
  tell: (item: T) => readonly StreamFeedEvent[],
  { problems, signal }: Reading,
  what: string,
): Observable<StreamFeedEvent> {
  return firstItems(items, MOST_STORED).pipe(
    concatMap((item) => (signal.aborted ? EMPTY : from(tell(item)))),
    catchError((cause: unknown) => problems.noted(what, cause)),
  );
}

/** What is stored of a video, on the clock of its picture; nothing more comes. */
function videoFeed(connection: Connection, { streamId: videoId, now = Date.now }: StreamFeedOptions): StreamFeed {
  const state = new FeedState(now);
  const problems = new Problems();
  return aborting((signal) =>
    defer(() => from(connection.rest.get(`/video/${encodeURIComponent(videoId)}`, {}, { signal }))).pipe(
      switchMap((answer) => {
        const video = new Video(connection.rest, { id: videoId, ...object(answer) });
        const { startMs, lengthMs, streamId, spokenIndex } = video.facts;
        const offsetMs = startMs ?? 0;
        const reading = { state, problems, signal };
        const lines$ = defer(() => from(video.lines({ signal }))).pipe(
          mergeMap((lines) => from(lines.flatMap((line) => state.storedLine(line, offsetMs)))),
          catchError((cause: unknown) => problems.noted('transcript', cause)),
        );
        const scenes$ = defer(() => from(video.scenes({ signal }))).pipe(
          mergeMap((scenes) =>
            from(scenes.flatMap(({ indexId, kind, ...scene }) => state.storedScene(scene, { id: indexId, kind }, offsetMs))),
          ),
          catchError((cause: unknown) => problems.noted('scenes', cause)),
        );
        const alerts$ = defer((): Observable<StreamFeedEvent> => {
          if (streamId === null || startMs === null) return EMPTY;
          const stream = new RTStream(connection, readStream({ id: streamId }));
          const hits = stream.alertHits({ start: startMs, end: startMs + lengthMs, pageSize: PAGE_SIZE, signal });
          return told(hits, (hit) => state.storedAlert(hit), reading, 'alerts');
        });
        // Who only watches does not make a server listen to a whole video.
        return merge(of<StreamFeedEvent>({ type: 'connected' }), spokenIndex === 'none' ? EMPTY : lines$, scenes$, alerts$);
      }),
    ),
  );
}

/** The signal ends with the subscription. */
const aborting = (open: (signal: AbortSignal) => StreamFeed): StreamFeed =>
  new Observable((subscriber) => {
    const abort = new AbortController();
    const subscription = open(abort.signal).subscribe(subscriber);
    return () => {
      subscription.unsubscribe();
      abort.abort();
    };
  });

class Problems {
  #count = 0;

  noted(what: string, cause: unknown): Observable<StreamFeedEvent> {
    this.#count += 1;
    return of({ type: 'noted', what: `${what}: ${AssistantError.from(cause).message}`, count: this.#count });
  }
}
