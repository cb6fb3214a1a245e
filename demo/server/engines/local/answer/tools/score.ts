import { dot } from '../../../../knowledge/embedder.ts';
import { likeness, readTerms, type Term } from '../../../../knowledge/terms.ts';
import { actionsOf, isAsking, isVerb, type Action } from './actions.ts';
import { overlaps, type Entity } from './entity.ts';
import type { Filled } from './fill.ts';
import { lastCommand, type Head } from './head.ts';
import type { ToolProfile } from './profile.ts';
import { slotKey } from './span.ts';
import type { Utterance } from './utterance.ts';

/** How likely an utterance asks for a tool: meaning, words, what is to be done, and whether its values are there. */

export interface Evidence {
  /** Cosine of utterance (as said, or without its values) and gist. */
  readonly meaning: number;
  /** Share of the name's nouns that were said, 0–1. */
  readonly name: number;
  /** Share of what was said (values aside) that the tool's words cover, 0–1. */
  readonly said: number;
  /** Its own verb (of name or description) was said, or a synonym. */
  readonly verb: number;
  /** The verb that was said does what the tool does. */
  readonly action: number;
  /** It does the contrary or something else altogether. */
  readonly conflict: number;
  /** Share of required values that were said, free text counting half; 0.5 for a tool without. */
  readonly values: number;
  /** Share of the values in the utterance (dates, places, codes, …) that the tool has a use for. */
  readonly used: number;
  /** Several values at once that fit are no chance, 0–1. */
  readonly rich: number;
  /** An allowed value was said by its name. */
  readonly choice: number;
  /** The form of the utterance allows a call, 0–1; 0 forbids it. */
  readonly form: number;
}

export function readEvidence(profile: ToolProfile, utterance: Utterance, head: Head, filled: Filled, vectors: Vectors): Evidence {
  const typed = filled.fillings.filter((filling) => filling.slot.kind !== 'text' && filling.spans.length > 0);
  const spans = typed.flatMap((filling) => filling.spans);
  const consumed = utterance.entities.filter((entity) => spans.some((span) => overlaps(span, entity)));
  const words = utterance.words.filter((word) => !consumed.some((entity) => overlaps(entity, word)));
  const said = readTerms(words.map((word) => word.text).join(' '));
  const all = [...profile.own, ...profile.parameterTerms];
  const things = profile.nameTerms.filter((term) => !isVerb(term.text));
  const nameTerms = things.length > 0 ? things : profile.nameTerms;
  const everything = readTerms(utterance.text);
  const { action, conflict } = compareActions(profile, utterance, head);
  return {
    meaning: Math.max(0, dot(vectors.said, vectors.gist), dot(vectors.bare, vectors.gist)),
    name: share(nameTerms, everything),
    said: share(said, all),
    verb: verbSaid(profile, utterance, head),
    action,
    conflict,
    values: valuesShare(profile, filled),
    used: shareUsed(utterance, consumed),
    rich: Math.min(1, Math.max(0, typed.length - 1) / 2),
    choice: filled.fillings.some((filling) => filling.slot.kind === 'choice' && filling.score >= 1) ? 1 : 0,
    form: formWorth(profile, utterance, head, filled),
  };
}

export interface Vectors {
  readonly said: Float32Array;
  /** Of the utterance without its values. */
  readonly bare: Float32Array;
  readonly gist: Float32Array;
}

/** "will it rain in new york tomorrow" → "will it rain" */
export function bareText(utterance: Utterance): string {
  let bare = utterance.text;
  for (const { start, end, kind } of [...utterance.entities].sort((a, b) => b.start - a.start)) {
    if (kind === 'colour' || kind === 'quoted') continue;
    bare = `${bare.slice(0, start).replace(/\b(?:in|on|at|for|from|to|by|until|with|into)\s+(?:the\s+)?$/i, '')} ${bare.slice(end)}`;
  }
  return bare.replace(/\s+/g, ' ').trim();
}

function shareUsed(utterance: Utterance, consumed: readonly Entity[]): number {
  const telling = (entity: Entity): boolean => entity.kind !== 'number' && entity.kind !== 'colour' && entity.kind !== 'quoted';
  const all = utterance.entities.filter(telling);
  if (all.length === 0) return 0;
  return (consumed.filter(telling).length / all.length) * Math.min(1, 0.5 + consumed.length * 0.25);
}

