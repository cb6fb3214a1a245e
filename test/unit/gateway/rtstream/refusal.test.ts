import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuthError } from '../../../../demo/server/auth.ts';
import { UrlRefusedError } from '../../../../demo/server/http/outside-url.ts';
import { PublishedError } from '../../../../demo/server/media/published/published-error.ts';
import { ApiError, notFound } from '../../../../demo/server/rtstream/api/api-error.ts';
import { refusalOf } from '../../../../demo/server/rtstream/api/refusal.ts';

/** Whatever is thrown becomes a status, words, a code and the field. */

it.each<[unknown, number, object]>([
  [new ApiError(402, 'no_credit', 'Pay first.'), 402, { message: 'Pay first.', error_code: 'no_credit', field: null }],
  [notFound('capture session', 'cap-1', 'session_id'), 404, { error_code: 'capture_session_not_found', field: 'session_id' }],
  [new AuthError(401, 'invalid_api_key', 'Wrong.'), 401, { message: 'Wrong.' }],
  [new AuthError(403, 'not_allowed', 'No.'), 403, { error_code: 'not_allowed' }],
  [new UrlRefusedError('url', 'url: a private address'), 400, { message: 'url: a private address', field: 'url' }],
  [new PublishedError('nothing-recorded', 'Nothing was recorded.'), 400, { error_code: 'nothing-recorded' }],
  [Object.assign(new Error('slow down'), { statusCode: 429 }), 429, { error_code: 'rate_limit_exceeded' }],
  [Object.assign(new Error('big'), { statusCode: 413 }), 413, { error_code: 'request_too_large' }],
  [Object.assign(new Error('type'), { statusCode: 415 }), 415, { error_code: 'unsupported_media_type' }],
  [Object.assign(new Error('busy'), { statusCode: 503 }), 503, { error_code: 'unavailable' }],
  [Object.assign(new Error('odd'), { statusCode: 418 }), 418, { error_code: 'invalid_request' }],
  [new Error('password is hunter2'), 500, { message: 'Something failed here.', error_code: 'internal_error' }],
  ['not even an error', 500, { error_code: 'internal_error' }],
])('%s: %i', (cause, status, body) => {
  expect(refusalOf(cause)).toMatchObject({ status, body: { success: false, ...body } });
});

describe('a failed check', () => {
  /** As Fastify's provider of zod tells it. */
  const refused = (schema: z.ZodType, value: unknown): unknown => {
    const issues = schema.safeParse(value).error?.issues ?? [];
    const validation = issues.map(({ path, message, ...params }) => ({
      [Symbol.for('ZodFastifySchemaValidationError')]: true,
      instancePath: `/${path.join('/')}`,
      message,
      params,
    }));
    return refusalOf(Object.assign(new Error('FST_ERR_VALIDATION'), { statusCode: 400, validation })).body;
  };

  it('names the field, within lists and objects', () => {
    const schema = z.object({ channels: z.array(z.object({ type: z.enum(['audio', 'video']) })) });
    expect(refused(schema, { channels: [{ type: 'smell' }] })).toMatchObject({
      field: 'channels.0.type',
      message: expect.stringMatching(/^channels\.0\.type: Invalid option/) as string,
    });
  });

  it('names the deepest field of what could be several things', () => {
    const schema = z.object({
      filter: z.union([z.array(z.object({ a: z.number() })), z.object({ b: z.object({ c: z.number() }) })]),
    });
    expect(refused(schema, { filter: { b: { c: 'x' } } })).toMatchObject({ field: 'filter.b.c' });
  });

  it('names none when it is the whole body', () => {
    expect(refused(z.object({ a: z.string() }), 7)).toMatchObject({ field: null });
  });
});
