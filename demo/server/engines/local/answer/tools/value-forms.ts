import type { Entity } from './entity.ts';
import { languageCode } from './languages.ts';
import type { Slot } from './slots.ts';

/** A value that was said in the forms that schemas ask for: durations in their unit, dates and times as the description shows them. */

const UNIT_MINUTES: readonly (readonly [RegExp, number])[] = [
  [/\bseconds?\b|\bsecs?\b/, 1 / 60],
  [/\bminutes?\b|\bmins?\b/, 1],
  [/\bhours?\b|\bhrs?\b/, 60],
  [/\b(?:days?|nights?)\b/, 1440],
  [/\bweeks?\b/, 10080],
  [/\bmonths?\b/, 43200],
];

/** Values in the forms that schemas ask for, likeliest first. */
export function valuesOf(slot: Slot, entity: Entity): unknown[] {
  const { value } = entity;
  switch (slot.kind) {
    case 'duration':
      return durations(slot, entity);
    case 'integer':
    case 'number':
      return entity.kind === 'percent' ? [value, Number(value) / 100] : [Number(value)];
    case 'date':
      return dates(slot, String(value));
    case 'time':
      return times(slot, String(value));
    case 'language': {
      const code = languageCode(String(value));
      const wantsCode =
        /\b(?:iso|code|bcp)\b/i.test(`${slot.label} ${slot.description}`) || /["'`(]?\b[a-z]{2}["'`]?[,)]/.test(slot.description);
      return wantsCode && code !== null ? [code, value] : [value, code];
    }
    case 'currency':
      return [entity.kind === 'money' ? entity.unit : value, String(entity.kind === 'money' ? entity.unit : value).toLowerCase()];
    default:
      return typeof value === 'number' ? [String(value)] : [value];
  }
}

function durations(slot: Slot, entity: Entity): unknown[] {
  const words = `${slot.label} ${slot.description.toLowerCase()}`;
  const [, unit = 1] = UNIT_MINUTES.find(([pattern]) => pattern.test(slot.label)) ??
    UNIT_MINUTES.find(([pattern]) => pattern.test(words)) ?? [null, 1];
  if (entity.kind === 'number') return [entity.value];
  const minutes = Number(entity.value);
  const amount = Math.round((minutes / unit) * 1000) / 1000;
  const iso =
    minutes % 1440 === 0
      ? `P${String(minutes / 1440)}D`
      : minutes % 60 === 0
        ? `PT${String(minutes / 60)}H`
        : minutes < 1
          ? `PT${String(Math.round(minutes * 60))}S`
          : `PT${String(minutes)}M`;
  return slot.schema['type'] === 'string' ? [iso, `${String(minutes)} minutes`] : [amount];
}

function dates(slot: Slot, iso: string): string[] {
  const [year = '', month = '', day = ''] = iso.split('-');
  const hint = slot.description.toLowerCase();
  if (/\bdd[/.]mm[/.]yyyy\b/.test(hint))
    return [`${day}${hint.includes('dd.mm') ? '.' : '/'}${month}${hint.includes('dd.mm') ? '.' : '/'}${year}`, iso];
  if (/\bmm\/dd\/yyyy\b/.test(hint)) return [`${month}/${day}/${year}`, iso];
  return [
    iso,
    `${day}/${month}/${year}`,
    `${month}/${day}/${year}`,
    `${day}.${month}.${year}`,
    `${year}${month}${day}`,
    `${iso}T00:00:00${offset(iso, '00:00')}`,
    weekday(iso).toLowerCase(),
    weekday(iso),
  ];
}

function times(slot: Slot, clock: string): string[] {
  const [hour = '0', minute = '00'] = clock.split(':');
  const twelve = `${String(Number(hour) % 12 === 0 ? 12 : Number(hour) % 12)}:${minute} ${Number(hour) < 12 ? 'AM' : 'PM'}`;
  if (/\b(?:am\/pm|12-hour|12 hour)\b/i.test(slot.description)) return [twelve, clock];
  return [clock, `${clock}:00`, `${clock}:00${offset('2026-01-01', clock)}`, twelve];
}

/** The system's own offset at that moment, as RFC 3339 wants it. */
export function offset(date: string, time: string): string {
  const minutes = -new Date(`${date}T${time}:00`).getTimezoneOffset();
  if (minutes === 0) return 'Z';
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}

function weekday(iso: string): string {
  return (
    ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][new Date(`${iso}T12:00:00`).getDay()] ?? ''
  );
}
