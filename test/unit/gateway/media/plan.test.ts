import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../../demo/server/media/ingest/backoff.ts';
import { InputReader } from '../../../../demo/server/media/ingest/input-tracks.ts';
import type { InputFacts } from '../../../../demo/server/media/ingest/input-tracks.ts';
import { outputArguments, planFor } from '../../../../demo/server/media/ingest/plan.ts';
import type { Track } from '../../../../demo/server/media/media-stream.ts';
import { TranscodeSlots } from '../../../../demo/server/media/ingest/transcode-slots.ts';

const read = (text: string): InputFacts | null => {
  const reader = new InputReader();
  for (const line of text.split('\n')) reader.line(line);
  return reader.facts;
};

const input = (...tracks: readonly string[]): string =>
  [
    "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'x.mp4':",
    '  Metadata:',
    '    encoder         : Lavf59',
    '  Duration: 01:02:03.50, start: 0.000000, bitrate: 480 kb/s',
    ...tracks.map((words, index) => `  Stream #0:${String(index)}[0x1](und): ${words}`),
    'Stream mapping:',
    '  Stream #0:0 -> #0:0 (copy)',
    "Output #0, mp4, to 'pipe:1':",
    '  Stream #0:0(und): Video: hevc',
  ].join('\n');

const H264 = 'Video: h264 (Constrained Baseline) (avc1 / 0x31637661), yuv420p(progressive), 640x360, 400 kb/s, 25 fps';
const AAC = 'Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, mono, fltp, 64 kb/s (default)';

describe('what a source has', () => {
  it('is read from what ffmpeg says of it, not of what it makes', () => {
    expect(read(input(H264, AAC))).toMatchObject({
      durationS: 3723.5,
      tracks: [
        { kind: 'video', codec: 'h264' },
        { kind: 'audio', codec: 'aac' },
      ],
    });
  });

  it('of a live source has no end', () => {
    expect(read(input(H264).replace(/Duration: [^,]+/, 'Duration: N/A'))?.durationS).toBeNull();
    // As live FLV is described.
    expect(read(input(H264).replace(/Duration: [^,]+/, 'Duration: 00:00:00.00'))?.durationS).toBeNull();
  });

  it('leaves out the cover of a song', () => {
    expect(read(input('Video: mjpeg, yuvj420p, 600x600 (attached pic)', AAC))?.tracks.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('is not known before all of it was said', () => {
    const reader = new InputReader();
    reader.line("Input #0, rtsp, from '…':");
    reader.line(`  Stream #0:0: ${H264}`);
    expect(reader.facts).toBeNull();
  });
});

const never = (): never => {
  throw new Error('nothing was read');
};

describe('the plan', () => {
  const plan = (tracks: readonly string[], wanted: readonly Track[] = ['audio', 'video']): unknown =>
    planFor(read(input(...tracks)) ?? { tracks: [], durationS: null, describedLate: false }, wanted);

  it('copies what players play and encodes nothing else than it must', () => {
    expect(plan([H264, AAC])).toMatchObject({ video: 'copy', audio: 'copy' });
    expect(plan([H264])).toMatchObject({ video: 'copy', audio: 'none' });
    expect(plan([AAC])).toMatchObject({ video: 'none', audio: 'copy' });
    expect(plan([H264, 'Audio: pcm_alaw, 8000 Hz, mono, s16, 64 kb/s'])).toMatchObject({ video: 'copy', audio: 'encode' });
    expect(plan([H264, 'Audio: opus, 48000 Hz, stereo, fltp'])).toMatchObject({ video: 'copy', audio: 'encode' });
    for (const video of ['vp8, yuv420p(tv)', 'mjpeg (Baseline), yuvj422p', 'hevc (Main), yuv420p(tv)', 'mpeg4, yuv420p'])
      expect(plan([`Video: ${video}, 640x360`, AAC])).toMatchObject({ video: 'encode', audio: 'copy' });
    expect(plan(['Video: h264 (High 4:2:2), yuv422p10le, 640x360'])).toMatchObject({ video: 'encode', audio: 'none' });
    expect(plan(['Video: vp9 (Profile 0), yuv420p(tv), 640x360'])).toMatchObject({ video: 'copy', audio: 'none' });
  });

  it('leaves out what is not wanted', () => {
    expect(plan([H264, AAC], ['video'])).toMatchObject({ video: 'copy', audio: 'none' });
    expect(plan(['Video: vp8, yuv420p', AAC], ['audio'])).toMatchObject({ video: 'none', audio: 'copy' });
    expect(plan([H264], ['audio'])).toBeNull();
  });

  it('waits for the description of sound that comes in transport streams, and of no other', () => {
    const late = (format: string): boolean | undefined =>
      planFor(read(input(H264, AAC).replace('mov,mp4,m4a,3gp,3g2,mj2', format)) ?? never(), ['audio', 'video'])?.describedLate;
    expect([late('hls'), late('mpegts'), late('rtsp'), late('flv')]).toEqual([true, true, false, false]);
  });

  it('becomes arguments that name no track that is not wanted', () => {
    const args = outputArguments({ video: 'none', audio: 'encode', describedLate: false });
    expect(args).toContain('-vn');
    expect(args.join(' ')).not.toContain('0:V');
    expect(args.join(' ')).toContain('-c:a aac');
    expect(outputArguments({ video: 'copy', audio: 'copy', describedLate: false }).join(' ')).not.toContain('libx264');
  });
});

describe('trying again', () => {
  it('takes half a second at first and half a minute at most', () => {
    expect([0, 1, 3, 6, 50].map((failures) => backoffMs(failures, 0.999))).toEqual([500, 1000, 3998, 29985, 29985]);
    expect(backoffMs(6, 0)).toBe(15_000);
    expect(backoffMs(0, 0)).toBe(500);
  });
});

describe('encoding', () => {
  it('is done for so many at once only', () => {
    const slots = new TranscodeSlots(1);
    const giveBack = slots.take();
    expect(slots.take()).toBeNull();
    giveBack?.();
    giveBack?.();
    expect(slots.take()).not.toBeNull();
    expect(slots.take()).toBeNull();
  });
});
