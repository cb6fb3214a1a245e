import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AuthError } from '../../auth.ts';
import { UrlRefusedError } from '../../http/outside-url.ts';
import { PublishedError } from '../../media/published/published-error.ts';
import { ApiError } from './api-error.ts';

/** Whatever was thrown, as a status and an envelope of refusal (spec §1). Pure. */

export interface Refusal {
  readonly success: false;
  readonly message: string;
  readonly error_code: string;
  readonly field: string | null;
}

interface Issue {
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params?: unknown;
}

export function refusalOf(cause: unknown): { readonly status: number; readonly body: Refusal } {
  if (cause instanceof ApiError) return refusal(cause.status, cause.code, cause.message, cause.field);
  if (cause instanceof PublishedError) return refusal(cause.status, cause.code, cause.message, cause.field);
  if (cause instanceof AuthError) return refusal(cause.status, cause.code, cause.message);
  if (cause instanceof UrlRefusedError) return refusal(400, 'url_refused', cause.message, cause.field);
  if (hasZodFastifySchemaValidationErrors(cause)) return fromIssue(cause.validation[0]);
  const status = (cause as Partial<FastifyError>).statusCode ?? 500;
  if (status === 429) return refusal(429, 'rate_limit_exceeded', 'Too many requests from this address; try again in a minute.');
  if (status === 413) return refusal(413, 'request_too_large', 'The request is too large.');
  if (status === 415) return refusal(415, 'unsupported_media_type', 'The body must be JSON.');
  if (status === 503) return refusal(503, 'unavailable', 'This cannot be had right now; try again in a moment.');
  if (status < 500) return refusal(status, 'invalid_request', 'The request is not usable: its body must be JSON.');
  return refusal(500, 'internal_error', 'Something failed here.');
}

function refusal(status: number, code: string, message: string, field: string | null = null): ReturnType<typeof refusalOf> {
  return { status, body: { success: false, message, error_code: code, field } };
}

/** The deepest complaint of a union is the one that helps. */
function fromIssue(issue: Issue | undefined): ReturnType<typeof refusalOf> {
  if (issue === undefined) return refusal(400, 'invalid_value', 'The request is not usable.');
  const path = issue.instancePath.split('/').filter((part) => part !== '');
  const inner = innermost(issue.params);
  const field = [...path, ...inner.path].join('.').slice(0, 200);
  const words = inner.message ?? issue.message ?? 'not usable';
  return refusal(400, 'invalid_value', field === '' ? words : `${field}: ${words}`, field === '' ? null : field);
}

interface Found {
  readonly path: readonly string[];
  readonly message: string | null;
}

function innermost(params: unknown): Found {
  const none: Found = { path: [], message: null };
  if (typeof params !== 'object' || params === null || !('errors' in params) || !Array.isArray(params.errors)) return none;
  let best = none;
  for (const inner of (params.errors as unknown[]).flat()) {
    if (typeof inner !== 'object' || inner === null || !('path' in inner) || !Array.isArray(inner.path)) continue;
    const deeper = innermost(inner);
    const path = [...(inner.path as unknown[]).map(String), ...deeper.path];
    const own = 'message' in inner && typeof inner.message === 'string' ? inner.message : null;
    if (best.message === null || path.length > best.path.length) best = { path, message: deeper.message ?? own };
  }
  return best;
}
