import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';

import type { FastifyInstance, FastifyReply } from 'fastify';
import { keptVersions } from './embed-versions.ts';

/** The built site under a strict policy, its documentation, and the embed scripts for any page on any origin. */

export interface SiteOptions {
  /** The folder with `site/`, `docs/` and `embed/`. */
  readonly dist: string;
  /** Origins that a page may talk to beside this one, e.g. OpenAI's. */
  readonly connect: readonly string[];
  /** Where versions of the embed scripts are kept, so that pages which name one go on working after the gateway has a newer one. */
  readonly keep: string;
}

const policy = (connect: readonly string[]): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** A name with a content hash never changes what it means. */
const HASHED = /-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;

type Headers = (reply: FastifyReply, path: string) => void;

/** `prefix` without its last stroke: the folder's name alone leads into it. `lasting`: everything below the prefix stays as it is, whatever it is named. */
async function serve(app: FastifyInstance, root: string, prefix: string, headers: Headers, lasting = false): Promise<void> {
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    root,
    prefix,
    decorateReply: false,
    cacheControl: false,
    preCompressed: true,
    redirect: prefix !== '/',
    setHeaders: (reply, path) => {
      const name = path.replace(/\.(br|gz)$/, '');
      void reply.header('cache-control', lasting || HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache');
      headers(reply, name);
    },
  });
}

export async function siteRoutes(app: FastifyInstance, { dist, connect, keep }: SiteOptions): Promise<void> {
  const csp = policy(connect);
  const forPages: Headers = (reply, path) => {
    if (!path.endsWith('.html')) return;
    void reply.header('content-security-policy', csp);
    void reply.header('permissions-policy', 'microphone=(self), camera=(self), display-capture=(self), screen-wake-lock=(self)');
  };
  const forGuests: Headers = (reply) => {
    // Scripts, worklets and the worker of a guest on a foreign page come from here.
    void reply.header('access-control-allow-origin', '*');
    void reply.header('cross-origin-resource-policy', 'cross-origin');
    void reply.header('timing-allow-origin', '*');
  };
  const embed = join(dist, 'embed');
  await serve(app, embed, '/embed/', forGuests);
  for (const [version, folder] of await keptVersions(embed, keep)) {
    await serve(app, folder, `/embed/${version}/`, forGuests, true);
  }
  await serve(app, join(dist, 'docs'), '/docs', forPages);
  await serve(app, join(dist, 'site'), '/', forPages);
}
