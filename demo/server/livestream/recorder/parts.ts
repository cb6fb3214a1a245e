import { join } from 'node:path';
import type { Selectable } from 'kysely';
import type { LiveMedia } from '../../media/create-media.ts';
import { entriesOf } from '../../media/published/clip.ts';
import { mediaPlaylist } from '../../media/published/playlist.ts';
import { isCut } from '../../media/published/timeline.ts';
import type { Recording, Segment } from '../../media/recording.ts';
import { writeWhole } from '../../media/recording/durable.ts';
import type { LivestreamPartTable } from '../../store/livestream-tables.ts';
import type { Database } from '../../store/tables.ts';
import { createTurns } from '../turns.ts';
import type { RecordedPart } from './recorder.ts';

/** The stretches of a task's recording that are broadcasts: rows in the database over segments in the media library. */

export type Part = Selectable<LivestreamPartTable>;

export interface Parts {
  /**
   * A stretch begins: what is recorded from now on. Null: the task is gone. `source`: the recorder's own name of it; `startMs`: kept until
   * it is finished.
   */
  begin(taskId: string, known?: { readonly source: string; readonly startMs?: number }): Promise<Part | null>;
  /** It has ended, and everything of it is on the disk. ms of it that are there; a stretch of nothing is forgotten. */
  finish(part: Part): Promise<number>;
  /** They are of no use. Their segments stay until retention or the task's end. */
  drop(ids: readonly number[]): Promise<void>;
  /** Those that a killed gateway left open; oldest first. */
  open(taskId: string): Promise<readonly Part[]>;
  /** Those that have ended; oldest first. */
  finished(taskId: string): Promise<readonly Part[]>;
  /** As `Recorder.parts`. */
  recorded(taskId: string): Promise<readonly RecordedPart[]>;
}

/** Under which a task's recording is kept in the media library. */
export const streamIdOf = (taskId: string): string => `ls-${taskId}`;

/** Times are kept to the µs. */
const ROUNDING_MS = 0.5;

export function createParts(database: Database, media: Pick<LiveMedia, 'recording'>): Parts {
  const { turn } = createTurns();
  const rows = (taskId: string) =>
    database.selectFrom('livestream_parts').selectAll().where('task_id', '=', taskId).orderBy('start_ms').orderBy('id');
  return {
    begin: async (taskId, known) => {
      const streamId = streamIdOf(taskId);
      // Nothing of it is there yet: the first frame may be older than its connection.
      const startMs = known?.startMs ?? media.recording(streamId).ranges().at(-1)?.endMs ?? 0;
      const made = await database
        .insertInto('livestream_parts')
        .columns(['task_id', 'stream_id', 'start_ms', 'source'])
        .expression((make) =>
          make
            .selectFrom('livestream_tasks')
            .select(({ val, cast }) => [
              'id',
              val(streamId).as('stream_id'),
              cast<number>(val(startMs), 'float8').as('start_ms'),
              cast<string | null>(val(known?.source ?? null), 'text').as('source'),
            ])
            .where('id', '=', taskId),
        )
        .returningAll()
        .executeTakeFirst();
      return made ?? null;
    },
    finish: async ({ id, stream_id, start_ms }) => {
      const there = segmentsOf(media.recording(stream_id), start_ms, Infinity);
      const [first] = there;
      const last = there.at(-1);
      if (first === undefined || last === undefined) {
        await database.deleteFrom('livestream_parts').where('id', '=', id).execute();
        return 0;
      }
      const end_ms = last.startMs + last.durationMs;
      await database.updateTable('livestream_parts').set({ start_ms: first.startMs, end_ms }).where('id', '=', id).execute();
      return there.reduce((sum, { durationMs }) => sum + durationMs, 0);
    },
    drop: async (ids) => {
      if (ids.length > 0)
        await database
          .deleteFrom('livestream_parts')
          .where('id', 'in', [...ids])
          .execute();
    },
    open: (taskId) => rows(taskId).where('end_ms', 'is', null).execute(),
    finished: (taskId) => rows(taskId).where('end_ms', 'is not', null).execute(),
    recorded: (taskId) =>
      turn(taskId, async () => {
        const found: RecordedPart[] = [];
        for (const { stream_id, start_ms, end_ms } of await rows(taskId).where('end_ms', 'is not', null).execute()) {
          const recording = media.recording(stream_id);
          for (const stretch of stretchesOf(segmentsOf(recording, start_ms, end_ms ?? 0)))
            found.push(await written(recording.folder, stretch));
        }
        return found;
      }),
  };
}

const segmentsOf = (recording: Recording, startMs: number, endMs: number): readonly Segment[] =>
  recording.window(startMs, endMs).filter((segment) => segment.startMs >= startMs - ROUNDING_MS);

/** Segments of which each goes on where the one before ended: ffmpeg reads no others as one film. */
export function stretchesOf(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const stretches: Segment[][] = [];
  for (const segment of segments) {
    const current = stretches.at(-1);
    const before = current?.at(-1);
    if (current === undefined || before === undefined || isCut(before, segment)) stretches.push([segment]);
    else current.push(segment);
  }
  return stretches;
}

/** A playlist beside the segments. It is made anew each time: retention may have taken some, and a restart clears what it does not know. */
async function written(folder: string, segments: readonly Segment[]): Promise<RecordedPart> {
  const [first] = segments;
  const last = segments.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a stretch of no segments');
  const name = `part-${String(first.sequence)}.m3u8`;
  await writeWhole(folder, name, [Buffer.from(mediaPlaylist(entriesOf(segments)))]);
  return { file: join(folder, name), startMs: Math.round(first.startMs), endMs: Math.round(last.startMs + last.durationMs) };
}
