import type { Database } from '../../store/tables.ts';
import type { Media } from '../media-stream.ts';
import { captionsOf } from './captions.ts';
import type { Captions } from './captions.ts';
import { clipOf } from './clip.ts';
import type { ClipRange } from './clip.ts';
import { linesOf } from './stream-words.ts';
import { spansOf } from './timeline.ts';
import { vtt } from './vtt.ts';

/** Captions of a stretch of a recording, from what was heard so far; nothing of them is kept. */

interface Deps {
  readonly media: Pick<Media, 'recording'>;
  readonly database: Database;
}

export interface ClipCaptions extends Captions {
  /** WebVTT */
  readonly text: string;
}

/** In every language that there is. Throws as `clipOf`. */
export async function clipCaptions(
  { media, database }: Deps,
  clip: ClipRange & { readonly streamId: string },
): Promise<readonly ClipCaptions[]> {
  const { segments } = clipOf(media.recording(clip.streamId), clip);
  const spans = spansOf(segments);
  const captions = captionsOf(await linesOf(database, [clip.streamId], spans));
  return captions.map((track) => ({ ...track, text: vtt(track.cues, segments[0]?.decodeS ?? 0) }));
}
