import { z } from 'zod';

/** Fields that many requests share. Python sends `null` for what Node leaves out: both mean absent (spec §2). */

export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const MAX_TEXT = 20_000;

export const name = z.string().trim().min(1).max(200);
export const text = z.string().trim().min(1).max(MAX_TEXT);
export const connectionId = optional(z.string().max(200)).describe('Id of a live socket that wants to hear of it');
export const facts = z.record(z.string().max(200), z.unknown());

/** Unix seconds in a query; who sends ms is understood. */
export const unixTime = z.coerce.number().min(0).max(1e14).describe('Unix seconds');
export const pageNumber = z.coerce.number().int().min(1).max(1e6).default(1).describe('Counts from 1');
export const pageSize = (most: number) => z.coerce.number().int().min(1).max(most).default(100);

/** Later than the year 5138 in seconds is ms. */
const SECONDS_END = 1e11;

/** ms, to a µs: what the SDKs send are doubles. */
export const toMs = (seconds: number): number => (seconds > SECONDS_END ? seconds : Math.round(seconds * 1e6) / 1e3);

export const toSeconds = (ms: number): number => Math.round(ms) / 1e3;

/** As VideoDB writes it: ISO 8601 without a zone, µs. */
export const isoTime = (date: Date): string => `${date.toISOString().slice(0, -1)}000`;

export const idParams = z.object({ id: z.string().min(1).max(200) });

/** `start` and `stop` under either name (spec §8.10). */
export const startOrStop = z
  .object({
    action: optional(z.enum(['start', 'stop'])),
    status: optional(z.enum(['start', 'stop', 'connected', 'running', 'stopped'])),
  })
  .refine((body) => (body.action ?? body.status) !== undefined, { path: ['action'], message: "must be 'start' or 'stop'" })
  .transform(({ action, status }) => ((action ?? status)?.startsWith('stop') === true ? ('stop' as const) : ('start' as const)));

const TIERS = ['mini', 'basic', 'pro', 'ultra'] as const;
export const tier = optional(z.enum(TIERS)).describe('How deep the analysis goes; `basic` where nothing is said');

/** Examples of a body for the document; those that zod knows are of what comes out of a schema, not of what goes in. */
export const shown = (...examples: readonly unknown[]): Readonly<Record<string, unknown>> => ({
  'x-examples': Object.fromEntries(examples.map((value, at) => [`example${at + 1}`, { value }])),
});
