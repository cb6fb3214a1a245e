import { flag, list, unixSeconds } from './codec-fields.ts';
import { readScene } from './codec-told.ts';
import type { Scene } from './codec-told.ts';
import type { Page } from './pages.ts';
import type { Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';

/** Scenes by pages, as every kind of index tells them. */

export interface SceneQuery extends CallOptions {
  /** What overlaps this time. */
  readonly start?: Date | number | undefined;
  readonly end?: Date | number | undefined;
  /** Default 100. */
  readonly pageSize?: number | undefined;
}

/** `also`: further fields of the query. */
export async function scenePage(
  rest: Rest,
  path: string,
  { start, end, pageSize = 100, signal, page = 1 }: SceneQuery & { readonly page?: number },
  also: Readonly<Record<string, string>> = {},
): Promise<Page<Scene>> {
  const query = {
    start: start === undefined ? null : unixSeconds(start, 'start'),
    end: end === undefined ? null : unixSeconds(end, 'end'),
    ...also,
    page,
    page_size: pageSize,
  };
  const answer = await rest.get(path, query, { signal });
  return {
    items: list(answer['scene_index_records'] ?? answer['records'] ?? answer['scenes']).map(readScene),
    hasNext: flag(answer['next_page']) ?? false,
    total: null,
  };
}
