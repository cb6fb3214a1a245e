import { appendFile, writeFile } from 'node:fs/promises';
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

/** What makes ffmpeg write it: a fragment a key frame, and one every two seconds where there is sound alone. */
export const segmentedForm = (hasVideo: boolean): readonly string[] => [
  ...['-f', 'mp4', '-movflags', `${hasVideo ? '+frag_keyframe' : ''}+empty_moov+default_base_moof`],
  ...['-frag_duration', '2000000', 'pipe:1'],
];

interface Growing {
  readonly file: string;
  readonly startS: number;
  readonly lagMs: number;
  endS: number;
  bytes: number;
}

/** Throws `PublishedError` `failed` when nothing came. */
export async function writeSegments(
  output: AsyncIterable<Uint8Array>,
  { folder, prefix, startMs }: SegmentedWish,
): Promise<{ segments: readonly Segment[]; epochs: readonly EpochFacts[] }> {
  const splitter = new Fmp4Splitter();
  const init = `${prefix}init.mp4`;
  const grown: Growing[] = [];
  const epochs: EpochFacts[] = [];
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
      const last = grown.at(-1);
      const endS = fragment.startS + fragment.durationS;
      // One that needs the picture before it belongs to that; what has no picture, because that has ended, stands alone.
      if (last !== undefined && fragment.video !== null && !fragment.keyFrame) {
        await appendFile(join(folder, last.file), fragment.bytes);
        last.endS = endS;
        last.bytes += fragment.bytes.byteLength;
        continue;
      }
      const file = `${prefix}${String(grown.length).padStart(6, '0')}.m4s`;
      await writeFile(join(folder, file), fragment.bytes);
      if (last !== undefined) last.endS = fragment.startS;
      grown.push({ file, startS: fragment.startS, lagMs: fragment.lagS * 1000, endS, bytes: fragment.bytes.byteLength });
    }
  }
  const [first] = grown;
  if (first === undefined) throw new PublishedError('failed', 'The film could not be made: nothing came of it.');
  const segments = grown.map(({ file, startS, lagMs, endS, bytes }, sequence) => ({
    ...{ sequence, epoch: 0, file, init, bytes, decodeS: startS },
    startMs: startMs + (startS - first.startS) * 1000,
    durationMs: (endS - startS) * 1000,
    ...(lagMs === 0 ? {} : { lagMs }),
  }));
  return { segments, epochs };
}
