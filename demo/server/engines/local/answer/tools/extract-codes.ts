import { overlaps, roleAt, type Entity } from './entity.ts';

/** What has a form of its own: e-mail addresses, links, telephone numbers, streets, order and other codes, quoted words. */

const EMAIL = /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g;
const SPOKEN_EMAIL = /\b([\w.+-]+(?:\s(?:dot|underscore|dash)\s[\w.+-]+)*)\sat\s([\w-]+(?:\sdot\s[\w-]+)+)\b/gi;
const URL_LIKE = /\bhttps?:\/\/[^\s]+|\bwww\.[^\s]+\.[a-z]{2,}[^\s]*/gi;
const PHONE = /(?<![\w-])\+?\d[\d\s().-]{6,}\d(?![\w-])/g;
const MIXED_CODE = /\b(?=[A-Za-z\d-]*\d)(?=[A-Za-z\d-]*[A-Za-z])[A-Za-z\d]+(?:-[A-Za-z\d]+)*\b/g;
/** A number said as a name: "order 4412", "number 12", "flight 77". */
const NAMED_CODE =
  /\b(?:order|orders|booking|reservation|invoice|ticket|line|bus|tram|train|platform|route|article|tracking|parcel|package|shipment|customer|account|reference|confirmation|case|policy|serial|article|item|sku|code|number|id|flight|room|table|gate|track|channel|episode|version|pin|member|membership|card|claim|request|return)(?:\s+(?:number|no\.?|code|id|reference|is|#|num))*\s*[:#]?\s*(\d[\d-]{0,24})\b/gi;
const QUOTED = /["“”]([^"“”]+)["“”]|(?<=\s|^)'([^']+)'(?=[\s.,!?]|$)/g;
const STREET =
  /\b\d{1,4}[a-z]?,? (?:\p{L}+ ){1,4}?(?:street|st|road|rd|avenue|ave|lane|ln|drive|square|way|boulevard|blvd|court|place|close|quay|terrace|row|hill|crescent|gardens)\b\.?|\b\p{Lu}\p{L}+(?:straat|strasse|straße|weg|gasse|laan|gracht) \d{1,4}[a-z]?\b/giu;
const NOT_CODES =
  /^(?:\d+(?:st|nd|rd|th|am|pm|h|km|m|cm|mm|kg|g|l|ml|gb|mb|min|mins|kmh|c|f|k|x)|covid-?19|mp[34]|a[345]|b2[bc]|h26[45])$/i;

export function extractCodes(text: string): Entity[] {
  const found: Entity[] = [];
  const add = (kind: Entity['kind'], start: number, end: number, value: string): void => {
    if (!found.some((entity) => overlaps(entity, { start, end })))
      found.push({ kind, start, end, value, unit: null, role: roleAt(text, start) });
  };
  for (const match of text.matchAll(QUOTED))
    add('quoted', match.index, match.index + match[0].length, (match[1] ?? match[2] ?? '').trim());
  for (const match of text.matchAll(EMAIL)) add('email', match.index, match.index + match[0].length, match[0].replace(/\.$/, ''));
  for (const match of text.matchAll(SPOKEN_EMAIL)) add('email', match.index, match.index + match[0].length, written(match[0]));
  for (const match of text.matchAll(URL_LIKE))
    add('url', match.index, match.index + match[0].length, match[0].replace(/[.,!?]$/, ''));
  for (const match of text.matchAll(STREET)) add('street', match.index, match.index + match[0].length, match[0]);
  for (const match of text.matchAll(PHONE))
    if (isSurelyPhone(text, match)) add('phone', match.index, match.index + match[0].length, match[0].trim());
  for (const match of text.matchAll(NAMED_CODE)) {
    const code = match[1] ?? '';
    const start = match.index + match[0].length - code.length;
    // "order 20 tulips" counts; "order 4412 is late" names.
    if (/^(?:order|book|ticket|claim|request|return)/i.test(match[0]) && COUNTS.test(text.slice(start + code.length))) continue;
    add('code', start, start + code.length, code);
  }
  for (const match of text.matchAll(MIXED_CODE))
    if (!NOT_CODES.test(match[0])) add('code', match.index, match.index + match[0].length, match[0]);
  for (const match of text.matchAll(PHONE)) {
    const digits = match[0].replace(/\D/g, '');
    if (digits.length >= 7 && digits.length <= 15 && !/^\d{4}-\d{2}-\d{2}$/.test(match[0].trim()))
      add('phone', match.index, match.index + match[0].length, match[0].trim());
  }
  return found;
}

const COUNTS =
  /^\s+(?!(?:is|was|has|had|to|for|on|at|in|by|from|with|and|or|please|because|since|until|before|after|as|of|the|a|an|my|did|does|will|yet|now|today|tomorrow|again|arrived|not|still|came)\b)\p{L}/iu;

/** Groups of digits, or digits after a word for telephones. */
function isSurelyPhone(text: string, match: RegExpExecArray): boolean {
  const digits = match[0].replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /^\d{4}-\d{2}-\d{2}$/.test(match[0].trim())) return false;
  return (
    /[\s+()]/.test(match[0].trim()) ||
    /\b(?:phone|telephone|mobile|cell|call|ring|tel|fax)\b[^\d]{0,25}$/i.test(text.slice(0, match.index))
  );
}

/** "anna dot smith at example dot com" → "anna.smith@example.com" */
function written(spoken: string): string {
  return spoken
    .toLowerCase()
    .replace(/\sdot\s/g, '.')
    .replace(/\sunderscore\s/g, '_')
    .replace(/\sdash\s/g, '-')
    .replace(/\sat\s/, '@')
    .replace(/\s/g, '');
}
