import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { callerOf, demand } from './access.ts';
import { alertHitRoutes } from './alert-hits.ts';
import { alertRoutes } from './alerts.ts';
import { asyncResponseRoutes } from './async-response.ts';
import { captureRecorderRoutes } from './capture-recorder.ts';
import { captureSessionRoutes } from './capture-sessions.ts';
import { clientTokenRoutes } from './client-tokens.ts';
import { collectionRoutes } from './collections.ts';
import { compileRoutes } from './compile.ts';
import { CALLER } from './context.ts';
import type { Context, Routes } from './context.ts';
import type { RtstreamDeps } from './deps.ts';
import { derivedIndexRoutes } from './derived-indexes.ts';
import { eventRoutes } from './events.ts';
import { jsonBodies } from './json-body.ts';
import { openApiRoutes } from './openapi.ts';
import { playbackRoutes } from './playback.ts';
import { refusalOf } from './refusal.ts';
import { sceneIndexRoutes } from './scene-indexes.ts';
import { streamSearchRoutes } from './stream-search.ts';
import { streamRoutes } from './streams.ts';
import { transcriptionRoutes } from './transcription.ts';
import { understandingRoutes } from './understandings.ts';
import { videoSceneRoutes } from './video-scenes.ts';
import { collectionSearchRoutes, videoSearchRoutes } from './video-search.ts';
import { videoWordRoutes } from './video-words.ts';
import { downloadRoutes, videoRoutes } from './videos.ts';

/** The whole HTTP API of streams (spec §1–§3, §8). `plainPath` must be the server's `rewriteUrl`. */

type Group = (app: Routes, context: Context) => void;

const GROUPS: Readonly<Record<string, readonly Group[]>> = {
  '/collection': [collectionRoutes, collectionSearchRoutes, captureSessionRoutes],
  '/rtstream': [
    streamRoutes,
    playbackRoutes,
    transcriptionRoutes,
    sceneIndexRoutes,
    understandingRoutes,
    derivedIndexRoutes,
    eventRoutes,
    alertRoutes,
    alertHitRoutes,
    streamSearchRoutes,
  ],
  '/video': [videoRoutes, videoWordRoutes, videoSearchRoutes, videoSceneRoutes],
  '/compile': [compileRoutes],
  '/download': [downloadRoutes],
  '/capture/session': [clientTokenRoutes, captureRecorderRoutes],
  '/async-response': [asyncResponseRoutes],
};

/** To be registered once for each place that the API has: `/` and `/videodb`. `beside`: other routes that stand in the same document. */
export async function rtstreamRoutes(
  app: FastifyInstance,
  deps: RtstreamDeps,
  beside?: (scope: FastifyInstance) => Promise<void>,
): Promise<void> {
  const context: Context = { ...deps, mount: app.prefix.replace(/\/$/, '') };
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest(CALLER, null);
  jsonBodies(app);
  app.setErrorHandler(async (cause, request, reply) => {
    const { status, body } = refusalOf(cause);
    if (status >= 500) request.log.error({ err: cause }, 'a request failed');
    await reply.code(status).send(body);
  });
  await openApiRoutes(app, context);
  await beside?.(app);
  for (const [prefix, groups] of Object.entries(GROUPS)) {
    await app.register(async (scope) => group(scope.withTypeProvider<ZodTypeProvider>(), context, groups), { prefix });
  }
}

async function group(app: Routes, context: Context, groups: readonly Group[]): Promise<void> {
  const { auth } = context;
  await app.register(cors, {
    origin: (origin, decide) => decide(null, origin !== undefined && auth.originAllowed(origin)),
    methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
    allowedHeaders: ['x-access-token', 'authorization', 'content-type', 'prefer', 'x-videodb-client'],
    maxAge: 600,
  });
  app.setNotFoundHandler(async (_request, reply) => {
    const refusal = {
      success: false,
      message: 'There is no such call here; /api-docs lists them.',
      error_code: 'unknown_call',
      field: null,
    };
    await reply.code(404).send(refusal);
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const caller = await callerOf(context, request);
    request.setDecorator(CALLER, caller);
    demand(
      caller,
      request.routeOptions.config.needs ?? (request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'operate'),
    );
  });
  for (const routes of groups) routes(app, context);
}
