import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { clipPlaylist } from '../../demo/server/media/published/clip.ts';
import type { EpochFacts, Recording, Segment } from '../../demo/server/media/recording.ts';

/**
 * `npm run prove:playlists`: what `generate_stream` costs over a minute, ten, an hour and a day of a day's recording of two-second segments
 * with a cut every hour: time and bytes of the playlist. Nothing of the media is touched, whatever the length.
 */

const SEGMENT_MS = 2000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CUT_MS = 5000;
const START_MS = Date.UTC(2026, 10, 19);
const TIMES = 50;

const segments: Segment[] = Array.from({ length: DAY_MS / SEGMENT_MS }, (_, index) => {
  const epoch = Math.floor((index * SEGMENT_MS) / HOUR_MS);
  const name = index.toString(16).padStart(8, '0').repeat(4);
  return {
    ...{ sequence: index, epoch, file: `${name}.m4s`, init: `${epoch.toString(16).padStart(32, 'a')}.mp4`, bytes: 650_000 },
    startMs: START_MS + index * SEGMENT_MS + epoch * CUT_MS,
    durationMs: SEGMENT_MS,
    decodeS: ((index * SEGMENT_MS) % HOUR_MS) / 1000,
  };
});

/** As the gateway's own: found by halving. */
const first = (startMs: number): number => {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment !== undefined && segment.startMs + segment.durationMs <= startMs) low = middle + 1;
    else high = middle;
  }
  return low;
};
const facts: EpochFacts = { epoch: 0, codecs: '', width: null, height: null, hasAudio: true, hasVideo: true };
const recording: Recording = {
  folder: '/nowhere',
  window: (startMs, endMs) => {
    const from = first(startMs);
    let to = from;
    while (to < segments.length && (segments[to]?.startMs ?? Infinity) < endMs) to++;
    return segments.slice(from, to);
  },
  ranges: () => [],
  epoch: () => facts,
};

const middleOf = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;

const rows = [
  ['30 s', 30_000],
  ['1 min', 60_000],
  ['10 min', 600_000],
  ['60 min', HOUR_MS],
  ['24 h', DAY_MS + 24 * CUT_MS],
] as const;

console.log(
  '| range | ms (median) | ms (slowest) | CPU ms | segments | bytes | bytes, gzip |\n| --- | ---: | ---: | ---: | ---: | ---: |',
);
for (const [name, lengthMs] of rows) {
  const startMs = START_MS + Math.max(0, (DAY_MS - lengthMs) / 2 + 700);
  const wish = lengthMs >= DAY_MS ? { startMs: START_MS, endMs: START_MS + lengthMs } : { startMs, endMs: startMs + lengthMs };
  const took: number[] = [];
  let text = '';
  const before = process.cpuUsage();
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    text = clipPlaylist(recording, wish);
    took.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000 / TIMES;
  const count = text.match(/m4s$/gm)?.length ?? 0;
  const cells = [
    middleOf(took).toFixed(3),
    Math.max(...took).toFixed(3),
    cpuMs.toFixed(3),
    count,
    text.length,
    gzipSync(text).length,
  ];
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
