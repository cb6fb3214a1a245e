import { z } from 'zod';
import type { RtstreamDeps } from './deps.ts';
import { isoTime } from './fields.ts';
import type { VideoRow } from './video-rows.ts';

/** A video as the wire tells it (spec §3, §8): `length` is a number, never null. */

export const videoSchema = z.object({
  id: z.string(),
  collection_id: z.string(),
  user_id: z.string(),
  name: z.string(),
  description: z.string(),
  length: z.number().describe('Seconds'),
  size: z.number().describe('Bytes'),
  stream_url: z.string(),
  player_url: z.string(),
  thumbnail_url: z.string().nullable(),
  rtstream_id: z.string().nullable(),
  start: z.number().nullable().describe('Unix seconds of its first frame'),
  spoken_index: z.enum(['none', 'processing', 'ready', 'failed']),
  created_at: z.string(),
});

export type VideoFacts = z.output<typeof videoSchema>;

export function videoFacts(
  { urls, published }: Pick<RtstreamDeps, 'urls' | 'published'>,
  base: string,
  row: VideoRow,
): VideoFacts {
  const streamUrl = urls.video(base, row.id);
  return {
    id: row.id,
    collection_id: row.collection_id,
    // There is one account here: the operator's.
    user_id: 'operator',
    name: row.name,
    description: row.description,
    length: row.length,
    size: row.size,
    stream_url: streamUrl,
    player_url: urls.player(base, streamUrl, { title: row.name, description: row.description }),
    thumbnail_url: published.thumbnailUrl(base, row.id),
    rtstream_id: row.stream_id,
    start: row.start_ms === null ? null : row.start_ms / 1000,
    spoken_index: row.spoken_index,
    created_at: isoTime(row.created_at),
  };
}
