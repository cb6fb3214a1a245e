import type { Term } from '../../../../knowledge/terms.ts';
import { overlaps } from './entity.ts';
import type { Slot } from './slots.ts';
import { slotKey, type Filling, type Span } from './span.ts';
import { chunksOf, isOwnOnly, isTaken, longestRest, untilNext } from './text-chunks.ts';
import { EMPTY, isProse, listOf, valueOf, withoutOwn, withoutPredicate } from './text-value.ts';
import type { Utterance } from './utterance.ts';

/** Free text: what is left of the utterance when verb, values and the tool's own words are taken away, and which parameter it belongs to. */

const FREE = new Set(['text', 'place', 'street', 'person']);

/** Which words lead to which parameters: "by queen" is an artist, "because …" a reason. */
const LEADS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:by)$/, /\b(?:artist|author|creator|director|writer|band|singer|composer|by|brand|maker)\b/],
  [/^(?:about|regarding|on|concerning|over)$/, /\b(?:topic|subject|theme|query|about|issue|question|title|text)\b/],
  [/^(?:because|since|due to|as)$/, /\b(?:reason|why|cause|explanation|comment)\b/],
  [
    /^(?:saying|that says|says|saying that|that reads|reading|with the (?:text|message|words|content))$/,
    /\b(?:body|message|text|content|note|words)\b/,
  ],
  [/^(?:called|named|titled|entitled|labelled|labeled)$/, /\b(?:name|title|label|called)\b/],
  [
    /^(?:for)$/,
    /\b(?:for|label|purpose|occasion|reason|recipient|event|pet|what|who|query|search|topic|product|item|service|treatment|beneficiary)\b/,
  ],
  [/^(?:with)$/, /\b(?:with|contact|topping|ingredient|extra|note|doctor|stylist|person|name|companion|colou?r|feature)\b/],
  [
    /^(?:to)$/,
    /\b(?:to|recipient|list|destination|playlist|folder|contact|person|target|channel|group|station|address|payee|place)\b/,
  ],
  [
    /^(?:in|at|near|around|close to|inside|within|to|from)$/,
    /\b(?:location|city|place|where|area|region|room|store|branch|country|town|shop|neighbou?rhood|address|near|station|office|folder|list|destination|origin|venue)\b/,
  ],
  [/^(?:from)$/, /\b(?:from|origin|source|sender|list|author|store|brand|account)\b/],
];
/** `own`: terms of the tool's name and description. */
export function fillText(
  slots: readonly Slot[],
  utterance: Utterance,
  taken: readonly Filling[],
  own: readonly Term[],
): Filling[] {
  const open = slots.filter((slot) => FREE.has(slot.kind) && !taken.some((filling) => slotKey(filling.slot) === slotKey(slot)));
  const used: Span[] = taken.flatMap((filling) => filling.spans);
  const found: Filling[] = [];
  const give = (slot: Slot, span: Span, score: number, verbatim = false): void => {
    const whole = withoutOwn(valueOf(utterance, span, used, verbatim || isProse(slot)), own);
    const value = verbatim || isProse(slot) ? whole : withoutPredicate(whole, own);
    if (value === '' || EMPTY.test(value)) return;
    found.push({ slot, values: slot.many ? [listOf(value)] : [value], spans: [span], score });
    used.push(span);
  };
  const isOpen = (slot: Slot): boolean => !found.some((filling) => slotKey(filling.slot) === slotKey(slot));

  for (const slot of open) {
    const named = afterOwnName(slot, utterance, open);
    if (named !== null && !used.some((span) => overlaps(span, named))) give(slot, named, 1.2, true);
  }
  const quotes = utterance.entities.filter((entity) => entity.kind === 'quoted' && !used.some((span) => overlaps(span, entity)));
  for (const quote of quotes) {
    const slot = mainSlot(open.filter(isOpen));
    if (slot !== null) found.push({ slot, values: slot.many ? [[quote.value]] : [quote.value], spans: [quote], score: 1.2 });
    used.push(quote);
  }
  const chunks = chunksOf(utterance);
  for (const chunk of chunks) {
    if (chunk.lead === null || isTaken(chunk, used)) continue;
    const lead = chunk.lead.toLowerCase();
    const slot = open
      .filter(isOpen)
      .find((candidate) =>
        LEADS.some(([word, names]) => word.test(lead) && names.test(`${candidate.label} ${leadHint(candidate)}`)),
      );
    if (slot === undefined || isOwnOnly(utterance, chunk, used, own)) continue;
    const saysAll = /^(?:saying|that says|says|that reads|because|since|due to|called|named|titled|by)/.test(lead);
    give(slot, saysAll ? untilNext(chunk, utterance, used) : chunk, 1, saysAll);
  }
  const main = mainSlot(open.filter(isOpen));
  // A place is said with a preposition; "are dentists expensive" names none.
  const placed = main?.kind === 'place' || main?.kind === 'street' ? chunks.filter((chunk) => chunk.lead !== null) : chunks;
  const rest = main === null ? null : longestRest(placed, utterance, used, own);
  if (main !== null && rest !== null && (main.kind === 'text' || main.required)) give(main, rest, 0.7);
  return found;
}

