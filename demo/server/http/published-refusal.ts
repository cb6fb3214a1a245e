import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublishedError } from '../media/published/published-error.ts';
import { refusalOf, sendRefusal } from './fault-reply.ts';

/** Why something recorded cannot be played, in the shape that every refusal has. */

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException | null)?.code === 'ENOENT';

export async function sendPublishedRefusal(request: FastifyRequest, reply: FastifyReply, cause: unknown): Promise<void> {
  if (cause instanceof PublishedError) {
    const { status, code, message, field } = cause;
    if (status >= 500) request.log.error({ err: cause }, 'a film could not be made');
    const type = status < 500 ? 'invalid_request_error' : 'server_error';
    await sendRefusal(reply, { status, type, code, message, param: field });
    return;
  }
  const refusal = refusalOf(isMissing(cause) ? { statusCode: 404 } : cause);
  if (refusal.status >= 500) request.log.error({ err: cause }, 'a request failed');
  await sendRefusal(reply, refusal);
}
