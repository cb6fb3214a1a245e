import { readTerms, type Term } from '../../knowledge/terms.ts';
import { readEvidence, type EvidenceKind } from '../visual/evidence.ts';
import { COLOURS, KINDS_OF_THINGS } from './vocabulary.ts';
import type { Atom, Clause } from './question.ts';

/** How surely what an event asks for is there, by a scene's evidence. */

export interface Weight {
  /** 0–1; null = the evidence says nothing about such things. */
  readonly sure: number | null;
  /** What was found, quoted; '' = nothing. */
  readonly found: string;
}

export interface Evidence {
  readonly of: ReadonlyMap<EvidenceKind, readonly string[]>;
  /** With its kinds, as it came. */
  readonly whole: string;
  /** Words written or spoken. */
  readonly words: string;
  /** Pictures were looked at. */
  readonly isVisual: boolean;
}

export function openEvidence(evidence: string): Evidence {
  const of = readEvidence(evidence);
  const words = (['title', 'text', 'ui', 'activity', 'speech', 'told'] as const).flatMap((kind) => of.get(kind) ?? []).join('\n');
  return { of, whole: evidence, words, isVisual: of.has('colours') || of.has('people') || of.has('change') };
}

const UNKNOWN: Weight = { sure: null, found: '' };
const absent = (sure = 0): Weight => ({ sure, found: '' });

/** What every clause says, as one; a negated clause holds when what it speaks of is not there. */
export function weighClause({ negated, atoms }: Clause, evidence: Evidence): Weight {
  const weights = atoms.map((choices) => best(choices.map((atom) => weighAtom(atom, evidence))));
  if (weights.some(({ sure }) => sure === null)) return UNKNOWN;
  const all = weakest(weights);
  if (!negated) return all;
  // What was not found may have been missed.
  return (all.sure ?? 0) >= 0.5 ? absent() : { sure: 0.8 * (1 - (all.sure ?? 0)), found: 'nothing of it is there' };
}

export function weakest(weights: readonly Weight[]): Weight {
  if (weights.length === 0 || weights.some(({ sure }) => sure === null)) return UNKNOWN;
  return {
    sure: Math.min(...weights.map(({ sure }) => sure ?? 0)),
    found: weights
      .map(({ found }) => found)
      .filter((part) => part !== '')
      .join('; '),
  };
}

function best(weights: readonly Weight[]): Weight {
  return weights.reduce((a, b) => ((b.sure ?? -1) > (a.sure ?? -1) ? b : a));
}

