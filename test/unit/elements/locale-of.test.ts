import { expect, test } from 'vitest';
import { counted } from '../../../src/elements/counted.ts';
import { directionOf, localeFor } from '../../../src/elements/locale-of.ts';

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-at', 'de'],
  ['de_CH', 'de'],
  ['en-GB', 'en'],
  ['pt', 'pt-BR'],
  ['pt-AO', 'pt-BR'],
  ['pt-PT', 'pt-PT'],
  ['zh', 'zh-CN'],
  ['zh-HK', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['zh-Hans-SG', 'zh-CN'],
  ['no', 'nb'],
  ['nn-NO', 'nb'],
  ['tl', 'fil'],
  ['iw', 'he'],
  ['in', 'id'],
  ['tlh', null],
  ['', null],
  ['not a tag', null],
])('%j is served by %j', (wanted, tag) => {
  expect(localeFor(wanted)).toBe(tag);
});

test('Arabic, Persian, Hebrew and Urdu are read from the right', () => {
  expect(['ar', 'fa', 'he', 'ur', 'de', 'zh-TW'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
});

const polish = {
  lang: 'pl',
  tasks: '{count} zadania',
  'tasks#one': '{count} zadanie',
  'tasks#few': '{count} zadania',
  'tasks#many': '{count} zadań',
};

test.each([
  [1, '1 zadanie'],
  [3, '3 zadania'],
  [5, '5 zadań'],
  [22, '22 zadania'],
  [1.5, '1,5 zadania'],
])('%j tasks in Polish', (count, text) => {
  expect(counted(polish, 'tasks', count)).toBe(text);
});

test('a table without forms says the same for every number, and English is the language of one without a tag', () => {
  expect(counted({ found: '{count} found in {where}' }, 'found', 1234, { where: 'all' })).toBe('1,234 found in all');
});
