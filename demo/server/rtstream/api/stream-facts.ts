import { z } from 'zod';
import type { MediaHealth } from '../../media/media-stream.ts';
import { isoTime, toSeconds } from './fields.ts';
import type { RtstreamDeps } from './deps.ts';
import type { StreamRow } from './stream-rows.ts';

/** A stream as the wire tells it (spec §3); what is ours stands beside what the SDKs read. */

const health = z.object({
  state: z.enum(['stopped', 'connecting', 'waiting', 'live', 'retrying', 'ended', 'failed']),
  since: z.number().describe('Unix seconds'),
  error: z.string().nullable(),
  retry_in: z.number().nullable().describe('Seconds'),
  codecs: z.object({ audio: z.string().nullable(), video: z.string().nullable() }),
  width: z.number().nullable(),
  height: z.number().nullable(),
  bits_per_second: z.number(),
  frames_per_second: z.number(),
  bytes: z.number(),
  discontinuities: z.number(),
  transcoded: z.boolean(),
  disk_full: z.boolean(),
});

export const streamSchema = z.object({
  id: z.string(),
  name: z.string(),
  collection_id: z.string(),
  created_at: z.string(),
  sample_rate: z.number().describe('Frames a minute'),
  status: z.enum(['connected', 'stopped']),
  media_types: z.array(z.string()),
  store: z.boolean(),
  channel_id: z.string().nullable(),
  capture_session_id: z.string().nullable(),
  ingest_mode: z.enum(['pull', 'push', 'capture']),
  protocol: z.string().nullable(),
  push_url: z.string().nullable().describe('Where an encoder publishes, in push mode'),
  source: z.string().nullable().describe('What is pulled, without credentials'),
  live_url: z.string().describe('Playlist of the live picture'),
  player_url: z.string().describe('Page that plays it'),
  health: health.nullable().describe('Null while it is not taken in'),
});

export type StreamFacts = z.output<typeof streamSchema>;

/** Scheme, host and path; user, password and query are the source's secrets. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return '';
  const parsed = new URL(url);
  return parsed.protocol === 'file:' ? 'file:' : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

const healthFacts = (now: MediaHealth): z.output<typeof health> => ({
  state: now.state,
  since: toSeconds(now.sinceMs),
  error: now.error,
  retry_in: now.retryInMs === null ? null : toSeconds(now.retryInMs),
  codecs: { audio: now.codecs.audio, video: now.codecs.video },
  width: now.width,
  height: now.height,
  bits_per_second: now.bitsPerSecond,
  frames_per_second: now.framesPerSecond,
  bytes: now.bytes,
  discontinuities: now.discontinuities,
  transcoded: now.transcoded,
  disk_full: now.diskFull,
});

/** `base`: as the caller reaches this gateway. `secrets`: may the caller learn where to publish? */
export function streamFacts(
  { urls, running, media }: Pick<RtstreamDeps, 'urls' | 'running' | 'media'>,
  base: string,
  row: StreamRow,
  secrets: boolean,
): StreamFacts {
  const liveUrl = urls.live(base, row.id);
  const push = row.push_key !== null && secrets ? media.pushUrl(row.push_key) : null;
  return {
    id: row.id,
    name: row.name,
    collection_id: row.collection_id,
    created_at: isoTime(row.created_at),
    sample_rate: row.sample_rate,
    status: row.status,
    media_types: row.media_types,
    store: row.store,
    channel_id: row.channel_id,
    capture_session_id: row.capture_session_id,
    ingest_mode: row.ingest_mode,
    protocol: row.ingest_mode === 'push' ? 'rtmp' : null,
    push_url: push,
    source: row.url === null ? null : withoutSecrets(row.url),
    live_url: liveUrl,
    player_url: urls.player(base, liveUrl, { title: row.name }),
    health: healthOf(running.health(row.id)),
  };
}

const healthOf = (now: MediaHealth | null): StreamFacts['health'] => (now === null ? null : healthFacts(now));
