import { concat, defer, EMPTY, from, map, merge, Observable, scan, startWith, switchMap } from 'rxjs';
import { streamFeed } from './protocols/rtstream/feed.ts';
import type { SceneIndex } from './protocols/rtstream/scene-index.ts';
import type { Connection } from './protocols/rtstream/connection.ts';
import { deskIndex } from './stream-rows.ts';
import type { DeskAlert, DeskDetail } from './session/streams.ts';
import type { StreamFeedEvent } from './shared/stream-feed.ts';

/** One stream as the desk shows it: its indexes and alerts, and what is told of it, newest kept. */

const MOST_LINES = 2000;
const MOST_SCENES = 200;
const MOST_HITS = 200;

/** Nothing is known of it yet. */
export const noDetail = (streamId: string): DeskDetail => ({
  streamId,
  transcript: 'stopped',
  spoken: null,
  into: [],
  translations: null,
  lines: [],
  indexes: [],
  alerts: [],
  scenes: [],
  hits: [],
});

/** Pure. */
export function withEvent(detail: DeskDetail, event: StreamFeedEvent): DeskDetail {
  switch (event.type) {
    case 'caption': {
      const others = detail.lines.filter(({ id }) => id !== event.id);
      if (event.text === '') return { ...detail, lines: others };
      const { translations = {} } = detail.lines.find(({ id }) => id === event.id) ?? {};
      const lines = [...others, { ...event, translations }];
      const last = others.at(-1);
      // They come in order but for what storage told late.
      if (last !== undefined && last.startMs > event.startMs) lines.sort((a, b) => a.startMs - b.startMs);
      return { ...detail, lines: lines.slice(-MOST_LINES) };
    }
    case 'caption-translation': {
      const { id, language, text } = event;
      const lines = detail.lines.map((line) =>
        line.id === id ? { ...line, translations: { ...line.translations, [language]: text } } : line,
      );
      return { ...detail, lines };
    }
    case 'scene':
      return { ...detail, scenes: newestFirst([...detail.scenes, event], MOST_SCENES) };
    case 'alert':
      return { ...detail, hits: newestFirst([...detail.hits, event], MOST_HITS) };
    default:
      return detail;
  }
}

const newestFirst = <T extends { readonly startMs: number }>(items: readonly T[], most: number): readonly T[] =>
  [...items].sort((a, b) => b.startMs - a.startMs).slice(0, most);

type Change = (detail: DeskDetail) => DeskDetail;

/**
 * `again$`: rows were changed here, and are asked for again. `more$`: lines that were asked for beside the feed. Fails with AssistantError where the stream
 * cannot be read.
 */
export function streamDetail(
  connection: Connection,
  streamId: string,
  { again$, more$ }: { readonly again$: Observable<unknown>; readonly more$: Observable<StreamFeedEvent> },
  heard: (event: StreamFeedEvent) => void,
): Observable<DeskDetail> {
  const rows$ = again$.pipe(
    startWith(null),
    switchMap(() => aborting((signal) => readRows(connection, streamId, signal))),
  );
  const told$ = streamFeed({ connection, streamId }).pipe(
    map((event): Change => {
      heard(event);
      return (detail) => withEvent(detail, event);
    }),
  );
  const asked$ = more$.pipe(
    map(
      (event): Change =>
        (detail) =>
          withEvent(detail, event),
    ),
  );
  return merge(rows$, told$, asked$).pipe(scan((detail, change: Change) => change(detail), noDetail(streamId)));
}

async function readRows(connection: Connection, streamId: string, signal: AbortSignal): Promise<Change> {
  const stream = await connection.getRtstream(streamId, { signal });
  const [{ status, language, translateTo, translations }, indexes] = await Promise.all([
    stream.transcriptStatus({ signal }),
    stream.listSceneIndexes({ signal }),
  ]);
  const alerts = await Promise.all(indexes.map((index) => alertsOf(index, signal)));
  const transcript = status === 'running' ? 'running' : 'stopped';
  const heard = { transcript, spoken: language, into: translateTo, translations } as const;
  return (detail) => ({ ...detail, ...heard, indexes: indexes.map(deskIndex), alerts: alerts.flat() });
}

async function alertsOf(index: SceneIndex, signal: AbortSignal): Promise<readonly DeskAlert[]> {
  const alerts = await index.listAlerts({ signal });
  return alerts.map(({ id, eventId, label, callbackUrl, enabled }) => ({
    ...{ id, eventId, label, callbackUrl, enabled },
    indexId: index.id,
  }));
}

/** One asking; unsubscribing ends it. */
const aborting = <T>(ask: (signal: AbortSignal) => Promise<T>): Observable<T> =>
  new Observable((subscriber) => {
    const stop = new AbortController();
    subscriber.add(() => stop.abort());
    subscriber.add(
      concat(
        defer(() => from(ask(stop.signal))),
        EMPTY,
      ).subscribe(subscriber),
    );
  });
