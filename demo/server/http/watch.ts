import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PublishedError } from '../media/published/published-error.ts';
import { watchAbout } from '../media/published/watch-about.ts';
import type { WatchDeps } from '../media/published/watch-about.ts';
import { sendPublishedRefusal } from './published-refusal.ts';

/** The player page of every stream: `/watch?v=<its address>`, and `/embed?v=` for a frame on somebody else's page. */

export interface WatchRoutesOptions extends WatchDeps {
  /** The folder with `site/`; null = the page is served by somebody else (Vite, while developing). */
  readonly dist: string | null;
}

const PAGE = 'site/demo/pages/watch.html';

/** Captions, pictures and sound come from this gateway alone; only the frame may be anybody's. */
const policy = (ancestors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html viva-voce',
  ].join('; ');

interface Query {
  readonly v?: string;
  readonly title?: string;
  readonly description?: string;
  readonly a?: string;
}
type Request = FastifyRequest<{ Querystring: Query }>;

/** Repeated parameters come as arrays. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function watchRoutes(app: FastifyInstance, { dist, ...deps }: WatchRoutesOptions): void {
  const page = (ancestors: string) => async (request: Request, reply: FastifyReply) => {
    const html = dist === null ? null : await readFile(join(dist, PAGE), 'utf8').catch(() => null);
    // While developing, Vite has the page under its own name.
    if (html === null) return reply.redirect(`/demo/pages/watch.html${new URL(request.url, 'http://gateway').search}`);
    return reply
      .header('content-security-policy', policy(ancestors))
      .header('permissions-policy', 'autoplay=(self), fullscreen=*, picture-in-picture=*')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html);
  };
  app.get('/watch', page("'self'"));
  app.get('/embed', page('*'));

  // Its addresses are relative to its own, so that they hold behind any proxy and under any name of this host.
  app.get('/watch/about', async (request: Request, reply) => {
    const { v, title, description, a } = request.query;
    void reply.header('cache-control', 'no-store');
    try {
      if (text(v) === '')
        throw new PublishedError('bad-range', 'The address says nothing to play: v is missing.', { field: 'v' });
      return await watchAbout(deps, { base: '..', v: text(v), title: text(title), description: text(description), a: text(a) });
    } catch (cause) {
      await sendPublishedRefusal(request, reply, cause);
      return reply;
    }
  });
}
