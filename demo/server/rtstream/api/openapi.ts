import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from './context.ts';

/** The document of this API, made from the schemas that requests are checked by, at `/openapi.json`; readable at `/api-docs`. */

const TAGS = [
  { name: 'access', description: 'Tokens' },
  { name: 'live', description: 'What is told while it happens' },
  { name: 'streams', description: 'Live sources that are taken in' },
  { name: 'recordings', description: 'What was recorded of streams' },
  { name: 'transcripts', description: 'What is said on streams' },
  { name: 'indexes', description: 'What is said or seen, window by window' },
  { name: 'understanding', description: 'The same, in the second generation of the API' },
  { name: 'alerts', description: 'Events that are watched for' },
  { name: 'search', description: 'Finding, and playing what was found' },
  { name: 'videos', description: 'Recordings that stay' },
  { name: 'collections', description: 'What streams and videos belong to' },
  { name: 'capture', description: 'Sessions of browsers and desktop clients that send' },
  { name: 'jobs', description: 'Calls that take their time' },
  { name: 'livestream', description: 'Broadcasts that are watched, recorded and reported on' },
];

/** Everything of the page is this gateway's own; its scripts set styles from script alone, which this allows. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const toJson = createJsonSchemaTransform({ skipList: [] });

/** What a path to its end is called: the first parameter of its schema. */
function restOf(schema: unknown): string {
  const params = typeof schema === 'object' && schema !== null && 'params' in schema ? schema.params : null;
  return (params instanceof z.ZodObject ? Object.keys(params.shape)[0] : undefined) ?? '*';
}

export async function openApiRoutes(app: FastifyInstance, { mount }: Pick<Context, 'mount'>): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Viva Voce: streams',
        version: '1.0.0',
        description:
          'Live sources are taken in, recorded, transcribed, looked at, searched and played. The shapes are those that VideoDB’s SDKs speak; set their base URL to this gateway. Every answer says success; a refusal says what is wrong and which field it is about.',
      },
      servers: [{ url: mount === '' ? '/' : mount }],
      tags: TAGS,
      components: {
        securitySchemes: {
          token: {
            type: 'apiKey',
            in: 'header',
            name: 'x-access-token',
            description: 'The gateway key, or a short-lived token (st-…, ek_…)',
          },
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'For livestream tasks: a token from POST /auth/token, or a page’s secret (ek_…)',
          },
        },
      },
      security: [{ token: [] }],
    },
    // Paths are told beside the server's own, which has the mount.
    stripBasePath: true,
    transform: (route) => {
      const { schema, url } = toJson(route);
      return { schema, url: url.replace(/\*$/, `:${restOf(route.schema)}`) };
    },
  });

  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    void reply.header('access-control-allow-origin', '*').header('cache-control', 'no-cache');
    return reply.send(app.swagger());
  });

  await app.register(swaggerUi, {
    routePrefix: '/api-docs',
    // Without the bar at the top: its field loads documents from anywhere, its logo brings inline styles.
    uiConfig: { layout: 'BaseLayout', deepLinking: true, docExpansion: 'list', validatorUrl: null },
    logo: { type: 'image/svg+xml', content: '' },
    staticCSP: POLICY,
    theme: { title: 'Viva Voce: streams' },
  });
}
