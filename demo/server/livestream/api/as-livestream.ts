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
    // What is still coming is not worth reading.
    if (status === 413) void reply.header('connection', 'close');
    await reply.code(status).header('content-type', 'application/json; charset=utf-8').serializer(JSON.stringify).send(body);
  });
  await app.register(cors, {
    origin: (origin, decide) => decide(null, origin !== undefined && auth.originAllowed(origin)),
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    maxAge: 600,
  });
}
