import type { WordTime } from '../../store/stream-tables.ts';
import type { Database } from '../../store/tables.ts';
import type { SpokenLine } from './captions.ts';
import type { SeenScene } from './chapters.ts';
import { shifted } from './timeline.ts';
import type { Span } from './timeline.ts';

/** What was heard and seen on a stream, on the clock of a video that is made of it. */

export interface VideoScene extends SeenScene {
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What search finds; ms from the video's beginning. */
export interface VideoPassage {
  readonly indexId: string | null;
  readonly source: 'transcript' | 'scene';
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly embedding: number[] | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface StreamWords {
  readonly lines: readonly SpokenLine[];
  readonly scenes: readonly VideoScene[];
  readonly passages: readonly VideoPassage[];
}

type Moment = { readonly start_ms: number; readonly end_ms: number };

const moved = <T extends Moment, R>(
  spans: readonly Span[],
  rows: readonly T[],
  made: (row: T, at: { startMs: number; endMs: number }) => R,
): R[] =>
  rows.flatMap((row) => {
    const at = shifted(spans, row.start_ms, row.end_ms);
    return at === null ? [] : [made(row, at)];
  });

/** What was said, those of several streams sorted into one. What was told while nothing was recorded is left out, here and below. */
export async function linesOf(
  database: Database,
  streamIds: readonly string[],
  spans: readonly Span[],
): Promise<readonly SpokenLine[]> {
  const [first, last] = [spans[0], spans.at(-1)];
  if (streamIds.length === 0 || first === undefined || last === undefined) return [];
  const rows = await database
    .selectFrom('lines')
    .select(['start_ms', 'end_ms', 'text', 'language', 'words', 'translations'])
    .where('stream_id', 'in', [...streamIds])
    .where('start_ms', '<', last.endMs)
    .where('end_ms', '>', first.startMs)
    .orderBy('start_ms')
    .execute();
  return moved(spans, rows, ({ text, language, words, translations }, at) => ({
    ...{ ...at, text, language, translations },
    words: shiftedWords(words, spans, at.startMs),
  }));
}

export async function wordsOf(database: Database, streamIds: readonly string[], spans: readonly Span[]): Promise<StreamWords> {
  if (streamIds.length === 0) return { lines: [], scenes: [], passages: [] };
  const ids = [...streamIds];
  const [lines, scenes, passages] = await Promise.all([
    linesOf(database, ids, spans),
    database
      .selectFrom('scenes')
      .innerJoin('indexes', 'indexes.id', 'scenes.index_id')
      .select([
        'scenes.index_id',
        'scenes.start_ms',
        'scenes.end_ms',
        'scenes.text',
        'scenes.data',
        'scenes.metadata',
        'indexes.kind',
      ])
      .where('scenes.stream_id', 'in', ids)
      .orderBy('scenes.start_ms')
      .execute(),
    database
      .selectFrom('passages')
      .select(['index_id', 'source', 'start_ms', 'end_ms', 'text', 'embedding', 'metadata'])
      .where('stream_id', 'in', ids)
      .orderBy('start_ms')
      .execute(),
  ]);
  return {
    lines,
    scenes: moved(spans, scenes, ({ index_id, text, data, metadata, kind }, at) => ({
      ...{ ...at, indexId: index_id, visual: kind === 'visual', text, data, metadata },
    })),
    passages: moved(spans, passages, ({ index_id, source, text, embedding, metadata }, at) => ({
      ...{ ...at, indexId: index_id, source, text, embedding, metadata },
    })),
  };
}

/** A word that fell into a gap stands where the one before it ended. */
function shiftedWords(words: readonly WordTime[], spans: readonly Span[], fromMs: number): readonly WordTime[] {
  let lastMs = fromMs;
  return words.map((word) => {
    const at = shifted(spans, word.startMs, word.endMs) ?? { startMs: lastMs, endMs: lastMs };
    lastMs = at.endMs;
    return { ...word, ...at };
  });
}
