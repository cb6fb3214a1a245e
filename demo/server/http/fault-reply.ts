import type { FastifyError, FastifyReply } from 'fastify';
import { AuthError } from '../auth.ts';
import { RealtimeFault } from '../realtime/errors.ts';

/** Every refusal over HTTP has one shape: `{error:{type,code,message,param}}`. */

interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
}

const STATUS_WORDS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['invalid_request', 'The request is not usable.'],
  413: ['request_too_large', 'The request is too large.'],
  415: ['unsupported_media_type', 'The body must be JSON.'],
  429: ['rate_limit_exceeded', 'Too many requests from this address; try again in a minute.'],
};

export function refusalOf(cause: unknown): Refusal {
  if (cause instanceof AuthError) {
    const type = cause.status === 503 ? 'server_error' : 'authentication_error';
    return { status: cause.status, type, code: cause.code, message: cause.message, param: null };
  }
  if (cause instanceof RealtimeFault) {
    const status = cause.type === 'server_error' ? 503 : cause.type === 'rate_limit_error' ? 429 : 400;
    return { status, type: cause.type, code: cause.code, message: cause.message, param: cause.param };
  }
  const status = (cause as Partial<FastifyError>).statusCode ?? 500;
  const [code, message] = STATUS_WORDS[status] ??
    (status < 500 ? STATUS_WORDS[400] : undefined) ?? ['internal_error', 'Something failed here.'];
  return { status, type: status < 500 ? 'invalid_request_error' : 'server_error', code, message, param: null };
}

export async function sendRefusal(reply: FastifyReply, refusal: Refusal): Promise<void> {
  const { status, ...error } = refusal;
  await reply.code(status).send({ error });
}
