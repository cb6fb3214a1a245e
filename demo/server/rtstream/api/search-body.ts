import { z } from 'zod';
import type { SearchLimits } from './deps.ts';
import { facts, optional, text, shown } from './fields.ts';

/** What the searches of both generations ask for (spec §2). */

const threshold = optional(z.coerce.number().int().min(1).max(100));
const score = optional(z.coerce.number().min(0).max(1)).describe('0–1; what scores less is left out');
const percent = optional(z.coerce.number().min(0).max(100));
/** One, several or none: the shape is nowhere documented (spec §10). */
const filter = optional(z.union([z.array(facts).max(20), facts]));

const common = { query: text, result_threshold: threshold, score_threshold: score, dynamic_score_percentage: percent, filter };

export const streamSearchBody = z
  .object({
    ...common,
    scene_index_id: optional(z.string().max(200)).describe('An index of either generation; absent = everything'),
    index_id: optional(z.string().max(200)).describe('Another name of scene_index_id'),
    index_type: optional(z.string().max(100)).describe('`spoken_word` or `transcript`: what was said; `scene`: what was seen'),
    stitch: optional(z.boolean()).describe('Accepted'),
    rerank: optional(z.boolean()).describe('Accepted'),
    rerank_params: optional(facts).describe('Accepted'),
  })
  .meta(shown({ query: 'Who was at the door?', result_threshold: 5 }));

export const videoSearchBody = z
  .object({
    ...common,
    search_type: optional(z.enum(['semantic', 'keyword', 'scene', 'llm'])),
    index_type: optional(z.string().max(100)).describe('`spoken_word`: what was said; `scene`: what was seen'),
    scene_index_id: optional(z.string().max(200)),
    sort_docs_on: optional(z.enum(['score', 'start'])),
  })
  .meta(shown({ query: 'action items', search_type: 'semantic', index_type: 'spoken_word', score_threshold: 0.2 }));

export const videoSearch2Body = z
  .object({
    query: text,
    top_k: threshold,
    mode: optional(z.string().max(100)).describe('`keyword`: by words alone; anything else by meaning'),
    return_fields: optional(z.array(z.string().max(100)).max(50)).describe('Accepted; all fields are told'),
    include_clip: optional(z.boolean()).describe('Accepted; clips are always told'),
    session_id: optional(z.string().max(200)),
    config: optional(facts),
  })
  .meta(shown({ query: 'action items', top_k: 5 }));

type Common = Pick<
  z.output<typeof streamSearchBody>,
  'result_threshold' | 'score_threshold' | 'dynamic_score_percentage' | 'filter'
>;

/** `results`, `score`, `dynamic`: where nothing is said. */
export function limitsOf(
  body: Common,
  standard: { readonly results: number; readonly score: number; readonly dynamic: number | null },
  mode: SearchLimits['mode'],
): SearchLimits {
  const { filter = [] } = body;
  return {
    results: body.result_threshold ?? standard.results,
    score: body.score_threshold ?? standard.score,
    dynamicPercent: body.dynamic_score_percentage ?? standard.dynamic,
    mode,
    filter: (Array.isArray(filter) ? filter : [filter]).filter((wish) => Object.keys(wish).length > 0),
  };
}

/** What was said, what was seen; undefined = both. */
export function sourceOf(indexType: string | undefined): 'transcript' | 'scene' | undefined {
  if (indexType === undefined) return undefined;
  if (/spoken|transcript|audio/i.test(indexType)) return 'transcript';
  return /scene|visual/i.test(indexType) ? 'scene' : undefined;
}
