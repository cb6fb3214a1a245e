import { json } from '../../store/json.ts';
import type { RtstreamDeps } from './deps.ts';
import type { StreamRow } from './stream-rows.ts';

/** How many frames of a window are looked at where an index does not say so: as many as the stream's sample rate gives. */

/** Stands in the configuration of an index whose frames follow the stream; not told. */
export const FRAMES_BY = 'frames_by';
const FOLLOWS = 'sample_rate';
const MAX_FRAMES = 60;

/** `rate`: frames a minute. At least one. */
export const framesOf = (seconds: number, rate: number): number =>
  Math.max(1, Math.min(MAX_FRAMES, Math.round((seconds * rate) / 60)));

export const followingFrames = (seconds: number, rate: number): Readonly<Record<string, string | number>> => ({
  time: seconds,
  frame_count: framesOf(seconds, rate),
  [FRAMES_BY]: FOLLOWS,
});

/** Brings the indexes that follow the stream's sample rate to its new one. */
export async function followSampleRate({ database, running }: RtstreamDeps, stream: StreamRow): Promise<void> {
  const indexes = await database.selectFrom('indexes').selectAll().where('stream_id', '=', stream.id).execute();
  const following = indexes.filter(({ extraction_config }) => extraction_config[FRAMES_BY] === FOLLOWS);
  if (following.length === 0) return;
  const ids = following.map(({ id }) => id);
  // Ended and begun again: an index reads its configuration once.
  await database.updateTable('indexes').set({ status: 'stopped' }).where('id', 'in', ids).execute();
  await running.sync(stream.id);
  for (const { id, status, extraction_config } of following) {
    const config = followingFrames(Number(extraction_config['time']), stream.sample_rate);
    await database
      .updateTable('indexes')
      .set({ status, extraction_config: json(config) })
      .where('id', '=', id)
      .execute();
  }
}