function weighAtom(atom: Atom, evidence: Evidence): Weight {
  const { of, isVisual } = evidence;
  const all = (kind: EvidenceKind): readonly string[] => of.get(kind) ?? [];
  switch (atom.kind) {
    case 'app':
      return weighApp(atom.name, evidence);
    case 'name':
      return weighName(atom.name, evidence, 0.9);
    case 'quote':
      return weighName(atom.words, evidence, 0.95);
    case 'people': {
      if (!isVisual) return UNKNOWN;
      const [count] = all('people');
      if (count === undefined) return UNKNOWN;
      return within(Number(count), atom, Number(count) === 1 ? '1 person' : `${count} people`);
    }
    case 'thing': {
      if (!isVisual) return wordsAtom(atom.name, evidence);
      if (!of.has('people')) return UNKNOWN;
      const names = KINDS_OF_THINGS[atom.name] ?? [atom.name];
      const listed = all('objects')
        .join(', ')
        .split(', ')
        .flatMap((one) => {
          const [, count = '0', name = ''] = /^(\d+) (.+)$/.exec(one) ?? [];
          return names.includes(name) ? [{ count: Number(count), name }] : [];
        });
      const count = listed.reduce((sum, one) => sum + one.count, 0);
      return within(count, atom, listed.map((one) => `${one.count} ${one.name}`).join(', ') || `no ${atom.name}`);
    }
    case 'colour': {
      const shares = all('colours')
        .join(', ')
        .split(', ')
        .flatMap((one) => {
          const [, name = '', share = '0'] = /^(.*) (\d+)%$/.exec(one) ?? [];
          return COLOURS[atom.name]?.test(name) === true ? [Number(share)] : [];
        });
      if (!isVisual) return UNKNOWN;
      const share = shares.reduce((sum, one) => sum + one, 0);
      // A screen is called by a colour that covers a third of it.
      return share >= 33
        ? { sure: Math.min(0.95, 0.6 + share / 200), found: `${atom.name} covers ${share}%` }
        : absent(share / 100);
    }
    case 'light': {
      const [word] = all('light');
      if (word === undefined) return UNKNOWN;
      return (atom.dark ? /dark/ : /bright/).test(word)
        ? { sure: word === 'very dark' || !atom.dark ? 0.9 : 0.7, found: `the picture is ${word}` }
        : absent(0.1);
    }
    case 'motion': {
      const [change] = all('change');
      if (change === undefined) return UNKNOWN;
      return /still/.test(change)
        ? absent()
        : { sure: /slight/.test(change) ? 0.65 : 0.9, found: `${change.split(',')[0] ?? ''} movement` };
    }
    case 'cut': {
      const [change] = all('change');
      if (change === undefined) return UNKNOWN;
      return /cut/.test(change) ? { sure: 0.9, found: 'the scene changed' } : absent();
    }
    case 'text': {
      if (!of.has('people')) return UNKNOWN;
      return of.has('text') ? { sure: 0.9, found: `text "${all('text')[0] ?? ''}"` } : absent();
    }
    case 'concept':
      return weighConcept(atom, evidence);
    case 'element':
      return weighElement(atom, evidence);
    case 'words':
      return wordsAtom(atom.words, evidence);
  }
}

function within(count: number, { least, most }: { readonly least: number; readonly most: number }, found: string): Weight {
  return count >= least && count <= most ? { sure: 0.8, found } : absent(0.1);
}

