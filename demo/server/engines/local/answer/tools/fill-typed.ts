import type { Entity, EntityKind } from './entity.ts';
import type { Slot, SlotKind } from './slots.ts';
import { isOfSlot, slotKey, wordsBefore, type Filling, type Span } from './span.ts';
import type { Utterance } from './utterance.ts';
import { offset, valuesOf } from './value-forms.ts';

/** Dates, numbers, codes, names and the like: each value of the utterance goes to the slot it fits best, none to two. */

const ACCEPTS: Partial<Readonly<Record<SlotKind, Partial<Readonly<Record<EntityKind, number>>>>>> = {
  date: { date: 1 },
  time: { time: 1 },
  duration: { duration: 1, number: 0.5 },
  integer: { number: 0.8, percent: 0.8, money: 0.6, code: 0.3 },
  number: { number: 0.8, percent: 0.8, money: 0.8, code: 0.3 },
  email: { email: 1.2 },
  phone: { phone: 1.2, code: 0.4 },
  url: { url: 1.2 },
  code: { code: 1.1, number: 0.7, phone: 0.5 },
  place: { place: 1 },
  street: { street: 1.1 },
  person: { person: 1, email: 0.5 },
  language: { language: 1 },
  currency: { currency: 1, money: 0.9 },
  colour: { colour: 1 },
};

const FROM_ROLES = new Set(['from', 'between', 'after']);
const TO_ROLES = new Set(['to', 'into', 'until', 'till', 'and', 'by', 'before']);
const UPPER =
  /\b(?:under|below|less than|cheaper than|up to|at most|no more than|maximum|max|within|not more than)\s*(?:of\s*)?(?:[€$£]\s*)?$/i;
const LOWER = /\b(?:over|above|more than|at least|minimum|min|from)\s*(?:of\s*)?(?:[€$£]\s*)?$/i;

/** A number given to an optional parameter must be meant for it; a required one takes what is there. */
const OPTIONAL_NEEDS = 1;
const REQUIRED_NEEDS = 0.5;

const PEOPLE = /\b(?:people|persons?|guests?|adults?|of us|seats?|passengers?|friends|diners|visitors|tickets?)\b/;
const DEGREES = /\b(?:degrees?|celsius|fahrenheit)\b/;

/** The word after a number that says it counts what the slot wants. */
function countedAs(slot: Slot, entity: Entity): string | null {
  if (entity.unit === null || entity.kind === 'money') return null;
  return entity.unit.split(' ').find((word) => isOfSlot(slot, word)) ?? null;
}

/** A number with the word it counts: "two people" leaves no "people" behind. */
function spanOf(slot: Slot, entity: Entity, utterance: Utterance): Span {
  const word =
    entity.kind === 'number'
      ? (countedAs(slot, entity) ??
        new RegExp(`${PEOPLE.source}|${DEGREES.source}|\\b(?:percent|kilomet(?:re|er)s?|met(?:re|er)s?|miles?|km)\\b`).exec(
          entity.unit ?? '',
        )?.[0])
      : undefined;
  if (word == null) return entity;
  const at = utterance.text.toLowerCase().indexOf(word, entity.end);
  return at === -1 ? entity : { start: entity.start, end: at === entity.end + 1 ? at + word.length : entity.end };
}

interface Pair {
  readonly slot: Slot;
  readonly entity: Entity;
  readonly score: number;
}

export function fillTyped(slots: readonly Slot[], utterance: Utterance): Filling[] {
  const pairs = slots
    .flatMap((slot) => utterance.entities.map((entity) => ({ slot, entity, score: scoreOf(slot, entity, utterance, slots) })))
    .filter(({ slot, entity, score }) => score >= (needsProof(slot, entity) ? OPTIONAL_NEEDS : REQUIRED_NEEDS))
    .sort((a, b) => b.score - a.score || a.entity.start - b.entity.start);
  const fillings = new Map<string, Filling>();
  const used = new Map<Entity, string>();
  for (const pair of pairs) {
    const key = slotKey(pair.slot);
    const before = fillings.get(key);
    const takenBy = used.get(pair.entity);
    // One amount of money is a number to one slot and a currency to another.
    if (
      takenBy !== undefined &&
      !(pair.entity.kind === 'money' && pair.slot.kind === 'currency') &&
      !(takenBy.startsWith('currency:') && pair.entity.kind === 'money')
    )
      continue;
    if (before !== undefined && !pair.slot.many) continue;
    used.set(pair.entity, pair.slot.kind === 'currency' ? `currency:${key}` : key);
    fillings.set(key, merged(before, pair, spanOf(pair.slot, pair.entity, utterance)));
  }
  return [...fillings.values(), ...moments(slots, utterance, used)];
}

function needsProof(slot: Slot, entity: Entity): boolean {
  return (
    !slot.required && (entity.kind === 'number' || entity.kind === 'percent' || entity.kind === 'money' || entity.kind === 'code')
  );
}

function merged(before: Filling | undefined, { slot, entity, score }: Pair, span: Span): Filling {
  const values = valuesOf(slot, entity);
  if (!slot.many) return { slot, values, spans: [span], score };
  const all = [...((before?.values[0] as readonly unknown[] | undefined) ?? []), values[0]];
  return { slot, values: [all], spans: [...(before?.spans ?? []), span], score };
}