/** "subject invoice", "my street is …", "note: no onions". */
function afterOwnName(slot: Slot, utterance: Utterance, rivals: readonly Slot[]): Span | null {
  const described = /^(?:the )?(\w+)(?: of| to|$)/i.exec(slot.description)?.[1]?.toLowerCase();
  const own = slot.label.replace(/\b(?:name|text|id|target|new)\b/g, '').trim() || slot.label;
  const name = described === undefined || described.length < 4 ? escaped(own) : `${escaped(own)}|${described}`;
  const match = new RegExp(
    `\\b(?:${name})(?: name| text| number)?(?: is| are|:| of| that says| saying| should be| =)?\\s+`,
    'i',
  ).exec(utterance.text);
  if (match === null || /^(?:to|for|from|with|in|at|by)$/.test(name) || name.length < 4) return null;
  const strong =
    /(?:is|are|:|=|should be|says|saying)\s+$/i.test(match[0]) ||
    /(?:\b(?:with|and)|,)(?: the| a| with| and)? $/i.test(utterance.text.slice(0, match.index));
  if (!strong) return null;
  const start = match.index + match[0].length;
  const others = rivals
    .filter((other) => other !== slot)
    .map((other) => other.label.replace(/\b(?:name|text)\b/g, '').trim())
    .filter((label) => label.length > 2)
    .map(escaped);
  const stop = new RegExp(
    `(?:\\s+(?:and|with)|,)\\s+(?:and |with )?(?:the |a |my )?(?:${[...others, 'text', 'message', 'subject'].join('|')})\\b`,
    'i',
  ).exec(utterance.text.slice(start));
  return { start, end: stop === null ? utterance.text.length : start + stop.index };
}

/** Parameter names are the client's: they may hold anything. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function leadHint(slot: Slot): string {
  return slot.kind === 'place' ? 'location' : slot.kind === 'person' ? 'person' : '';
}

/** The parameter that takes what the sentence is about. */
function mainSlot(open: readonly Slot[]): Slot | null {
  const ordered = [...open].sort((a, b) => mainRank(a) - mainRank(b));
  return ordered[0] ?? null;
}

function mainRank(slot: Slot): number {
  const isObject =
    /\b(?:item|product|query|text|task|title|song|word|dish|message|kind|what|thing|subject|content|body|search|keyword|term|topic|type|ingredient|expression|question|description|symptom|issue|problem)\b/.test(
      slot.label,
    );
  return (slot.required ? 0 : 2) + (isObject ? 0 : 1) + (slot.kind === 'text' ? 0 : 4);
}
