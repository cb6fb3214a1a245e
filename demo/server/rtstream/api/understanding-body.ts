import { z } from 'zod';
import { connectionId, facts, name, optional, text, tier, shown } from './fields.ts';

/** What `understand` asks for, and the descriptor by which an index names its source (spec §2, v2). */

/** `10s`, `500ms`, `2m`, `10` */
const WINDOW = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/;
const LONGEST_S = 3600;
const SHORTEST_S = 0.5;

/** Seconds; null = not one. */
export function windowSeconds(words: string): number | null {
  const [, amount, unit = 's'] = WINDOW.exec(words.trim()) ?? [];
  if (amount === undefined) return null;
  const seconds = Number(amount) * (unit === 'ms' ? 0.001 : unit === 'm' ? 60 : 1);
  return seconds >= SHORTEST_S && seconds <= LONGEST_S ? seconds : null;
}

const window = z
  .union([z.string().max(20), z.number().transform(String)])
  .refine((value) => windowSeconds(value) !== null, { message: 'seconds of a window, such as 10s, from 0.5s to 3600s' });

const analyzer = z.object({
  type: z.enum(['vlm', 'cua']),
  name: optional(name),
  sampling: optional(z.object({ frame_count: optional(z.coerce.number().int().min(1).max(100)) })),
  config: optional(z.object({ prompt: optional(text), model: tier }).loose()),
});

export const understandingBody = z
  .object({
    segmentation: optional(z.object({ type: optional(z.enum(['time'])), window: optional(window) })),
    analyzers: z.array(analyzer).min(1).max(1, 'one analyzer a stream'),
    store: optional(z.boolean()),
    trigger: optional(z.enum(['interval', 'on_demand'])),
    ws_connection_id: connectionId,
    model_config: optional(facts),
  })
  .meta(
    shown({
      segmentation: { type: 'time', window: '10s' },
      analyzers: [
        { type: 'vlm', name: 'scene', sampling: { frame_count: 5 }, config: { prompt: 'What happens?', model: 'basic' } },
      ],
      store: true,
    }),
  );

/** Node's SDK turns the keys of a descriptor to camelCase before it sends it back (spec §2). */
export const sourceBody = z
  .object({
    understanding_id: optional(z.string().max(200)),
    understandingId: optional(z.string().max(200)),
    output: optional(name),
  })
  .refine(({ understanding_id, understandingId }) => (understanding_id ?? understandingId) !== undefined, {
    path: ['understanding_id'],
    message: 'which understanding the index reads',
  })
  .transform(({ understanding_id, understandingId, output }) => ({ id: understanding_id ?? understandingId ?? '', output }));
