import type { Selectable } from 'kysely';
import type { VideoTable } from '../../store/video-tables.ts';
import { ApiError } from './api-error.ts';
import type { Progress, RtstreamDeps } from './deps.ts';
import { findVideo } from './video-rows.ts';
import type { StreamRow } from './stream-rows.ts';

/** One video for one recording, however often it is asked for (spec §2). */

// A type, not an interface: a job's outcome is a plain record.
export type ExportAnswer = {
  readonly video_id: string;
  readonly stream_url: string;
  readonly player_url: string;
  readonly name: string;
  readonly duration: number;
};

/** A video reaches the end of the recording when no more than this is missing: lengths are those of whole frames. */
const SLACK_MS = 1500;

export async function exportStream(
  deps: RtstreamDeps,
  base: string,
  stream: StreamRow,
  name: string,
  progress: Progress,
): Promise<ExportAnswer> {
  const { database, media, running, published, urls } = deps;
  const ends = media
    .recording(stream.id)
    .ranges()
    .map(({ endMs }) => endMs);
  if (ends.length === 0) throw new ApiError(400, 'not_recorded', 'Nothing of this stream was recorded.');
  const endMs = Math.max(...ends);
  const videos = await database
    .selectFrom('videos')
    .selectAll()
    .where('stream_id', '=', stream.id)
    .where('start_ms', 'is not', null)
    .orderBy('created_at', 'desc')
    .execute();
  let video = videos.find((known) => reaches(known, endMs));
  if (video === undefined) {
    // The last words go into its captions.
    await running.settled(stream.id);
    video = await findVideo(database, await published.exportStream({ streamId: stream.id, name, progress }));
  }
  const streamUrl = urls.video(base, video.id);
  return {
    video_id: video.id,
    stream_url: streamUrl,
    player_url: urls.player(base, streamUrl, { title: video.name }),
    name: video.name,
    duration: video.length,
  };
}

/** True when this video was made after the recording ended: the clock of its making is not asked, its own end is. */
export function reaches(video: Pick<Selectable<VideoTable>, 'start_ms' | 'length'>, recordingEndMs: number): boolean {
  return video.start_ms !== null && video.start_ms + video.length * 1000 >= recordingEndMs - SLACK_MS;
}
