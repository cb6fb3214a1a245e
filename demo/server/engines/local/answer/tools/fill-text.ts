import { likeness, readTerms, type Term } from '../../../../knowledge/terms.ts';
import { overlaps } from './entity.ts';
import { readHead } from './head.ts';
import type { Slot } from './slots.ts';
import { slotKey, type Filling, type Span } from './span.ts';
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
const BOUNDARY =
  /,\s*(?=(?:my|the|his|her|it|it's|please|and|thanks|i|we|with)\b)|\b(?:to|for|with|by|in|on|at|from|into|about|regarding|because|since|due to|saying that|saying|that says|that reads|says|called|named|titled|entitled|labelled|under|near|within|around|until|as|over|below|above|with the (?:text|message|words|content)|close to)\b/gi;
const DETERMINERS =
  /^(?:(?:a|an|the|some|any|my|our|your|this|that|these|those|me|us|new|another|of|to|for|that|please|like|also|just|more|and|is|are|be|it|them|him|her|have|there)\b[ ,]*)+/i;
const TRAILING =
  /[\s,]*\b(?:please|for me|now|right now|thanks|thank you|today please|to me|near me|nearby|close by|around here|and|of|to|for|the|a|with|in|on|at|by|from|as|that)$/i;
/** What leads to a value that another parameter took: ", my email is". */
const LABEL_LEFT =
  /[\s,]+(?:and )?(?:(?:my|the|his|her|their|your) )?(?:e-?mail|phone|number|name|address|date|time|subject|code)(?: address| number)?(?: is)?[:\s]*$/i;
const EMPTY =
  /^(?:something|anything|it|that|this|one|them|some|things?|stuff|everything|me|us|here|there|what|kind|sort|how|much|many|is|are|do|you|i|we|ones?|up|off|down|out|back|away)$/i;

interface Chunk extends Span {
  /** The word that leads to it; null for the object of the verb. */
  readonly lead: string | null;
}

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

function chunksOf(utterance: Utterance): Chunk[] {
  const { text } = utterance;
  const { bodyStart } = readHead(text);
  const verb =
    /^(?:(?:turn|switch|put|set|sign|look|write|give|take|pick|note|jot|log|bring)(?: (?:me|us))? (?:up|on|off|down|out|in)|is there|are there|do you (?:have|sell|know|carry|offer)|how (?:do|would|can) (?:you|i) say|what(?:'s| is| are)|where(?:'s| is| are)|how(?:'s| is| are)|[\p{L}'-]+)(?: (?:me|us|it|him|her|them)\b(?! to))?/iu.exec(
      text.slice(bodyStart),
    )?.[0].length ?? 0;
  const from = bodyStart + verb;
  const chunks: Chunk[] = [];
  let lead: string | null = null;
  let start = from;
  for (const match of text.slice(from).matchAll(BOUNDARY)) {
    const at = from + match.index;
    if (utterance.entities.some((entity) => entity.kind === 'quoted' && at >= entity.start && at < entity.end)) continue;
    chunks.push({ lead, start, end: at });
    lead = match[0];
    start = at + match[0].length;
  }
  chunks.push({ lead, start, end: text.length });
  return chunks.filter((chunk) => text.slice(chunk.start, chunk.end).trim() !== '');
}

function isTaken(chunk: Span, used: readonly Span[]): boolean {
  return used.some((span) => span.start <= chunk.start + 1 && span.end >= chunk.end);
}

/** A message or a reason runs on over prepositions, up to the next value that was taken. */
function untilNext(chunk: Chunk, utterance: Utterance, used: readonly Span[]): Span {
  const next = used.filter((span) => span.start >= chunk.end).map((span) => span.start);
  return { start: chunk.start, end: Math.min(utterance.text.length, ...next) };
}

/** "to my shopping cart" says nothing but what the tool is. */
function isOwnOnly(utterance: Utterance, chunk: Span, used: readonly Span[], own: readonly Term[]): boolean {
  const terms = readTerms(valueOf(utterance, chunk, used));
  return terms.length > 0 && terms.every((term) => own.some((other) => likeness(term, other) >= 0.75));
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

/** Neighbouring chunks that are neither taken nor only the tool's own words, as one stretch. */
function longestRest(chunks: readonly Chunk[], utterance: Utterance, used: readonly Span[], own: readonly Term[]): Span | null {
  const runs: { start: number; end: number }[] = [];
  let open = false;
  for (const chunk of chunks) {
    const value = valueOf(utterance, chunk, used);
    const skip = value === '' || EMPTY.test(value) || isOwnOnly(utterance, chunk, used, own);
    if (skip) {
      open = false;
      continue;
    }
    const last = runs.at(-1);
    if (open && last !== undefined) last.end = chunk.end;
    else runs.push({ start: chunk.start, end: chunk.end });
    open = true;
  }
  return runs.sort((a, b) => valueOf(utterance, b, used).length - valueOf(utterance, a, used).length)[0] ?? null;
}

/** The words of a stretch as they were said, without taken values, determiners and trailing politeness. */
function valueOf(utterance: Utterance, span: Span, used: readonly Span[], verbatim = false): string {
  const pieces = cutOut(
    span,
    used.filter((other) => overlaps(other, span)),
  );
  const longest = pieces
    .map((piece) => utterance.mapped.original(piece.start, piece.end))
    .map((piece) => (verbatim ? piece.replace(/^[,:;\s"“”]+|[,:;.!?\s"“”]+$/g, '').replace(/\s+please$/i, '') : trimmed(piece)))
    .sort((a, b) => b.length - a.length)[0];
  return longest ?? '';
}

function cutOut(span: Span, holes: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  for (const hole of [...holes].sort((a, b) => a.start - b.start)) {
    if (hole.start > start) pieces.push({ start, end: hole.start });
    start = Math.max(start, hole.end);
  }
  if (start < span.end) pieces.push({ start, end: span.end });
  return pieces;
}

function trimmed(text: string): string {
  let value = text
    .trim()
    .replace(/^[,:;.\s]+|[,:;.?!\s]+$/g, '')
    .replace(DETERMINERS, '');
  for (let before = ''; before !== value;) {
    before = value;
    value = value
      .replace(LABEL_LEFT, '')
      .replace(TRAILING, '')
      .replace(/[,:;.?!\s]+$/, '');
  }
  return value.replace(/^["“']|["”']$/g, '').trim();
}

/** Whole sentences keep their articles. */
function isProse(slot: Slot): boolean {
  return /\b(?:content|description|body|message|text|note|comment|reason|issue|details|feedback|question)\b/.test(slot.label);
}

/** "note buy new shoes" for `take_note`: the tool's own word is no part of it. */
function withoutOwn(value: string, own: readonly Term[]): string {
  const bare = value.replace(/^(?:that|to|for|about|me|of|as)\s+/i, '');
  const [first = '', ...rest] = bare.replace(/^(?:an?|the|my)\s+(?=\p{L}+\s)/iu, '').split(/\s+/);
  const [term] = readTerms(first);
  const isOwn = rest.length > 0 && term !== undefined && own.some((other) => other.stem === term.stem);
  return isOwn ? rest.join(' ').replace(/^(?:that|to|for|about|of|saying|is|:)\s+/i, '') : bare;
}

/** "when the blue kettle is available again" for a tool about availability: the thing itself is wanted. */
function withoutPredicate(value: string, own: readonly Term[]): string {
  const words = value.replace(/^(?:when|if|whether|as soon as|once)\s+(?:(?:the|an?|my)\s+)?/i, '').split(/\s+/);
  const verb = words.findIndex((word, index) => index > 0 && /^(?:is|are|was|were|gets|becomes|comes)$/i.test(word));
  if (verb === -1) return words.join(' ');
  const after = readTerms(words.slice(verb + 1).join(' '));
  return after.every((term) => own.some((other) => likeness(term, other) >= 0.75))
    ? words.slice(0, verb).join(' ')
    : words.join(' ');
}

function listOf(value: string): string[] {
  return value
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+/i)
    .map((item) => item.replace(DETERMINERS, '').trim())
    .filter((item) => item !== '');
}