function literally(name: string): RegExp {
  const words = name
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])${words.join('[\\s_-]*')}(?![\\p{L}\\p{N}])`, 'iu');
}

/** "Slack" is the window's name, or stands in its title; a page that writes about it is not it. */
function weighApp(name: string, evidence: Evidence): Weight {
  const called = literally(name);
  const [app] = evidence.of.get('app') ?? [];
  if (app !== undefined && called.test(app)) return { sure: 0.95, found: `application "${app}"` };
  const [title] = evidence.of.get('title') ?? [];
  const part = title
    ?.split(/\s+[-–—|·•:]\s+/)
    .find((one) => called.test(one) && one.split(/\s+/).length <= name.split(/\s+/).length + 2);
  if (part !== undefined) return { sure: 0.85, found: `window "${title ?? ''}"` };
  const told = (evidence.of.get('told') ?? []).find((line) => called.test(line));
  if (told !== undefined) return { sure: 0.75, found: `"${quoted(told, called)}"` };
  if (app !== undefined || title !== undefined) return absent(0.05);
  // No window is named at all: an own line with nothing but the name, as a logo has it.
  const alone = (evidence.of.get('text') ?? []).find(
    (line) => called.test(line) && line.split(/\s+/).length <= name.split(/\s+/).length,
  );
  if (alone !== undefined) return { sure: 0.65, found: `"${alone}" on screen` };
  return evidence.words === '' && !evidence.of.has('people') ? UNKNOWN : absent(0.05);
}

function weighName(name: string, evidence: Evidence, sure: number): Weight {
  const called = literally(name);
  const line = evidence.words.split('\n').find((one) => called.test(one));
  if (line !== undefined) return { sure, found: `"${quoted(line, called)}"` };
  // Recognition breaks lines where it likes.
  if (called.test(evidence.words.replaceAll('\n', ' '))) return { sure: sure - 0.1, found: `"${name}"` };
  return evidence.words === '' && !evidence.of.has('people') && evidence.isVisual ? UNKNOWN : absent();
}

function weighConcept({ concept, words }: Extract<Atom, { kind: 'concept' }>, evidence: Evidence): Weight {
  const heads = [...(evidence.of.get('app') ?? []), ...(evidence.of.get('title') ?? [])];
  const head = heads.find((one) => concept.title.test(one));
  if (head !== undefined) return { sure: 0.85, found: `window "${head}"` };
  const found = concept.text?.exec(evidence.whole)?.[0];
  if (found !== undefined) return { sure: 0.75, found: `"${found.replace(/\s+/g, ' ').slice(0, 60)}" on screen` };
  const told = [
    ...(evidence.of.get('told') ?? []),
    ...(evidence.of.get('speech') ?? []),
    ...(evidence.of.get('activity') ?? []),
  ].find((line) => concept.asked.test(line));
  if (told !== undefined) return { sure: 0.75, found: `"${quoted(told, concept.asked)}"` };
  return evidence.isVisual && !evidence.of.has('people') ? UNKNOWN : absent(literally(words).test(evidence.words) ? 0.3 : 0.05);
}

function weighElement({ element, label }: Extract<Atom, { kind: 'element' }>, evidence: Evidence): Weight {
  const elements = evidence.of.get('ui');
  const named = label === '' ? null : literally(label);
  const one = elements?.find((line) => line.startsWith(element) && (named === null || named.test(line)));
  if (one !== undefined) return { sure: 0.85, found: one };
  if (named === null) return elements === undefined ? UNKNOWN : absent(0.1);
  // Shallower tiers know what is written, not what it is written on.
  const line = (evidence.of.get('text') ?? []).find(
    (text) => named.test(text) && text.split(/\s+/).length <= label.split(' ').length + 2,
  );
  if (line !== undefined) return { sure: 0.7, found: `"${line}" on screen` };
  return evidence.of.has('people') || !evidence.isVisual ? absent(0.05) : UNKNOWN;
}

/** Written words must be the same but for their ending; spoken ones may be synonyms. */
function wordsAtom(words: string, evidence: Evidence): Weight {
  const wanted = readTerms(words);
  if (wanted.length === 0) return UNKNOWN;
  if (evidence.words === '') return evidence.isVisual && !evidence.of.has('people') ? UNKNOWN : absent();
  // "invoice-october.pdf" is two words and an ending.
  const given = readTerms(evidence.words.replace(/(?<=[\p{L}\p{N}])[-_./](?=[\p{L}\p{N}])/gu, ' '));
  const least = evidence.isVisual ? 0.9 : 0.75;
  const matched = wanted.map((term) => ({
    term,
    by: given.reduce<Term | null>((most, other) => (alike(term, other) > alike(term, most) ? other : most), null),
  }));
  const covered = matched.filter(({ term, by }) => alike(term, by) >= least);
  const share = matched.reduce((sum, { term, by }) => sum + (alike(term, by) >= least ? alike(term, by) : 0), 0) / wanted.length;
  const found = covered.map(({ by }) => `"${by?.text ?? ''}"`).join(', ');
  // One word of several is chance, and so is a synonym: the meaning of the sentence decides.
  return { sure: share >= 0.99 ? 0.85 : share * 0.65, found: found === '' ? '' : `words ${found}` };
}

function alike(a: Term, b: Term | null): number {
  if (b === null) return 0;
  if (a.stem === b.stem) return 1;
  if (a.lemma === b.lemma) return 1;
  const shared = a.meanings.some((meaning) => b.meanings.includes(meaning));
  return shared ? 0.85 : a.senses.sets.slice(0, 2).some((set) => b.senses.sets.slice(0, 2).includes(set)) ? 0.75 : 0;
}

function quoted(line: string, around: RegExp): string {
  const at = around.exec(line)?.index ?? 0;
  return line.slice(Math.max(0, at - 40), at + 80).trim();
}
