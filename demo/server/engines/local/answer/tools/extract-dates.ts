import type { ParsedComponents } from 'chrono-node';
// English alone: a dozen other languages would be loaded at every start.
import { casual } from 'chrono-node/en';
import { overlaps, roleAt, type Entity } from './entity.ts';

/** Dates, times and spans of time (chrono-node), against a clock that is passed in. */

const SPAN = /\b(\d+(?:[.,]\d+)?)[ -](seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?)\b/gi;
const MINUTES: Readonly<Record<string, number>> = { s: 1 / 60, mi: 1, h: 60, d: 1440, n: 1440, w: 10080, mo: 43200 };
const EVENING = /\b(?:evening|tonight|dinner|supper|night|p\.?m\b)/i;
const MORNING = /\b(?:morning|breakfast|a\.?m\b)/i;

/** Hours said without morning or evening: from one to six people mean the afternoon. */
const AFTERNOON_HOURS = 6;

export function extractDates(text: string, now: Date, about = ''): Entity[] {
  const context = `${text} ${about}`;
  const spans = spansOf(text);
  const entities: Entity[] = [...spans];
  for (const result of casual.parse(text, now, { forwardDate: true })) {
    const start = result.index;
    const end = start + result.text.length;
    if (spans.some((span) => overlaps(span, { start, end }))) continue;
    entities.push(...fromComponents(context, result.start, start, end, roleAt(text, start)));
    if (result.end != null) entities.push(...fromComponents(context, result.end, start, end, 'to', true));
  }
  return withBareHours(text, entities, context);
}

/** "for 20 minutes" is a span; "in 20 minutes" is a moment, and chrono's. */
function spansOf(text: string): Entity[] {
  const spans: Entity[] = [];
  for (const match of text.matchAll(SPAN)) {
    const start = match.index;
    const end = start + match[0].length;
    const role = roleAt(text, start);
    if (role === 'in' || /^ (?:from now|later|ago|before|after)\b/.test(text.slice(end))) continue;
    const unit = (match[2] ?? '').toLowerCase();
    const minutes = (MINUTES[unit.slice(0, 2)] ?? MINUTES[unit.charAt(0)] ?? 1) * Number((match[1] ?? '').replace(',', '.'));
    spans.push({ kind: 'duration', start, end, value: minutes, unit, role });
  }
  return spans;
}

function fromComponents(
  context: string,
  parts: ParsedComponents,
  start: number,
  end: number,
  role: string | null,
  isEnd = false,
): Entity[] {
  const found: Entity[] = [];
  const dated = parts.isCertain('day') || parts.isCertain('weekday') || (parts.isCertain('month') && !isEnd);
  if (dated) found.push({ kind: 'date', start, end, value: isoDate(parts), unit: null, role });
  if (parts.isCertain('hour')) {
    const hour = likelyHour(parts.get('hour') ?? 0, parts.isCertain('meridiem'), context);
    found.push({ kind: 'time', start, end, value: clock(hour, parts.get('minute') ?? 0), unit: null, role });
  }
  return found;
}

/** "at 8" after a day, "from 9 to 11": chrono leaves some hours alone. */
function withBareHours(text: string, entities: readonly Entity[], context: string): Entity[] {
  const added: Entity[] = [];
  for (const match of text.matchAll(
    /\b(at|by|until|till|around|before|after)\s+(\d{1,2})(?::(\d{2}))?(?!\s*(?:%|percent|euros?|dollars?|pounds?|degrees?|people|persons|guests|[a-z]*minutes?|hours?|days?|weeks?|[.\d]))\b/gi,
  )) {
    const hour = Number(match[2]);
    const start = match.index + match[0].length - (match[2] ?? '').length - (match[3] === undefined ? 0 : 3);
    const end = match.index + match[0].length;
    if (hour > 23 || entities.some((entity) => entity.kind === 'time' && overlaps(entity, { start, end }))) continue;
    added.push({
      kind: 'time',
      start,
      end,
      value: clock(likelyHour(hour, hour > 12, context), Number(match[3] ?? 0)),
      unit: null,
      role: (match[1] ?? '').toLowerCase(),
    });
  }
  return [...entities, ...added];
}

function likelyHour(hour: number, certain: boolean, text: string): number {
  if (certain || hour === 0 || hour >= 12) return hour;
  if (MORNING.test(text) && !EVENING.test(text)) return hour;
  return hour <= AFTERNOON_HOURS || EVENING.test(text) || (hour <= 9 && /\b(?:table|restaurant|dinner)\b/i.test(text))
    ? hour + 12
    : hour;
}

function isoDate(parts: ParsedComponents): string {
  const [year, month, day] = [parts.get('year') ?? 0, parts.get('month') ?? 1, parts.get('day') ?? 1];
  return `${String(year)}-${pad(month)}-${pad(day)}`;
}

function clock(hour: number, minute: number): string {
  return `${pad(hour)}:${pad(minute)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
