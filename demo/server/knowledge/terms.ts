import { readTokens, type Token } from './language.ts';
import { digitise } from './spoken-numbers.ts';
import { readSynonyms, type Synonyms } from './synonyms.ts';
import { senseLikeness, sensesOf, type Senses } from './wordnet.ts';

/** The words of a text that carry its subject, as stems, with the meanings they share with other words. */

export interface Term {
  readonly stem: string;
  readonly text: string;
  readonly lemma: string;
  /** Ids of meanings; two terms with one in common are synonyms. */
  readonly meanings: readonly number[];
  /** Ids of subjects; two terms with one in common are spoken of together. */
  readonly related: readonly number[];
  readonly senses: Senses;
  readonly pos: string;
}

const STOP = new Set(
  (
    'a an the this that these those there here it its i me my mine we us our ours you your yours he him his she her they them their is are am was were be been being ' +
    'do does did doing done has have had having can could would should will shall may might must ought of to on in at for with and or but nor so if then than as by from into ' +
    'onto up out about over under what when where who whom whose which why how please tell say give let know want wanna like need get got just also too very really ' +
    'any some many much more long often soon not no yes ok okay hi hello hey thanks thank well now still even ever only own same such s t d ll m re ve dont nt wont cant ' +
    "thing things something anything someone anyone everything lot kind sort sure actually maybe perhaps would've id im ive gonna one ones way possible able"
  ).split(' '),
);

const stems = new Map<string, string>();
const MAX_STEMS = 20_000;

/** The stem of one lower-case word. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = readTokens(word)[0]?.stem ?? word;
  if (stems.size > MAX_STEMS) stems.clear();
  stems.set(word, stem);
  return stem;
}

let loaded: Synonyms | null = null;

function synonyms(): Synonyms {
  loaded ??= readSynonyms(stemOf);
  return loaded;
}

const readings = new Map<string, readonly Term[]>();
const MAX_READINGS = 20_000;
/** Longer texts seldom come again. */
const REMEMBERED_CHARS = 120;

export function readTerms(text: string): readonly Term[] {
  if (text.length > REMEMBERED_CHARS) return parseTerms(text);
  const known = readings.get(text);
  if (known !== undefined) return known;
  const terms = parseTerms(text);
  if (readings.size > MAX_READINGS) readings.clear();
  readings.set(text, terms);
  return terms;
}

/** "send the parcel back": verb and particle stand apart. */
const PARTED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:send|bring|give|take|hand)(s|ing)? (?:(?:\w+ ){1,3}?)back\b/gi, 'return'],
  [/\bget (?:(?:my|our|the|your) )?(?:money|cash) back\b/gi, 'refund'],
  [/\bget(?:ting)? rid of\b/gi, 'remove'],
  [/\bpick (?:(?:\w+ ){1,3}?)up\b/gi, 'collect'],
];

function parseTerms(text: string): Term[] {
  const tokens = readTokens(digitise(normalise(text)));
  const { phrases } = synonyms();
  const terms: Term[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const pair = `${token.stem} ${tokens[index + 1]?.stem ?? ''}`;
    const triple = `${pair} ${tokens[index + 2]?.stem ?? ''}`;
    const phrase = phrases.get(triple) ?? phrases.get(pair);
    if (phrase !== undefined) {
      terms.push(termOf({ ...token, stem: phrase, text: phrase, lemma: phrase }));
      index += phrases.has(triple) ? 2 : 1;
    } else if (!isStopWord(token)) terms.push(termOf(token));
  }
  return terms;
}

function termOf(token: Token): Term {
  // "lost" and "lose" share no stem; their lemma is one.
  const stem = token.pos === 'VERB' && token.lemma !== token.text ? stemOf(token.lemma) : token.stem;
  const { ofStem, related } = synonyms();
  return {
    stem,
    text: token.text,
    lemma: token.lemma,
    meanings: ofStem.get(stem) ?? [],
    related: related.get(stem) ?? [],
    senses: sensesOf(token.lemma, token.pos),
    pos: token.pos,
  };
}

/** "do you offer", "do you provide": no more than "do you have". */
const LIGHT_VERBS = new Set(['offer', 'provide', 'happen']);

function isStopWord(token: Token): boolean {
  return (token.pos === 'VERB' && LIGHT_VERBS.has(token.lemma)) || STOP.has(token.text) || STOP.has(token.lemma);
}

/** How alike two terms are, 0–1: the same stem 1, a shared meaning 0.8 or 0.75, of one subject or one the beginning of the other 0.6, a kind of the other 0.5. */
export function likeness(a: Term, b: Term): number {
  if (a.stem === b.stem) return 1;
  if (a.meanings.some((meaning) => b.meanings.includes(meaning))) return 0.8;
  const [short, long] = a.stem.length < b.stem.length ? [a.stem, b.stem] : [b.stem, a.stem];
  const sameSubject = a.related.some((subject) => b.related.includes(subject)) ? 0.6 : 0;
  return Math.max(sameSubject, short.length >= 5 && long.startsWith(short) ? 0.6 : 0, senseLikeness(a.senses, b.senses));
}

function normalise(text: string): string {
  const plain = text.replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
  // The words between stay: they are mostly the subject.
  return PARTED.reduce(
    (all, [pattern, word]) => all.replace(pattern, (match) => `${word} ${match.replace(/^\w+|back$|up$/gi, '').trim()}`),
    plain,
  );
}
