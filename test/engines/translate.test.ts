import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../demo/server/config.ts';
import { localTranslating } from '../../demo/server/engines/local/translate.ts';
import { apertiumHere, NoApertiumError } from '../../demo/server/engines/local/translate/apertium.ts';
import { signal } from './here.ts';

/** On Debian it has to be there: a failure to prepare it fails here. Elsewhere the reason is the name of what is left out. */

const { modelsDir } = readConfig(process.env, 0);
const found = await apertiumHere({ modelsDir }).catch((error: unknown) => {
  if (!(error instanceof NoApertiumError) || existsSync('/usr/bin/apt-get')) throw error;
  return error;
});
const absent = found instanceof NoApertiumError ? found.message : null;
const translate = localTranslating({
  apertium: found instanceof NoApertiumError ? { pairs: [], env: {} } : found,
  log: () => undefined,
});
afterAll(() => translate.close());

const say = (from: string, to: string, text: string): Promise<string> => translate.translate(text, { from, to, signal });

/** Plain sentences, and words that any version of the dictionaries finds for them. */
const SENTENCES: Readonly<Record<string, string>> = {
  en: 'The house is big.',
  es: 'La casa es grande.',
  ca: 'La casa és gran.',
  fr: 'La maison est grande.',
  pt: 'A casa é grande.',
  it: 'La casa è grande.',
};
const WORDS: Readonly<Record<string, RegExp>> = {
  en: /(house|home).*big/i,
  es: /casa.*grande/i,
  ca: /casa.*gran/i,
  fr: /maison.*grande/i,
  pt: /casa.*grande/i,
  it: /casa.*grande/i,
};

describe.skipIf(absent !== null)(`translation here${absent === null ? '' : ` (left out: ${absent})`}`, () => {
  it('knows its pairs, both ways, and says that it is rough', () => {
    const pairs = (translate.pairs ?? []).map(({ from, to }) => `${from}-${to}`);
    expect(pairs.sort()).toEqual(
      ['en-es', 'en-ca', 'fr-es', 'fr-ca', 'es-ca', 'es-pt', 'es-it']
        .flatMap((pair) => [pair, pair.split('-').reverse().join('-')])
        .sort(),
    );
    expect(translate.quality).toBe('rough');
  });

  it.each((translate.pairs ?? []).map(({ from, to }) => [from, to] as const))('puts %s into %s', async (from, to) => {
    const translated = await say(from, to, SENTENCES[from] ?? '');
    expect(translated).toMatch(WORDS[to] ?? /never/);
    expect(translated).toMatch(/^\p{Lu}.*\w\.$/u);
  });

  it('takes what a recogniser writes: no capitals, no stops', async () => {
    expect(await say('es', 'en', 'la casa es grande')).toMatch(/^the (house|home).*big$/);
    expect(await say('en-GB', 'es-MX', 'where is the house?')).toMatch(/^¿dónde.*casa\?$/);
  });

  it('marks nothing that it does not know, and keeps signs of its own format', async () => {
    expect(await say('en', 'es', 'The zyxwv is [here] at x/y <now> 5^2 \\ {x} 3$.')).toMatch(
      /^El zyxwv.*\[aquí\].*x\/y <ahora> 5\^2 \\ \{x\} 3\$\.$/,
    );
    expect(await say('en', 'es', '?!')).toBe('?!');
    expect(await say('en', 'es', ' \n ')).toBe('');
  });

  it('keeps answers with their questions when many ask at once, with ends of requests in the text too', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 100);
    const translated = await Promise.all(numbers.map((number) => say('en', 'es', `I have ${String(number)}\u0000 houses.`)));
    expect(translated.map((text) => /\d+/.exec(text)?.[0])).toEqual(numbers.map(String));
  });

  it('refuses pairs that it does not have, and more than anybody says', async () => {
    await expect(say('en', 'fr', 'Hello.')).rejects.toThrow(RangeError);
    await expect(say('zh', 'en', '你好')).rejects.toThrow('zh to en');
    await expect(say('en', 'es', 'x'.repeat(5001))).rejects.toThrow('5000');
  });
});

describe('where it cannot be had', () => {
  it('says why', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'viva-voce-apertium-'));
    const prepare = () => Promise.reject(new Error('apt-get update failed: no network'));
    await expect(apertiumHere({ modelsDir: folder, systemRoot: folder, prepare })).rejects.toThrow(NoApertiumError);
    await expect(apertiumHere({ modelsDir: folder, systemRoot: folder, prepare })).rejects.toThrow('no network');
    await rm(folder, { recursive: true });
  });

  it('takes an installed one first', async () => {
    const root = await mkdtemp(join(tmpdir(), 'viva-voce-apertium-'));
    const modes = join(root, 'usr/share/apertium/modes');
    await mkdir(modes, { recursive: true });
    await mkdir(join(root, 'usr/bin'), { recursive: true });
    await writeFile(join(root, 'usr/bin/lt-proc'), '#!/bin/sh\n', { mode: 0o755 });
    await writeFile(join(modes, 'eng-spa.mode'), "lt-proc '/usr/share/x.bin'\n");
    const pair = { from: 'en', to: 'es', mode: 'eng-spa', debian: 'apertium-eng-spa' };
    const installed = await apertiumHere({ modelsDir: join(root, 'nowhere'), pairs: [pair], systemRoot: root });
    expect(installed.pairs).toEqual([{ from: 'en', to: 'es', command: `lt-proc -z '${root}/usr/share/x.bin'` }]);
    await rm(root, { recursive: true });
  });
});
