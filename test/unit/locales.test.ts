import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assistantStrings, mediaStrings } from '../../src/elements/english.ts';
import { tables } from '../../src/locales/tables.ts';
import { localeTags } from '../../src/locales/tags.ts';

/** Every language has every word: all keys, all places to be filled, the plural forms its rules ask for, and nothing left in English. */

type Table = Readonly<Record<string, string>>;

const english = { assistant: assistantStrings as Table, media: mediaStrings as Table };
const folder = join(import.meta.dirname, '../../src/locales');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const table = (group: keyof typeof english, tag: string) => read(join(folder, group, `${tag}.json`)) as Table;

/** Texts that are rightly the same as in English: a tag, or `*` for all of them → keys. */
const same = read(join(import.meta.dirname, '../fixtures/locales/same-as-english.json')) as Readonly<
  Record<string, readonly string[]>
>;

const places = (text: string): string => (text.match(/\{\w+\}/g) ?? []).sort().join(' ');
const plain = (key: string): string => key.split('#')[0] ?? key;

function faults(group: keyof typeof english, tag: string): readonly string[] {
  const words = table(group, tag);
  const source = english[group];
  const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  const found: string[] = words['lang'] === tag ? [] : [`lang is ${String(words['lang'])}`];
  for (const [key, text] of Object.entries(source)) {
    if (key.includes('#')) continue;
    const said = words[key];
    if (said === undefined) {
      found.push(`${key} is missing`);
      continue;
    }
    const forms = Object.keys(words).filter((each) => plain(each) === key && each !== key);
    // Either the words are the same for every number, or each form of the language has its own.
    const asked = forms.length === 0 ? [] : categories.filter((form) => form !== 'other');
    for (const form of asked) if (words[`${key}#${form}`] === undefined) found.push(`${key}#${form} is missing`);
    if (said.trim() === '') found.push(`${key} is empty`);
    if (said === text && same['*']?.includes(key) !== true && same[tag]?.includes(key) !== true)
      found.push(`${key} is left in English: ${text}`);
  }
  for (const [key, text] of Object.entries(words)) {
    if (key === 'lang') continue;
    const of = source[plain(key)];
    const form = key.split('#')[1];
    if (of === undefined) found.push(`${key} is no key`);
    else if (form !== undefined && !(categories as readonly string[]).includes(form)) found.push(`${key} is no form of ${tag}`);
    // “One picture at a time” needs no number.
    else if (
      places(text) !== places(of) &&
      !(form !== undefined && /^(?:zero|one|two)$/.test(form) && places(`${text}{count}`) === places(of))
    )
      found.push(`${key} has the places “${places(text)}”, not “${places(of)}”`);
  }
  return found;
}

describe.each(localeTags)('%s', (tag) => {
  it.each(['assistant', 'media'] as const)('has every word of %s', (group) => {
    expect(faults(group, tag)).toEqual([]);
  });
});

it('is there in at least 63 languages, each of which can be fetched', async () => {
  expect(localeTags.length + 1).toBeGreaterThanOrEqual(63);
  const fetched = await Promise.all(localeTags.map(async (tag) => (await tables.assistant[tag]()).default['lang']));
  expect(fetched).toEqual([...localeTags]);
});

it('allows no text to stay in English that has been translated since', () => {
  const all: Table = { ...english.assistant, ...english.media };
  const stale = Object.entries(same)
    .filter(([tag]) => tag !== '*')
    .flatMap(([tag, keys]) => {
      const words: Table = { ...table('assistant', tag), ...table('media', tag) };
      return keys.filter((key) => words[key] !== all[key]).map((key) => `${tag} ${key}`);
    });
  expect(stale).toEqual([]);
});
