import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The built site under a strict policy, and the embed scripts for any page on any origin. */

export interface SiteOptions {
  /** The folder with `site/` and `embed/`. */
  readonly dist: string;
  /** Origins that a page may talk to beside this one, e.g. OpenAI's. */
  readonly connect: readonly string[];
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
const cacheFor = (path: string): string => (HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');

export async function siteRoutes(app: FastifyInstance, { dist, connect }: SiteOptions): Promise<void> {
  const embed = join(dist, 'embed');
  const site = join(dist, 'site');
  const csp = policy(connect);
  if (existsSync(embed)) {
    await app.register(fastifyStatic, {
      root: embed,
      prefix: '/embed/',
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Scripts, worklets and the worker of a guest on a foreign page come from here.
        void reply.header('access-control-allow-origin', '*');
        void reply.header('cross-origin-resource-policy', 'cross-origin');
        void reply.header('timing-allow-origin', '*');
        void reply.header('cache-control', cacheFor(path));
      },
    });
  }
  if (!existsSync(site)) return;
  await app.register(fastifyStatic, {
    root: site,
    prefix: '/',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header('cache-control', cacheFor(path));
      if (!path.endsWith('.html')) return;
      void reply.header('content-security-policy', csp);
      void reply.header(
        'permissions-policy',
        'microphone=(self), camera=(self), display-capture=(self), screen-wake-lock=(self)',
      );
    },
  });
}