function scoreOf(slot: Slot, entity: Entity, utterance: Utterance, slots: readonly Slot[]): number {
  const base = ACCEPTS[slot.kind]?.[entity.kind];
  if (base === undefined) return 0;
  let score = base;
  if (slot.side !== null && entity.role !== null) {
    const isFrom = FROM_ROLES.has(entity.role);
    const isTo = TO_ROLES.has(entity.role) || (entity.role === 'in' && (slot.kind === 'currency' || slot.kind === 'language'));
    if ((slot.side === 'from' && isFrom) || (slot.side === 'to' && isTo)) score += 0.5;
    else if ((slot.side === 'from' && isTo) || (slot.side === 'to' && isFrom)) score -= 0.6;
  }
  if (slot.kind === 'currency' && slot.side !== null && entity.kind === 'money') score += slot.side === 'from' ? 0.4 : -0.4;
  score += orderBonus(slot, entity, utterance, slots);
  if (countedAs(slot, entity) !== null) score += 0.7;
  if (/\byear\b/.test(slot.label) && Number(entity.value) >= 1900 && Number(entity.value) <= 2100) score += 0.6;
  const named = slot.label.split(' ').filter((word) => word.length > 2);
  if (wordsBefore(utterance, entity.start, 4).some((word) => named.includes(word))) score += 0.4;
  if (isNumeric(slot)) score += numericBonus(slot, entity, utterance);
  return score;
}

/** Without prepositions the first date is the earlier one: "monday, back on thursday". */
function orderBonus(slot: Slot, entity: Entity, utterance: Utterance, slots: readonly Slot[]): number {
  const rivals = slots.filter((other) => other.kind === slot.kind && other.side !== null);
  if (slot.side === null || rivals.length < 2) return 0;
  const alike = utterance.entities.filter((other) => other.kind === entity.kind);
  if (alike.length < 2) return slot.side === 'from' && entity.kind === 'date' ? 0.1 : 0;
  const isFirst = alike[0] === entity;
  return (slot.side === 'from') === isFirst ? 0.3 : -0.3;
}

function isNumeric(slot: Slot): boolean {
  return slot.kind === 'integer' || slot.kind === 'number';
}

function numericBonus(slot: Slot, entity: Entity, utterance: Utterance): number {
  const before = utterance.text.slice(0, entity.start);
  const words = `${slot.label} ${slot.description.toLowerCase()}`;
  const isPrice = /\b(?:price|amount|cost|budget|money|total|pay|payment|sum|fee|euros?|dollars?|eur|usd|value)\b/.test(words);
  let bonus = 0;
  if (entity.kind === 'money') bonus += isPrice ? 0.4 : -0.5;
  if (entity.kind === 'percent')
    bonus += /\b(?:percent|percentage|level|volume|brightness|tip|%|opacity|discount)\b/.test(words) ? 0.4 : 0;
  if (/\bmax|most|highest|up to|upper|limit/.test(words)) bonus += UPPER.test(before) ? 0.5 : LOWER.test(before) ? -0.6 : 0;
  if (/\bmin\b|minimum|least|lowest|lower/.test(words)) bonus += LOWER.test(before) ? 0.5 : UPPER.test(before) ? -0.6 : 0;
  if (
    /\b(?:people|persons?|guests?|party|seats?|travell?ers?|passengers?|adults?|attendees|visitors|diners|tickets?)\b/.test(words)
  ) {
    if (entity.unit !== null && PEOPLE.test(entity.unit)) bonus += 0.7;
    else if (entity.role === 'for' && entity.kind === 'number') bonus += 0.4;
    else if (/\bwe are $|\bparty of $|\bthere (?:are|will be) $/i.test(before)) bonus += 0.6;
  }
  if (
    /\b(?:quantity|count|number of|how many|amount)\b/.test(words) &&
    entity.kind === 'number' &&
    (entity.role === null || entity.role === 'of')
  )
    bonus += 0.4;
  if (/\b(?:degrees?|temperature)\b/.test(words) && entity.unit !== null && DEGREES.test(entity.unit)) bonus += 0.6;
  if (
    entity.role === 'to' &&
    /\b(?:level|volume|brightness|temperature|target|speed|value|new|position|percent|setting)\b/.test(words)
  )
    bonus += 0.5;
  return bonus;
}

/** A date-time wants both; a time alone means today, or tomorrow when it has passed. */
function moments(slots: readonly Slot[], utterance: Utterance, used: ReadonlyMap<Entity, string>): Filling[] {
  const free = utterance.entities.filter((entity) => !used.has(entity));
  const days = free.filter((entity) => entity.kind === 'date');
  const clocks = free.filter((entity) => entity.kind === 'time');
  const wanting = slots
    .filter((slot) => slot.kind === 'moment')
    .sort((a, b) => Number(a.side === 'to') - Number(b.side === 'to'));
  return wanting.flatMap((slot, index): Filling[] => {
    const day = days[Math.min(index, days.length - 1)];
    const clock = clocks[index];
    if (day === undefined || clock === undefined) return [];
    const [date, time] = [String(day.value), String(clock.value)];
    const spans = [day, clock];
    return [
      {
        slot,
        values: [`${date}T${time}:00${offset(date, time)}`, `${date}T${time}:00`, `${date}T${time}`, `${date} ${time}`],
        spans,
        score: 1.5,
      },
    ];
  });
}