/** "book", "reserve" for a tool that reserves; said where a verb stands, not "the book". */
function verbSaid(profile: ToolProfile, utterance: Utterance, head: Head): number {
  const body = utterance.words.filter((word) => word.start >= head.bodyStart);
  const later = lastCommand(utterance.text);
  const places = [body[0], body.find((word) => word.start === later)].filter((word) => word !== undefined);
  const said = places.flatMap((word) => readTerms(word.text));
  return profile.verbTerms.some((term) => said.some((other) => likeness(term, other) >= 0.75)) ? 1 : 0;
}

function share(terms: readonly Term[], among: readonly Term[]): number {
  if (terms.length === 0) return 0;
  const found = terms.map((term) => among.reduce((most, other) => Math.max(most, likeness(term, other)), 0));
  return found.reduce((sum, value) => sum + value, 0) / terms.length;
}

function valuesShare(profile: ToolProfile, filled: Filled): number {
  const required = profile.slots.filter((slot) => slot.required);
  if (required.length === 0) return filled.fillings.length > 0 ? 0.8 : 0.5;
  const missing = new Set(filled.missing.map(slotKey));
  const free = new Set(
    filled.fillings
      .filter((filling) => filling.slot.kind === 'text' && filling.score < 1)
      .map((filling) => slotKey(filling.slot)),
  );
  const worth = required.reduce((sum, slot) => sum + (missing.has(slotKey(slot)) ? 0 : free.has(slotKey(slot)) ? 0.5 : 1), 0);
  return worth / required.length;
}

/** Doing and undoing: one is never meant by the other. */
const CONTRARY: Partial<Readonly<Record<Action, readonly Action[]>>> = {
  remove: ['make', 'buy', 'start', 'play'],
  make: ['remove'],
  buy: ['remove'],
  start: ['stop'],
  stop: ['start'],
  play: ['stop', 'remove'],
};

function compareActions(
  profile: ToolProfile,
  utterance: Utterance,
  head: Head,
): { readonly action: number; readonly conflict: number } {
  const from = head.bodyStart;
  const body = utterance.words.filter((word) => word.start >= from);
  const [first] = body;
  const later = lastCommand(utterance.text);
  const verbs = [first, body.find((word) => word.start === later), body[1]].filter((word) => word !== undefined);
  const matches = verbs.filter((word) => intersects(actionsOf(word.text), profile.actions));
  const matching = matches.length > 0;
  const main = actionsOf((later === null ? first : (body.find((word) => word.start === later) ?? first))?.text ?? '');
  const contrary =
    main.size > 0 &&
    !intersects(main, profile.actions) &&
    [...main].some((action) => (CONTRARY[action] ?? []).some((other) => profile.actions.has(other)));
  const elsewhere = !matching && main.size > 0 && (head.form === 'command' || head.form === 'request') ? 0.5 : 0;
  return { action: !matching ? 0 : matches.every((word) => isAsking(word.text)) ? 0.5 : 1, conflict: contrary ? 1 : elsewhere };
}

function intersects<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  for (const value of a) if (b.has(value)) return true;
  return false;
}

/** "what is a savings account" and "do you have hotels" ask about the thing, not for a look at it. */
function questionWorth(utterance: Utterance, filled: Filled): number {
  if (/\b(?:is|are|was|does|do) an? (?!\w+ (?:from|to|for|at|on|in) )|\bwhat does .* mean\b/i.test(utterance.text)) return 0;
  // "are dentists expensive", "do you have hotels": what lacks values is asked of the pages.
  if (/^(?:and |so )?(?:is|are|was|were|do|does|did|has|have)\b/i.test(utterance.text) && filled.missing.length > 0) return 0;
  return 1;
}

function formWorth(profile: ToolProfile, utterance: Utterance, head: Head, filled: Filled): number {
  switch (head.form) {
    case 'command':
    case 'request':
    case 'wish':
      return 1;
    case 'may-i':
      return filled.fillings.some((filling) => filling.slot.kind !== 'text') ? 0.9 : profile.reads ? 0.6 : 0.3;
    case 'question':
      return profile.reads ? questionWorth(utterance, filled) : 0;
    case 'fragment':
      return 0.7;
    case 'how-to':
      return profile.reads && filled.fillings.length > 0 && filled.missing.length === 0 ? 0.8 : 0;
    case 'why':
    case 'supposed':
    case 'denied':
      return 0;
    case 'statement':
      return lastCommand(utterance.text) === null ? 0 : 0.9;
  }
}
