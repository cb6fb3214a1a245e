import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fakeMicrophone } from '../../support/fake-microphone.ts';
import { readWav, writeWav } from '../../support/wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'fake-microphone-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tone = (rate: number, hz: number, seconds: number) =>
  Int16Array.from({ length: rate * seconds }, (_, index) => Math.round(8000 * Math.sin((2 * Math.PI * hz * index) / rate)));

test('a WAV file comes back as it was written, its second channel left out', () => {
  const pcm = Int16Array.of(0, 1, -1, 32_767, -32_768);
  expect(readWav(writeWav({ rate: 16_000, pcm }))).toEqual({ rate: 16_000, pcm });
  expect(readWav(writeWav({ rate: 44_100, pcm }, 2))).toEqual({ rate: 44_100, pcm });
});

test('the extensible header that ffmpeg writes is understood, float samples are refused', () => {
  const plain = writeWav({ rate: 8000, pcm: Int16Array.of(7) });
  const extensible = Buffer.concat([plain.subarray(0, 36), Buffer.alloc(24), plain.subarray(36)]);
  extensible.writeUInt32LE(40, 16);
  extensible.writeUInt16LE(0xfffe, 20);
  extensible.writeUInt16LE(1, 44);
  expect(readWav(extensible).pcm).toEqual(Int16Array.of(7));
  extensible.writeUInt16LE(3, 44);
  expect(() => readWav(extensible)).toThrow('not 16-bit PCM');
});

test.each([
  ['processed', 48_000, 1],
  ['exact', 44_100, 2],
] as const)('a %s microphone is %i Hz with %i channels, keeps the tone, and ends in silence', (format, rate, channels) => {
  const source = join(folder, 'tone.wav');
  writeFileSync(source, writeWav({ rate: 16_000, pcm: tone(16_000, 1000, 1) }));
  const path = join(folder, `${format}.wav`);
  const made = fakeMicrophone({ path, format, parts: [{ silenceMs: 500 }, { wav: source }] });

  expect(made.startsMs).toEqual([0, 500]);
  expect(made.args.at(-1)).toBe(`--use-file-for-fake-audio-capture=${path}%noloop`);
  const bytes = readFileSync(path);
  expect(bytes.readUInt16LE(22)).toBe(channels);
  const wav = readWav(bytes);
  expect(wav.rate).toBe(rate);
  const expected = tone(rate, 1000, 1);
  const said = wav.pcm.subarray(rate / 2, rate / 2 + rate);
  const middle = Array.from(said.subarray(1000, rate - 1000), (sample, index) =>
    Math.abs(sample - (expected[index + 1000] ?? 0)),
  );
  expect(Math.max(...middle)).toBeLessThan(20);
  expect(wav.pcm.subarray(-rate / 10).every((sample) => sample === 0)).toBe(true);
});
