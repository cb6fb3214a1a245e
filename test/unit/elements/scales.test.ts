import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Every style sheet takes spacing, type, motion and colours from `tokens.styles.ts`: no number of its own slips in. */

const folder = join(import.meta.dirname, '../../../src/elements');

/** The two that tokens come from, and the launcher's, which is loaded on every page and holds its few numbers itself. */
const own = /(?:^|\/)(?:launcher-)?tokens\.styles\.ts$|viva-voce\.styles\.ts$/;
/** Black and white that a reader chose. */
const chosen = /caption-rows\.styles\.ts$/;
/** What is larger than this (px) places things and does not space them. */
const LAYOUT_PX = 48;

const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !own.test(name))
  .flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/css`([^`]*)`/g)].map(([, css = '']) => ({ name, css })),
  );

/** Declarations of the sheets whose property matches and whose value does not pass. */
const strays = (property: RegExp, passes: (value: string, name: string) => boolean): readonly string[] =>
  sheets.flatMap(({ name, css }) =>
    [...css.replace(/\/\*[^]*?\*\//g, '').matchAll(/([\w-]+):\s*([^;{}]+);/g)]
      .filter(([, key = '', value = '']) => property.test(key) && !passes(value, name))
      .map(([, key = '', value = '']) => `${name}: ${key}: ${value.replace(/\s+/g, ' ')}`),
  );

test('there are sheets to look at', () => {
  expect(sheets.length).toBeGreaterThan(40);
});

test('spacing', () => {
  const pixels = (value: string) => [...value.matchAll(/(?<![\w.])(\d+(?:\.\d+)?)px/g)].map(([, px]) => Number(px));
  const spaced = (value: string) => !pixels(value.replace(/var\(--viva[^)]*\)/g, '')).some((px) => px > 1 && px <= LAYOUT_PX);
  expect(strays(/^(?:(?:row-|column-)?gap|padding|margin)(?:-|$)/, spaced)).toEqual([]);
});

test('type', () => {
  const scaled = (value: string) => !/(?<![\w.-])\d*\.\d+r?em(?! \+)/.test(value.replace(/(?:clamp|calc|max|min)\(.*\)/, ''));
  expect(strays(/^font(?:-size)?$/, scaled)).toEqual([]);
});

test('motion', () => {
  const timed = (value: string) => !/(?<![\w.-])(?:\d*\.)?\d+m?s\b/.test(value.replace(/\b0m?s\b/g, ''));
  expect(strays(/^(?:animation|transition)/, timed)).toEqual([]);
});

test('colours', () => {
  const named = (value: string, name: string) => chosen.test(name) || !/#[0-9a-f]{3,8}\b/i.test(value);
  expect(strays(/^(?!mask)/, named)).toEqual([]);
});
