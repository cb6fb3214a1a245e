import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  espeak,
  faces,
  libvosk,
  moonshine,
  moonshineSpanish,
  objects,
  piper,
  silero,
  voskSpanish,
} from '../../../demo/server/engines/weights-table.ts';

const notice = await readFile(new URL('../../../demo/server/engines/WEIGHTS.md', import.meta.url), 'utf8');

const vosk = libvosk('linux', 'x64');

describe.each([
  espeak,
  faces,
  moonshine,
  moonshineSpanish,
  objects,
  piper,
  silero,
  voskSpanish,
  ...(vosk === null ? [] : [vosk]),
])('$spec', (weights) => {
  it('is pinned by version and sha512', () => {
    expect(weights.spec).toMatch(/^(?:@[\w-]+\/)?[\w-]+@\d+\.\d+\.\d+$/);
    expect(Buffer.from(weights.integrity.replace('sha512-', ''), 'base64')).toHaveLength(64);
    expect(weights.id).toContain(weights.spec.split('@').at(-1) ?? '?');
  });

  it('is named in WEIGHTS.md with its folder and files', () => {
    expect(notice).toContain(`\`${weights.spec}\``);
    expect(notice).toContain(`\`${weights.id}/\``);
    for (const file of Object.values(weights.files).filter((name) => /\.(?:onnx|bin|json)$/.test(name)))
      expect(notice).toContain(`\`${file}\``);
  });
});

it('has a library for the machines that its makers built it for', () => {
  expect(vosk?.files).toEqual({ 'package/lib/linux-x86_64/libvosk.so': 'libvosk' });
  expect(Object.keys(libvosk('darwin', 'arm64')?.files ?? {})).toEqual(['package/lib/osx-universal/libvosk.dylib']);
  expect(libvosk('linux', 'arm64')).toBeNull();
  expect(libvosk('win32', 'x64')).toBeNull();
});
