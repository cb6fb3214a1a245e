import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { SceneTable } from '../../store/stream-tables.ts';
import type { Database } from '../../store/tables.ts';
import { optional, pageNumber, pageSize, toMs, toSeconds, unixTime } from './fields.ts';
import { page } from './paging.ts';

/** Scenes of an index by pages, newest first, as both generations of the API tell them (spec §3). */

export const sceneQuery = z.object({
  page: pageNumber,
  page_size: pageSize(1000),
  start: optional(unixTime),
  end: optional(unixTime),
  output: optional(z.string().max(200)).describe('Accepted; an understanding has one output'),
});

export const sceneRecord = z.object({
  id: z.string(),
  start: z.number().describe('Unix seconds'),
  end: z.number(),
  description: z.string(),
  text: z.string().describe('The same: readers of both names exist'),
  data: z.unknown().describe('Parsed, where the prompt asked for JSON'),
  metadata: z.record(z.string(), z.unknown()).describe('Engine and tier that spoke, frames looked at, …'),
});

const told = (scene: Selectable<SceneTable>): z.output<typeof sceneRecord> => ({
  id: String(scene.id),
  start: toSeconds(scene.start_ms),
  end: toSeconds(scene.end_ms),
  description: scene.text,
  text: scene.text,
  data: scene.data,
  metadata: scene.metadata,
});

export async function readScenes(
  database: Database,
  indexId: string,
  query: z.output<typeof sceneQuery>,
): Promise<{ records: z.output<typeof sceneRecord>[]; next_page: boolean }> {
  let found = database.selectFrom('scenes').selectAll().where('index_id', '=', indexId);
  if (query.start !== undefined) found = found.where('end_ms', '>=', toMs(query.start));
  if (query.end !== undefined) found = found.where('start_ms', '<=', toMs(query.end));
  const size = query.page_size;
  const scenes = await found
    .orderBy('start_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
    .offset((query.page - 1) * size)
    .execute();
  const { rows, next } = page(scenes, size);
  return { records: rows.map(told), next_page: next };
}
