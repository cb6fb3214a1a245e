import type { Track } from '../media-stream.ts';
import type { InputFacts, InputTrack } from './input-tracks.ts';

/** What is done with each track: copied where players play it, encoded anew where they do not, left out where it is not wanted. */

export type Handling = 'copy' | 'encode' | 'none';

export interface Plan extends Readonly<Record<Track, Handling>> {
  /**
   * What describes the tracks is written with their first packets. Never without need: then a track that is announced and stays silent
   * holds everything up.
   */
  readonly describedLate: boolean;
}

/** Twenty to forty times cheaper than encoding, so it is tried first: most sources are H.264 and AAC. */
export const copyEverything = (wanted: readonly Track[]): Plan => ({
  video: wanted.includes('video') ? 'copy' : 'none',
  audio: wanted.includes('audio') ? 'copy' : 'none',
  describedLate: false,
});

/** The plan for what a source turned out to have. Null: none of what is wanted is in it. */
export function planFor({ tracks, describedLate }: InputFacts, wanted: readonly Track[]): Plan | null {
  const handling = (kind: Track): Handling => {
    const track = tracks.find((candidate) => candidate.kind === kind);
    if (track === undefined || !wanted.includes(kind)) return 'none';
    return playable(track) ? 'copy' : 'encode';
  };
  const audio = handling('audio');
  const plan = { video: handling('video'), audio, describedLate: describedLate && audio === 'copy' };
  return plan.video === 'none' && plan.audio === 'none' ? null : plan;
}

const COPIED_PICTURES = new Set(['h264', 'vp9', 'av1']);

function playable({ kind, codec, words }: InputTrack): boolean {
  if (kind === 'audio') return codec === 'aac' && !/\b(Main|SSR|LTP|LD|ELD)\b/.test(words.slice(0, 12));
  // Browsers decode 4:2:0 in 8 bits.
  return COPIED_PICTURES.has(codec) && !/\b(yuv4(22|44|11)p|yuvj4(22|44)p|yuv\w+p1\d|gray|High (10|4:))/.test(words);
}

export const samePlan = (one: Plan, other: Plan): boolean =>
  one.video === other.video && one.audio === other.audio && one.describedLate === other.describedLate;

/** Seconds between key frames where we encode. */
const KEY_FRAME_S = 2;

/** ffmpeg's arguments behind the input: what is made of it, as fragmented MP4 on standard output. */
export function outputArguments(plan: Plan): readonly string[] {
  const args: string[] = [];
  // V leaves covers of songs out; ? because the first try does not know yet what there is.
  if (plan.video !== 'none') args.push('-map', '0:V:0?');
  if (plan.audio !== 'none') args.push('-map', '0:a:0?');
  args.push('-sn', '-dn');
  if (plan.video === 'none') args.push('-vn');
  if (plan.audio === 'none') args.push('-an');
  if (plan.video === 'copy') args.push('-c:v', 'copy');
  if (plan.video === 'encode') {
    args.push(
      ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'high', '-crf', '24'],
      ...['-maxrate', '6M', '-bufsize', '12M', '-threads', '2', '-sc_threshold', '0', '-g', '600'],
      ...[
        '-vf',
        "scale=w='min(1920,iw)':h=-2,format=yuv420p",
        '-force_key_frames',
        `expr:gte(t,n_forced*${String(KEY_FRAME_S)})`,
      ],
    );
  }
  // RTSP and transport streams bring AAC in another wrapping than MP4 has; on what is wrapped right the filter does nothing.
  if (plan.audio === 'copy') args.push('-c:a', 'copy', '-bsf:a', 'aac_adtstoasc');
  if (plan.audio === 'encode') {
    // Holes become silence: the encoder itself only counts samples.
    args.push('-c:a', 'aac', '-b:a', '96k', '-ar', '48000', '-af', 'aresample=async=1:min_hard_comp=0.05');
  }
  args.push(
    // A track that is announced and stays silent does not hold the other back for ten seconds.
    ...['-max_interleave_delta', '1000000', '-max_muxing_queue_size', '1024'],
    ...['-f', 'mp4', '-use_editlist', '0'],
    ...['-movflags', `+frag_keyframe+${plan.describedLate ? 'delay_moov' : 'empty_moov'}+default_base_moof`],
    ...['-frag_duration', '500000', '-flush_packets', '1', 'pipe:1'],
  );
  return args;
}
