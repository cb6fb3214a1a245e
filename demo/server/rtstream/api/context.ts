import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Caller, Right } from './access.ts';
import type { RtstreamDeps } from './deps.ts';

/** What every group of routes is made with. */

export type Routes = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

export interface Context extends RtstreamDeps {
  /** Where this API is mounted: `''` or `/videodb`. */
  readonly mount: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token must be allowed; GET needs `read` and everything else `operate` where nothing is said. */
    needs?: Right;
  }
}

export const CALLER = 'rtstreamCaller';

/** Who asks; set before the route runs. */
export const callerIn = (request: FastifyRequest): Caller => request.getDecorator<Caller>(CALLER);

/** `https://host` as the caller reaches this gateway. */
export const baseOf = ({ config }: Pick<RtstreamDeps, 'config'>, request: Pick<FastifyRequest, 'protocol' | 'host'>): string =>
  (config.publicUrl ?? `${request.protocol}://${request.host}`).replace(/\/$/, '');
