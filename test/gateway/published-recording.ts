import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InitSegment } from '../../demo/server/media/fmp4/init-segment.ts';
import { Fmp4Splitter } from '../../demo/server/media/fmp4/splitter.ts';
import type { EpochFacts, Recording, Segment } from '../../demo/server/media/recording.ts';
import { retime } from '../../demo/server/media/published/retimed.ts';
import { ffmpegPath } from '../support/media-samples.ts';

/** A recording as the gateway keeps it, made of films: each is an epoch, with a gap before it where asked for. */

export interface Take {
  readonly path: string;
  /** Unix ms of its beginning. */
  readonly startMs: number;
  /** Where its media clock begins, s. Default 0. */
  readonly decodeS?: number;
  /** Tracks to take. Default: all. */
  readonly map?: string;
}

const PRIMING_S = 1024 / 48_000;

export async function recordingOf(folder: string, takes: readonly Take[]): Promise<Recording> {
  await mkdir(folder, { recursive: true });
  const segments: Segment[] = [];
  const epochs: EpochFacts[] = [];
  for (const [epoch, take] of takes.entries()) {
    const init = `init-${epoch}-${crypto.randomUUID()}.mp4`;
    const { decodeS = 0 } = take;
    let facts: InitSegment | null = null;
    let originS: number | null = null;
    for (const event of await split(take)) {
      if (event.type === 'init') {
        facts = event.init;
        await writeFile(join(folder, init), event.init.bytes);
        const { video, audio } = event.init;
        const codecs = [video?.codec, audio?.codec].filter((codec) => codec != null).join(',');
        const size = { width: video?.width ?? null, height: video?.height ?? null };
        epochs.push({ epoch, codecs, ...size, hasAudio: audio !== null, hasVideo: video !== null });
        continue;
      }
      const { bytes, startS, durationS } = event.fragment;
      // What an AAC encoder puts before the sound was there before it, too.
      originS ??= startS + (facts?.video === null ? PRIMING_S : 0);
      const file = `${crypto.randomUUID()}.m4s`;
      await writeFile(join(folder, file), facts === null ? bytes : retime(bytes, facts, decodeS));
      const startMs = take.startMs + (startS - originS) * 1000;
      const sizes = { durationMs: durationS * 1000, bytes: bytes.byteLength };
      segments.push({ sequence: segments.length, epoch, file, init, startMs, ...sizes, decodeS: startS + decodeS });
    }
  }
  return fixedRecording(folder, segments, epochs);
}

export function fixedRecording(folder: string, segments: readonly Segment[], facts: readonly EpochFacts[]): Recording {
  const endOf = ({ startMs, durationMs }: Segment): number => startMs + durationMs;
  return {
    folder,
    window: (startMs, endMs) => segments.filter((segment) => endOf(segment) > startMs && segment.startMs < endMs),
    ranges: () => {
      const ranges: { startMs: number; endMs: number }[] = [];
      for (const segment of segments) {
        const last = ranges.at(-1);
        if (last !== undefined && segment.startMs - last.endMs <= 500) last.endMs = endOf(segment);
        else ranges.push({ startMs: segment.startMs, endMs: endOf(segment) });
      }
      return ranges;
    },
    epoch: (epoch) => facts.find((one) => one.epoch === epoch) ?? null,
  };
}

async function split({ path, map = '0' }: Take) {
  const input = ['-hide_banner', '-loglevel', 'error', '-i', path, '-map', map, '-c', 'copy'];
  const form = ['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '1000000'];
  const child = spawn(ffmpegPath(), [...input, ...form, 'pipe:1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const splitter = new Fmp4Splitter();
  const events = [];
  for await (const bytes of child.stdout as AsyncIterable<Buffer>) events.push(...splitter.push(bytes));
  return events;
}
