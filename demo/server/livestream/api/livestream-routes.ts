import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Routes } from '../../rtstream/api/context.ts';
import { admit, BEARER } from './access.ts';
import { asLivestream } from './as-livestream.ts';
import { createRoutes } from './create-routes.ts';
import { FORM_LIMITS } from './create-form.ts';
import type { LivestreamDeps } from './deps.ts';
import { frameRoutes } from './frame-routes.ts';
import { listRoutes } from './list-routes.ts';
import { manuscriptRoutes } from './manuscript-routes.ts';
import { promptRoutes } from './prompt-routes.ts';
import { watchingRoutes } from './watching-routes.ts';

/** The whole HTTP API of livestream tasks (spec §Routes), under `/livestream`. */

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a token. */
    open?: boolean;
  }
}

const GROUPS: readonly ((app: Routes, deps: LivestreamDeps) => void)[] = [
  listRoutes,
  createRoutes,
  watchingRoutes,
  manuscriptRoutes,
  frameRoutes,
  promptRoutes,
];

export async function livestreamRoutes(app: FastifyInstance, deps: LivestreamDeps): Promise<void> {
  await app.register(
    async (scope) => {
      await asLivestream(scope, deps.auth);
      scope.setNotFoundHandler(async (_request, reply) => {
        await reply.code(404).send({ detail: 'There is no such call here; /api-docs lists them.', code: 'unknown_call' });
      });
      await scope.register(multipart, { limits: FORM_LIMITS });
      scope.decorateRequest(BEARER, null);
      scope.addHook('onRoute', ({ schema }) => {
        if (schema !== undefined) schema.security ??= [{ bearer: [] }];
      });
      // After the limit on requests a minute, which counts wrong tokens, too; before anything of the body is read.
      scope.addHook('preParsing', async (request, _reply, payload) => {
        if (!request.is404 && request.routeOptions.config.open !== true) request.setDecorator(BEARER, await admit(deps, request));
        return payload;
      });
      for (const routes of GROUPS) routes(scope.withTypeProvider<ZodTypeProvider>(), deps);
    },
    { prefix: '/livestream' },
  );
}
