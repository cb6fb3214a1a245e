import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fmp4Splitter } from '../fmp4/splitter.ts';
import type { EpochFacts, Segment } from '../recording.ts';
import { PublishedError } from './published-error.ts';

/** Writes running fragmented MP4 as the segments of a video; each begins at a key frame. */

export interface SegmentedWish {
  readonly folder: string;
  /** Before the names of its files. */
  readonly prefix: string;
  /** Unix ms of its first sample. */
  readonly startMs: number;
}

/** What makes ffmpeg write it: a fragment a key frame, or every two seconds where there is sound alone. */
export const segmentedForm = (hasVideo: boolean): readonly string[] => [
  ...['-f', 'mp4', '-movflags', `+${hasVideo ? 'frag_keyframe' : 'dash'}+empty_moov+default_base_moof`],
  ...(hasVideo ? [] : ['-frag_duration', '2000000']),
  'pipe:1',
];

/** Throws `PublishedError` `failed` when nothing came. */
export async function writeSegments(
  output: AsyncIterable<Uint8Array>,
  { folder, prefix, startMs }: SegmentedWish,
): Promise<{ segments: readonly Segment[]; epochs: readonly EpochFacts[] }> {
  const splitter = new Fmp4Splitter();
  const init = `${prefix}init.mp4`;
  const segments: Segment[] = [];
  const epochs: EpochFacts[] = [];
  let firstS: number | null = null;
  for await (const bytes of output) {
    for (const event of splitter.push(bytes)) {
      if (event.type === 'init') {
        const { video, audio } = event.init;
        await writeFile(join(folder, init), event.init.bytes);
        const codecs = [video?.codec, audio?.codec].filter((codec) => codec != null).join(',');
        const size = { width: video?.width ?? null, height: video?.height ?? null };
        epochs.push({ epoch: 0, codecs, ...size, hasAudio: audio !== null, hasVideo: video !== null });
        continue;
      }
      const { fragment } = event;
      const file = `${prefix}${String(segments.length).padStart(6, '0')}.m4s`;
      await writeFile(join(folder, file), fragment.bytes);
      firstS ??= fragment.startS;
      segments.push({
        ...{ sequence: segments.length, epoch: 0, file, init },
        startMs: startMs + (fragment.startS - firstS) * 1000,
        durationMs: fragment.durationS * 1000,
        bytes: fragment.bytes.byteLength,
        decodeS: fragment.startS,
      });
    }
  }
  if (segments.length === 0) throw new PublishedError('failed', 'The film could not be made: nothing came of it.');
  return { segments, epochs };
}
