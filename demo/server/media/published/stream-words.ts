import type { Database, WordTime } from '../../store/tables.ts';
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

/** Those of several streams are sorted into one; what was told while nothing was recorded is left out. */
export async function wordsOf(database: Database, streamIds: readonly string[], spans: readonly Span[]): Promise<StreamWords> {
  if (streamIds.length === 0) return { lines: [], scenes: [], passages: [] };
  const ids = [...streamIds];
  const [lines, scenes, passages] = await Promise.all([
    database.selectFrom('lines').selectAll().where('stream_id', 'in', ids).orderBy('start_ms').execute(),
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
  const moved = <T extends { start_ms: number; end_ms: number }, R>(
    rows: readonly T[],
    made: (row: T, at: { startMs: number; endMs: number }) => R,
  ): R[] =>
    rows.flatMap((row) => {
      const at = shifted(spans, row.start_ms, row.end_ms);
      return at === null ? [] : [made(row, at)];
    });
  return {
    lines: moved(lines, ({ text, language, words, translations }, at) => ({
      ...at,
      text,
      language,
      translations,
      words: shiftedWords(words, spans, at.startMs),
    })),
    scenes: moved(scenes, ({ index_id, text, data, metadata, kind }, at) => ({
      ...at,
      indexId: index_id,
      visual: kind === 'visual',
      text,
      data,
      metadata,
    })),
    passages: moved(passages, ({ index_id, source, text, embedding, metadata }, at) => ({
      ...at,
      indexId: index_id,
      source,
      text,
      embedding,
      metadata,
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
