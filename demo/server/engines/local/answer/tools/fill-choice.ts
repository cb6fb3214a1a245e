import { likeness, readTerms, stemOf } from '../../../../knowledge/terms.ts';
import { languageCode } from './languages.ts';
import { wordsOfName, type Slot } from './slots.ts';
import { slotKey, slotTerms, type Filling, type Span } from './span.ts';
import type { Utterance, Word } from './utterance.ts';

/** Allowed values and yes-no parameters, found in the words that were said: by name, by synonym, by what is switched on or off. */

const NEGATED = /\b(?:not|no|without|except|but not|never|don't want)\s+(?:a |an |the |any )?$/i;
const LETTER_UNITS: Readonly<Record<string, string>> = {
  c: 'celsius',
  f: 'fahrenheit',
  km: 'kilometres',
  mi: 'miles',
  kg: 'kilograms',
  lb: 'pounds',
  m: 'metric',
};

const ON =
  /\b(?:turn(?:ed)? (?:\w+ ){0,4}?on|switch(?:ed)? (?:\w+ ){0,4}?on|put (?:\w+ ){0,4}?on|enable|activate|start|unmute|open|light up|on)\b/i;
const OFF =
  /\b(?:turn(?:ed)? (?:\w+ ){0,4}?off|switch(?:ed)? (?:\w+ ){0,4}?off|shut (?:\w+ ){0,4}?off|disable|deactivate|stop|mute|close|off)\b/i;
const STATE_WORDS = /\b(?:on|enabled?|active|state|status|power|muted?|open|locked|lock|running|turn)\b/;

export function fillChoices(slots: readonly Slot[], utterance: Utterance, taken: readonly Filling[]): Filling[] {
  const found: Filling[] = [];
  for (const slot of slots) {
    if (taken.some((filling) => slotKey(filling.slot) === slotKey(slot))) continue;
    const filling =
      slot.kind === 'boolean' ? fillBoolean(slot, utterance) : slot.kind === 'choice' ? fillChoice(slot, utterance, found) : null;
    if (filling !== null) found.push(filling);
  }
  return found;
}

interface Match {
  readonly value: unknown;
  readonly span: Span;
  readonly score: number;
}

function fillChoice(slot: Slot, utterance: Utterance, others: readonly Filling[]): Filling | null {
  const matches = (slot.choices ?? [])
    .map((value) => matchValue(value, slot, utterance))
    .filter((match): match is Match => match !== null)
    // "from kilometres to miles": the same list for both sides, each said once.
    .filter(
      (match) =>
        !others.some(
          (other) =>
            other.slot.kind === 'choice' &&
            sameChoices(other.slot, slot) &&
            other.spans.some((span) => span.start === match.span.start),
        ),
    )
    .sort((a, b) => b.score - a.score || sideOrder(slot, a, b));
  const best = matches[0];
  if (best === undefined) return null;
  if (slot.many) {
    const all = matches.filter((match) => match.score >= 0.75).sort((a, b) => a.span.start - b.span.start);
    return { slot, values: [all.map((match) => match.value)], spans: all.map((match) => match.span), score: best.score };
  }
  return { slot, values: [best.value], spans: [best.span], score: best.score };
}

function sameChoices(a: Slot, b: Slot): boolean {
  return JSON.stringify(a.choices) === JSON.stringify(b.choices);
}

function sideOrder(slot: Slot, a: Match, b: Match): number {
  return slot.side === 'to' ? b.span.start - a.span.start : a.span.start - b.span.start;
}

function matchValue(value: unknown, slot: Slot, utterance: Utterance): Match | null {
  if (typeof value === 'number') {
    const entity = utterance.entities.find(
      (candidate) =>
        candidate.value === value &&
        (candidate.kind === 'number' || candidate.kind === 'duration' || candidate.kind === 'percent'),
    );
    return entity === undefined ? null : { value, span: entity, score: 0.9 };
  }
  if (typeof value !== 'string' || value === '') return null;
  const named = matchNamed(value, slot, utterance);
  if (named !== null) return named;
  if (value.length === 1 && !MEASURES.test(`${slot.label} ${slot.description}`)) return matchLetter(value, utterance);
  const wanted = (LETTER_UNITS[value.toLowerCase()] ?? wordsOfName(value)).split(' ');
  const exact = findRun(wanted, utterance.words);
  if (exact !== null)
    return negated(utterance, exact)
      ? null
      : { value, span: exact, score: 1 + wanted.length * 0.1 + sideScore(slot, exact, utterance) };
  if (/^(?:on|off)$/i.test(value)) return matchOnOff(value, utterance);
  return matchMeaning(value, wanted, slot, utterance);
}

const MEASURES = /\b(?:units?|temperature|degrees?|scale|length|weight|distance|system)\b/i;

/** "option B", or a capital that stands alone; the article "a" is no answer A. */
function matchLetter(value: string, utterance: Utterance): Match | null {
  const letter = value.replace(/[^\p{L}\p{N}]/gu, '');
  if (letter === '') return null;
  const named = new RegExp(`\\b(?:option|answer|choice|letter|plan|variant|group|class|size|for)\\s+(${letter})\\b`, 'i').exec(
    utterance.text,
  );
  const capital = named ?? new RegExp(`(?<=\\S\\s)(${letter.toUpperCase()})(?=[\\s.,!?]|$)`).exec(utterance.text);
  if (capital === null || (value.toLowerCase() === 'a' && named !== null && /\bfor\s+a$/.test(named[0]))) return null;
  const start = capital.index + capital[0].length - 1;
  return { value, span: { start, end: start + 1 }, score: 1 };
}

/** "how many feet are 12 metres": what stands by the number is converted from. */
function sideScore(slot: Slot, span: Span, utterance: Utterance): number {
  if (slot.side === null) return 0;
  const byNumber = utterance.entities.some(
    (entity) =>
      (entity.kind === 'number' || entity.kind === 'duration') && span.start - entity.end >= 0 && span.start - entity.end <= 1,
  );
  if (!byNumber) return 0;
  return slot.side === 'from' ? 0.2 : -0.3;
}

/** "EUR" was said as "fifty euros", "es" as "Spanish". */
function matchNamed(value: string, slot: Slot, utterance: Utterance): Match | null {
  const entity = utterance.entities.find((candidate) => {
    if (candidate.kind === 'money') return candidate.unit === value.toUpperCase();
    if (candidate.kind === 'currency') return candidate.value === value.toUpperCase();
    return candidate.kind === 'language' && languageCode(String(candidate.value)) === value.toLowerCase().split(/[-_]/)[0];
  });
  if (entity === undefined || (entity.kind === 'language' && value.length > 5)) return null;
  return {
    value,
    span: entity.kind === 'money' ? { start: entity.end, end: entity.end } : entity,
    score: slot.side === 'from' && entity.role === 'to' ? 0.8 : 1,
  };
}

/** All words in a row, by stem. */
function findRun(wanted: readonly string[], words: readonly Word[]): Span | null {
  const stems = wanted.map(stemOf);
  for (let at = 0; at + stems.length <= words.length; at++) {
    if (!stems.every((stem, index) => same(words[at + index]?.text ?? '', stem, wanted[index] ?? ''))) continue;
    return { start: words[at]?.start ?? 0, end: words[at + stems.length - 1]?.end ?? 0 };
  }
  const joined = wanted.join('');
  const glued = words.find((word) => word.text.replace(/[-']/g, '') === joined);
  return glued === undefined ? null : { start: glued.start, end: glued.end };
}

function same(word: string, stem: string, wanted: string): boolean {
  return word === wanted || word.replace(/'s$/, '') === wanted || (wanted.length > 3 && stemOf(word) === stem);
}

/** A word with the same meaning; not one that only names the parameter. */
function matchMeaning(value: string, wanted: readonly string[], slot: Slot, utterance: Utterance): Match | null {
  const terms = readTerms(wanted.join(' '));
  const [only] = terms;
  if (terms.length !== 1 || only === undefined) return null;
  const names = slotTerms(slot).map((term) => term.stem);
  for (const word of utterance.words) {
    const [said] = readTerms(word.text);
    if (said === undefined || names.includes(said.stem) || likeness(said, only) < 0.75) continue;
    if (!negated(utterance, word)) return { value, span: word, score: 0.8 };
  }
  return null;
}

function matchOnOff(value: string, utterance: Utterance): Match | null {
  const match = (value.toLowerCase() === 'on' ? ON : OFF).exec(utterance.text);
  return match === null ? null : { value, span: { start: match.index, end: match.index }, score: 0.9 };
}

function negated(utterance: Utterance, span: Span): boolean {
  return NEGATED.test(utterance.text.slice(0, span.start));
}

function fillBoolean(slot: Slot, utterance: Utterance): Filling | null {
  const words = `${slot.label} ${slot.description.toLowerCase()}`;
  if (STATE_WORDS.test(slot.label) || /\b(?:turn|switch)\b|true\s*=\s*on/.test(words)) {
    const isOpposite = /\bmuted?\b|\block(?:ed)?\b|\bclosed\b|\bdisabled\b|\boff\b/.test(slot.label);
    const on = isOpposite ? /\b(?:mute|lock|close|disable|off)\b/i : ON;
    const off = isOpposite ? /\b(?:unmute|unlock|open|enable|on)\b/i : OFF;
    const state = off.test(utterance.text) ? false : on.test(utterance.text) ? true : null;
    if (state !== null) return { slot, values: [state], spans: [], score: 1 };
  }
  return mentioned(slot, utterance);
}

/** "with breakfast", "without sugar", "in stock": the parameter's own words, and whether they are wanted. */
function mentioned(slot: Slot, utterance: Utterance): Filling | null {
  const label = slot.label
    .replace(/\b(?:is|has|include[sd]?|with|wants?|needs?|add|only|allow|enable[ds]?|should|required?|use)\b/g, ' ')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const inLabel = label.length === 0 ? null : findRun(label, utterance.words);
  const span = inLabel ?? byMeaning(readTerms(label.join(' ')), utterance);
  if (span === null) return null;
  const before = utterance.text.slice(0, span.start);
  const wanted =
    !/\b(?:no|not|without|don't need|do not need|skip|never|minus|except)\s+(?:(?:a|an|the|any)\s+)?(?:\w+\s+)?$/i.test(before);
  const lead = /\b(?:with|without|no|in|only|include|including|and|please)\s+(?:(?:a|an|the|any)\s+)?$/i.exec(before);
  return {
    slot,
    values: [wanted],
    spans: [{ start: lead === null ? span.start : lead.index, end: span.end }],
    score: inLabel === null ? 0.8 : 1,
  };
}

function byMeaning(terms: ReturnType<typeof readTerms>, utterance: Utterance): Span | null {
  if (terms.length === 0) return null;
  const spans = terms.map((term) =>
    utterance.words.find((word) => readTerms(word.text).some((said) => likeness(said, term) >= 0.75)),
  );
  const all = spans.filter((word): word is Word => word !== undefined);
  if (all.length < terms.length) return null;
  return { start: Math.min(...all.map((word) => word.start)), end: Math.max(...all.map((word) => word.end)) };
}
