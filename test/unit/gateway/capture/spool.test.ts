import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ClockOffset, epochZeroMs } from '../../../../demo/server/capture/clock.ts';
import { channelOf } from '../../../../demo/server/capture/channel-name.ts';
import { Spool } from '../../../../demo/server/capture/spool.ts';
import type { SequencedChunk } from '../../../../src/protocols/capture/codec.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'viva-voce-spool-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = (cause: Error): void => {
  throw cause;
};
const chunk = (sequence: number, more: Partial<SequencedChunk> = {}): SequencedChunk => ({
  ...{ channel: 'mic', sequence, epoch: 1, init: sequence === 1, key: sequence % 5 === 2 },
  ...{
    capturedMs: 1000 + sequence,
    fromMs: sequence * 200,
    toMs: sequence * 200 + 200,
    bytes: Uint8Array.from([sequence, sequence]),
  },
  ...more,
});

it('what is acknowledged is there after a restart, and a torn end is not', async () => {
  const spool = Spool.open(folder, never);
  for (let sequence = 1; sequence <= 10; sequence += 1) spool.append(chunk(sequence));
  spool.skip(14);
  await spool.settled();
  expect(spool.stored.value).toBe(14);
  await spool.close();
  const [file = ''] = readdirSync(folder);
  const { size } = statSync(join(folder, file));
  appendFileSync(join(folder, file), Uint8Array.from([0, 0, 1, 0, 0, 9, 9]));
  const again = Spool.open(folder, never);
  expect([again.stored.value, again.taken, again.entries.length]).toEqual([14, 14, 10]);
  expect(statSync(join(folder, file)).size).toBe(size);
  again.append(chunk(15));
  await again.settled();
  const bytes = await Promise.all(again.entries.map((entry) => again.read(entry)));
  expect(bytes.map(([first]) => first)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15]);
  await again.close();
});

it('drops whole files that nobody needs, but never a head that somebody does', async () => {
  const spool = Spool.open(folder, never);
  const large = new Uint8Array(3 * 1024 * 1024);
  for (let sequence = 1; sequence <= 12; sequence += 1) {
    spool.append(chunk(sequence, { bytes: sequence === 1 ? Uint8Array.from([1]) : large }));
    await spool.settled();
  }
  const before = readdirSync(folder).length;
  await spool.tidy(12);
  expect(readdirSync(folder).length).toBeLessThan(before);
  expect(spool.entries[0]).toMatchObject({ sequence: 1, init: true });
  expect(await spool.read(spool.entries[0]!)).toEqual(Uint8Array.from([1]));
  spool.append(chunk(13, { epoch: 2, init: true }));
  spool.append(chunk(14, { epoch: 2, key: true, bytes: large }));
  spool.append(chunk(15, { epoch: 2, bytes: large }));
  await spool.settled();
  spool.append(chunk(16, { epoch: 2, bytes: large }));
  await spool.settled();
  await spool.tidy(14);
  expect(spool.entries.every(({ epoch, sequence }) => epoch === 2 || sequence > 10)).toBe(true);
  await spool.close();
});

it('tells when the disk takes no more, and goes on where it stood', async () => {
  const failures: Error[] = [];
  const spool = Spool.open(join(folder, 'x'), (cause) => failures.push(cause));
  spool.append(chunk(1));
  await spool.settled();
  await spool.close();
  rmSync(join(folder, 'x'), { recursive: true });
  spool.append(chunk(2));
  await spool.settled();
  expect(failures).toHaveLength(1);
  expect([spool.stored.value, spool.taken]).toEqual([1, 1]);
});

it('the clock of a page is told by its quickest answer', () => {
  const offset = new ClockOffset();
  expect(offset.offsetMs).toBeNull();
  offset.sample(10_000, 500, 10_200);
  offset.sample(11_000, 1410, 11_010);
  offset.sample(12_000, 2500, 12_400);
  expect(offset.offsetMs).toBe(11_005 - 1410);
});

it('an epoch began when the earliest of its chunks says', () => {
  const entry = (epoch: number, capturedMs: number, toMs: number) => ({ epoch, init: false, capturedMs, toMs });
  const entries = [entry(1, 90, 20), entry(2, 1240, 200), entry(2, 1403, 400), entry(2, 1650, 600)];
  expect(epochZeroMs(entries, 2)).toBe(1003);
  expect(epochZeroMs(entries, 1)).toBe(70);
  expect(epochZeroMs(entries, 3)).toBeNull();
});

it('channels are known by the words that recorders write', () => {
  const known = ['mic', 'MIC:default', 'display:1', 'screen', 'system_audio:x', 'camera:0', 'thermal', ''];
  expect(known.map(channelOf)).toEqual(['mic', 'mic', 'screen', 'screen', 'system_audio', 'camera', null, null]);
});
