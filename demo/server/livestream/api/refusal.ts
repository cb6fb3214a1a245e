import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AuthError } from '../../auth.ts';
import { UrlRefusedError } from '../../http/outside-url.ts';
import { RecorderError } from '../recorder/recorder.ts';
import { LivestreamError } from './livestream-error.ts';

/** Whatever was thrown, as a status and what the source's clients read: `{detail}`, with a code and the field beside it. Pure. */

export const refusalSchema = z
  .object({
    detail: z.string().describe('What is wrong, for people'),
    code: z.string().describe('The same, for programs'),
    field: z.string().optional().describe('With 422: which field it is about'),
  })
  .describe('A refusal');

export type Refusal = z.output<typeof refusalSchema>;

interface Told {
  readonly status: number;
  readonly body: Refusal;
}

const BY_STATUS: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  413: ['request_too_large', 'The request is too large.'],
  415: ['unsupported_media_type', 'The body is of another kind than this call takes.'],
  429: ['rate_limit_exceeded', 'Too many requests from this address; try again in a minute.'],
  503: ['unavailable', 'This cannot be had right now; try again in a moment.'],
};

export function refusalOf(cause: unknown): Told {
  if (cause instanceof LivestreamError) return told(cause.status, cause.code, cause.message, cause.field);
  if (cause instanceof AuthError) return told(cause.status, cause.code, cause.message);
  if (cause instanceof UrlRefusedError) return told(422, 'url_refused', cause.message, cause.field);
  if (cause instanceof RecorderError)
    return cause.kind === 'refused'
      ? told(422, 'url_refused', `url: ${cause.message}`, 'url')
      : told(503, 'recorder_unavailable', cause.message);
  if (hasZodFastifySchemaValidationErrors(cause)) {
    const issue = cause.validation[0];
    return invalid(issue?.instancePath.split('/').filter((part) => part !== '') ?? [], issue?.message ?? 'not usable');
  }
  const { statusCode = 500, code } = cause as Partial<FastifyError>;
  const known = BY_STATUS[statusCode];
  if (known !== undefined) return told(statusCode, ...known);
  if (statusCode >= 500) return told(500, 'internal_error', 'Something failed here.');
  const detail = code?.startsWith('FST_MP') === true ? 'The form is not whole.' : 'The body is not usable: it must be JSON.';
  return told(422, 'invalid_body', detail, 'body');
}

/** For values that a route itself has checked. */
export function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0];
  const { detail, code, field } = invalid(issue?.path.map(String) ?? [], issue?.message ?? 'not usable').body;
  throw new LivestreamError(422, code, detail, field);
}

function invalid(path: readonly string[], message: string): Told {
  const field = path.length === 0 ? 'body' : path.join('.').slice(0, 200);
  const missing = message.endsWith('received undefined');
  const words = missing ? 'is needed' : message;
  return told(422, missing ? 'missing_value' : 'invalid_value', `${field}: ${words}`, field);
}

function told(status: number, code: string, detail: string, field: string | null = null): Told {
  return { status, body: { detail, code, ...(field === null ? {} : { field }) } };
}
