import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/protocols/realtime/adapters.ts';

/** What the protocols' documents say of their own folders is so. */

const root = join(import.meta.dirname, '../../../src/protocols');
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const documentOf = (folder: string): string => readFileSync(join(root, folder, 'PROTOCOL.md'), 'utf8');

it('each protocol has its document', () => {
  expect(folders.length).toBeGreaterThanOrEqual(5);
  for (const folder of folders) expect(documentOf(folder)).toMatch(/^# .+\n\n\S/);
});

describe.each(folders)('%s', (folder) => {
  it('names files that are there', () => {
    const there = readdirSync(join(root, folder));
    const named = [...documentOf(folder).matchAll(/`([\w*-]+\.ts)`/g)].map(([, name = '']) => name);
    const pattern = (name: string) => new RegExp(`^${name.replace('.', '\\.').replace('*', '.*')}$`);
    expect(named.filter((name) => !there.some((file) => pattern(name).test(file)))).toEqual([]);
  });
});

it('the presets of Realtime are those of the table: dialect, way of the secret, rates', () => {
  const rows = [...documentOf('realtime').matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*) \| ([^|]*) \| (\d+), (\d+) +\|/gm)];
  const told = rows.map(([, name = '', dialect = '', session = '', auth = '', input, output]) => [
    name,
    [dialect.toLowerCase(), session.trim().replace(/:.*/, ''), auth.trim().split(' ')[0], Number(input), Number(output)],
  ]);
  const real = Object.entries(presets).map(([name, { dialect, sessionShape, auth, inputRate, outputRate }]) => [
    name,
    [dialect, sessionShape, auth.by, inputRate, outputRate],
  ]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(real));
});
