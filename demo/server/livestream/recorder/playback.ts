import type { LiveMedia } from '../../media/create-media.ts';
import type { MediaUrls } from '../../media/urls.ts';
import { streamIdOf } from './parts.ts';
import type { Parts } from './parts.ts';
import type { Playback } from './recorder.ts';

/** Where a task's recording is played, whoever recorded it. */

export interface PlaybackParts {
  readonly parts: Pick<Parts, 'finished'>;
  readonly media: Pick<LiveMedia, 'find'>;
  readonly urls: Pick<MediaUrls, 'live' | 'clip'>;
}

/** `base`: as `MediaUrls`. */
export async function playbackOf({ parts, media, urls }: PlaybackParts, taskId: string, base: string): Promise<Playback> {
  const streamId = streamIdOf(taskId);
  const recorded = await parts.finished(taskId);
  const [first] = recorded;
  const endMs = Math.max(...recorded.map(({ end_ms }) => end_ms ?? 0));
  return {
    liveUrl: media.find(streamId)?.health.value.state === 'live' ? urls.live(base, streamId) : null,
    recordedUrl: first === undefined ? null : urls.clip(base, streamId, first.start_ms, endMs),
  };
}
