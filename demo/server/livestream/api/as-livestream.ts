import type { IncomingMessage } from 'node:http';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Auth } from '../../auth.ts';
import { refusalOf } from './refusal.ts';

/** How routes of this API answer, whatever they are about: their errors, and pages of allowed origins that may read them. */

export async function asLivestream(app: FastifyInstance, auth: Auth): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(async (cause, request, reply) => {
    const { status, body } = refusalOf(cause);
    if (status >= 500) request.log.error({ err: cause }, 'a request failed');
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    // Fastify would cut who is still sending off, and the answer with it.
    void reply.removeHeader('connection');
    letFlow(request.raw);
    await reply.code(status).header('content-type', 'application/json; charset=utf-8').serializer(JSON.stringify).send(body);
  });
  await app.register(cors, {
    origin: (origin, decide) => decide(null, origin !== undefined && auth.originAllowed(origin)),
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    maxAge: 600,
  });
}

/** ms for who was refused to end sending. */
const LINGER_MS = 20_000;

/** What is still coming is read to nowhere for a while: whoever sends reads the answer only when nothing breaks meanwhile. */
function letFlow(raw: IncomingMessage): void {
  if (raw.readableEnded || raw.destroyed) return;
  raw.unpipe();
  raw.resume();
  const late = setTimeout(() => raw.destroy(), LINGER_MS);
  late.unref();
  raw.once('end', () => clearTimeout(late)).once('close', () => clearTimeout(late));
}
