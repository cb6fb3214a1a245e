import { describe, expect, it } from 'vitest';
import {
  nearIn,
  nearPatterns,
  partPatterns,
  slipsBetween,
  slipsForgiven,
  trigramKey,
} from '../../../../../demo/server/livestream/search/spelling.ts';

/** What SQL's `like` would say. */
const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.*+?^${}()|[\]]/g, '\\$&')
      .replace(/%/g, '.*')
      .replace(/_/g, '.')}$`,
    'su',
  ).test(text);

describe('slips', () => {
  it.each([
    ['launch', 'launch', 0],
    ['lanch', 'launch', 1],
    ['launnch', 'launch', 1],
    ['lounch', 'launch', 1],
    ['lanuch', 'launch', 1],
    ['elektrische', 'eletkrische', 1],
    ['新车发部会', '新车发布会', 1],
    ['cat', '', 3],
  ])('between %s and %s: %i', (one, other, slips) => {
    expect(slipsBetween(one, other)).toBe(slips);
    expect(slipsBetween(other, one)).toBe(slips);
  });

  it('are forgiven by length', () => expect(['cat', 'cats', 'kitchen', 'elephant'].map(slipsForgiven)).toEqual([0, 1, 1, 2]));
});

describe('a run without spaces', () => {
  const run = '智能新车发布会';
  const wrong = [
    '智能新车发部会',
    '智能车发布会',
    '智能新新车发布会',
    '智能新车布发会',
    '智慧新车发布会',
    '只能新车发布会',
    '智能新车发布',
  ];

  it.each(wrong)('is meant by %s, whose patterns and parts fit', (typed) => {
    const title = `全球${run}直播`;
    expect(nearPatterns(typed).some((pattern) => fits(pattern, title))).toBe(true);
    expect([...partPatterns(typed), ...(partPatterns(typed).length === 0 ? ['%'] : [])].some((part) => fits(part, title))).toBe(
      true,
    );
    expect(slipsBetween(nearIn(title, typed), typed)).toBe(1);
  });

  it('is not meant by what differs in two characters', () => {
    expect(nearPatterns('智慧新车发部会').some((pattern) => fits(pattern, run))).toBe(false);
    expect(nearIn(run, '智慧新车发部会')).toBe('');
  });

  it('has no patterns when it is too short or too long for them', () => {
    expect(nearPatterns('发布')).toEqual([]);
    expect(nearPatterns('发'.repeat(17))).toEqual([]);
  });

  it('stands for itself', () => expect(nearPatterns('a%b_')).toContain('%a\\%\\_%'));
});

it('words of other letters have keys of ASCII, two characters a letter', () => {
  expect(trigramKey('launch')).toBe('launch');
  expect(trigramKey('ёж')).toMatch(/^[0-9a-z]{4}$/);
  expect(trigramKey('ёлка').slice(2)).toBe(trigramKey('лка'));
});
