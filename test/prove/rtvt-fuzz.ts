import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { hostile, mutations, readAll, seeded, streamAll } from '../support/rtvt-fuzz.ts';

/**
 * `npm run prove:rtvt-fuzz`: FRAMES (10⁶ by default) hostile messages through every reader, whole and out of a byte stream in random chunks.
 * Anything but a typed error, a hang or growth ends it with 1. SEED chooses the messages.
 */

const FRAMES = Number(process.env['FRAMES'] ?? 1_000_000);
const SEED = Number(process.env['SEED'] ?? 1);
/** A machine that does other things as well may stop us for a while; a hang is longer. */
const SLOW_MS = 2_000;
const GROWTH_BYTES = 32 * 1024 * 1024;

const random = seeded(SEED);
const rows = new Map(Object.keys(mutations).map((how) => [how, { read: 0, refused: 0, whole: 0, waiting: 0, cut: 0 }]));
let slowest = 0;
let settledHeap = 0;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
};
const begun = performance.now();
for (let count = 0; count < FRAMES; count++) {
  const { how, bytes } = hostile(random);
  const row = rows.get(how);
  if (!row) throw new Error(how);
  const before = performance.now();
  row[readAll(bytes)] += 1;
  const streamed = streamAll(bytes, random);
  row[streamed === 'refused' ? 'cut' : streamed] += 1;
  slowest = Math.max(slowest, performance.now() - before);
  if (count === Math.floor(FRAMES / 10)) settledHeap = heap();
}
const seconds = (performance.now() - begun) / 1000;
const growth = heap() - settledHeap;

console.log(
  `${FRAMES} hostile messages (seed ${SEED}) in ${seconds.toFixed(1)} s; every outcome is a value or an AssistantError\n`,
);
console.log(
  'how'.padEnd(32),
  'read'.padStart(8),
  'refused'.padStart(8),
  '  as stream: whole'.padStart(8),
  'waiting'.padStart(8),
  'given up',
);
for (const [how, { read, refused, whole, waiting, cut }] of rows)
  console.log(
    how.padEnd(32),
    String(read).padStart(8),
    String(refused).padStart(8),
    String(whole).padStart(18),
    String(waiting).padStart(8),
    String(cut).padStart(8),
  );
console.log(`\nslowest message ${slowest.toFixed(1)} ms · growth after the first tenth ${(growth / 1024 / 1024).toFixed(1)} MiB`);
if (slowest > SLOW_MS || growth > GROWTH_BYTES) {
  console.error('too slow, or it grows');
  process.exitCode = 1;
}
