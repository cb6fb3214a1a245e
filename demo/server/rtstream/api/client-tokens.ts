import { z } from 'zod';
import { clientToken, RIGHTS } from './access.ts';
import { refused } from './api-error.ts';
import type { Context, Routes } from './context.ts';
import { answers, ok } from './envelope.ts';
import { optional, shown } from './fields.ts';

/** `POST /capture/session/token`: what a backend gives to pages and desktop clients instead of its key (spec §2, §6). */

const LONGEST_S = 30 * 86_400;
const STANDARD_S = 86_400;

export function clientTokenRoutes(app: Routes, { auth }: Context): void {
  app.post(
    '/token',
    {
      config: { needs: 'manage' },
      schema: {
        tags: ['access'],
        summary: 'Make a client token',
        description:
          'Works as session_token of the SDKs until it expires. scope says what it may do, user_id whose capture sessions it may touch, origin from which pages it works.',
        body: z
          .object({
            expires_in: optional(z.coerce.number().int().min(1).max(LONGEST_S)).describe('Seconds; a day where nothing is said'),
            user_id: optional(z.string().min(1).max(200)),
            scope: optional(z.string().max(200)).describe(
              `Of ${RIGHTS.join(', ')}, with blanks; read capture operate where nothing is said`,
            ),
            origin: optional(z.url()),
          })
          .meta(shown({ expires_in: 600, user_id: 'user-1', scope: 'read capture' })),
        response: answers(z.object({ token: z.string(), expires_at: z.number(), expires_in: z.number() })),
      },
    },
    async ({ body }, reply) => {
      const seconds = body.expires_in ?? STANDARD_S;
      const known: readonly string[] = RIGHTS;
      const unknown = (body.scope ?? '').split(/\s+/).filter((word) => word !== '' && !known.includes(word));
      if (unknown.length > 0)
        throw refused('scope', `scope: no right is called ${unknown.join(', ')}; there are ${RIGHTS.join(', ')}`);
      const minted = await auth.mint({
        audience: 'rtstream',
        origin: body.origin === undefined ? null : new URL(body.origin).origin,
        seconds,
        session: null,
        claims: {
          client: true,
          ...(body.scope === undefined ? {} : { scope: body.scope }),
          ...(body.user_id === undefined ? {} : { user: body.user_id }),
        },
      });
      void reply.header('cache-control', 'no-store');
      return ok({ token: clientToken(minted.value), expires_at: minted.expiresAt, expires_in: seconds });
    },
  );
}
