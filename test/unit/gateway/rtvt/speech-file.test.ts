import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** Files of spoken sentences, with stand-ins for ffmpeg on the path. */

const pcm = new Int16Array(1600).fill(7);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'viva-ffmpeg-'));
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function fileWith(script: string | null): Promise<string> {
  if (script === null) vi.stubEnv('PATH', folder);
  else {
    writeFileSync(join(folder, 'ffmpeg'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'ffmpeg'), 0o755);
  }
  const { speechFile } = await import('../../../../demo/server/rtvt/speech-file.ts');
  const file = await speechFile(pcm, new AbortController().signal);
  return Buffer.from(file).toString('latin1');
}

it('is what ffmpeg makes of it, where there is one', async () => {
  const file = await fileWith('[ "$1" = -version ] && exit 0; printf ID3; wc -c');
  expect(file.trim()).toMatch(/^ID3\s*3244$/);
});

it('is wav where there is none, where it fails, and where it makes nothing', async () => {
  for (const script of [null, '[ "$1" = -version ] && exit 0; cat > /dev/null; exit 1', 'cat > /dev/null']) {
    vi.resetModules();
    vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
    const file = await fileWith(script);
    expect(file.slice(0, 4)).toBe('RIFF');
    expect(file).toHaveLength(44 + 2 * pcm.length);
  }
});
