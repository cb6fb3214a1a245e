import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { partNames } from '../../src/elements/panel/part-names.ts';

/** What the guide to themes says is what the style sheets do. */

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'demo/docs/theming.md'), 'utf8');
const rows = new Map(
  [...guide.matchAll(/^\| `(--viva-[\w-]+)` +\| ([^|]+)\|/gm)].map(([, name = '', value = '']) => [name, value.trim()]),
);

const sources = readdirSync(join(root, 'src/elements'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'src/elements', name), 'utf8'))
  .join('\n');

test('every token has its row, and no row tells of a token that is not there', () => {
  const read = new Set([...sources.matchAll(/var\(\s*(--viva-[\w-]+)/g)].map(([, name = '']) => name));
  expect([...rows.keys()].sort()).toEqual([...read].sort());
});

test('colours and sizes are told as they are', () => {
  const tokens = ['launcher-tokens', 'tokens']
    .map((name) => readFileSync(join(root, `src/elements/${name}.styles.ts`), 'utf8'))
    .join('\n');
  for (const [, name = '', light = '', dark = ''] of tokens.matchAll(/var\((--viva-[\w-]+), light-dark\((#\w+), (#\w+)\)\)/g)) {
    expect(rows.get(name), name).toBe(`\`${light}\`, dark \`${dark}\``);
  }
  for (const [, name = '', size = ''] of tokens.matchAll(/var\((--viva-[\w-]+), (\d+(?:px)?)\)/g)) {
    expect(rows.get(name), name).toBe(`\`${size}\``);
  }
});

test('every part it tells of is there; all of them are in the reference', () => {
  const written = new Set([...partNames.split(','), ...[...sources.matchAll(/\bpart="([\w-]+)"/g)].map(([, name = '']) => name)]);
  const told = [...(/## Parts([^]*?)\n## /.exec(guide)?.[1]?.matchAll(/`([\w-]+)`/g) ?? [])].map(([, name = '']) => name);
  expect(told.length).toBeGreaterThan(30);
  expect(told.filter((name) => !written.has(name))).toEqual([]);
});
