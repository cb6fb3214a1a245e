import { z } from 'zod';

/** Fields that requests share; what is empty or null is absent. A zero byte is no text: no database keeps it. */

const NO_CONTROL = /^\P{Cc}*$/u;

/** One line, `most` letters. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'is needed')
    .max(most, `has at most ${String(most)} letters`)
    .regex(NO_CONTROL, 'must have no control characters');

export const optionalLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `has at most ${String(most)} letters`)
    .regex(NO_CONTROL, 'must have no control characters')
    .nullish()
    .transform((text) => (text === undefined || text === null || text === '' ? null : text));

export const markdown = (most: number) =>
  z
    .string()
    .max(most, `has at most ${String(most)} letters`)
    .refine((text) => text.trim() !== '', 'is needed')
    .refine((text) => !text.includes('\u0000'), 'must have no control characters');

/** ISO 8601 with a zone, or UTC. */
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

export const isoDate = z
  .string()
  .trim()
  .max(64)
  .transform((text, context) => {
    const found = ISO.exec(text);
    const zoned = found?.[1] !== undefined || text.length === 10 ? text : `${text}Z`;
    const at = new Date(zoned.replace(' ', 'T').replace(',', '.').toUpperCase());
    if (found !== null && !Number.isNaN(at.getTime()) && isWritten(text, at, found[1])) return at;
    context.addIssue({ code: 'custom', message: 'must be a time as in 2025-01-20T10:00:00Z' });
    return z.NEVER;
  })
  .describe('ISO 8601; UTC where no zone is told');

/** `2025-02-30` is 2 March to a Date, and no day to anybody else. */
function isWritten(text: string, at: Date, zone: string | undefined): boolean {
  if (zone !== undefined && !/z/i.test(zone)) {
    const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
    return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  }
  return at.toISOString().startsWith(text.slice(0, 10));
}

const URL_LETTERS = 2048;

export const url = z
  .string()
  .trim()
  .min(1, 'is needed')
  .max(URL_LETTERS, `has at most ${String(URL_LETTERS)} letters`)
  .regex(NO_CONTROL, 'must have no control characters');

const SHOWN_SCHEMES = ['http:', 'https:', 'rtmp:', 'rtmps:', 'rtsp:', 'rtsps:'];

/** Never called from here, but shown as a link. */
export const shownUrl = url.refine(
  (text) => URL.canParse(text) && SHOWN_SCHEMES.includes(new URL(text).protocol),
  'must be a URL of http, https, rtmp or rtsp',
);

const count = (most: number, standard: number) =>
  z.preprocess(
    (text) => (text === '' ? undefined : text),
    z.coerce
      .number('must be a count')
      .int('must be a count')
      .min(1, 'counts from 1')
      .max(most, `is at most ${String(most)}`)
      .default(standard),
  );

export const page = count(1_000_000, 1).describe('Counts from 1');
export const limit = count(100, 20).describe('Of one page');

/** One of these; empty = `standard`. */
export const oneOf = <T extends string>(values: readonly [T, ...T[]], standard: T) =>
  z.preprocess((text) => (text === '' ? undefined : text), z.enum(values, `is one of ${values.join(', ')}`).default(standard));
