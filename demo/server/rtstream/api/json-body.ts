import type { FastifyInstance } from 'fastify';

/** Bodies as SDKs send them: Python says `application/json` also where it sends nothing (spec §1). */
export function jsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text.trim() === '') done(null, {});
    else void parse(request, text, done);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    // `null` is how Python writes nothing.
    if (request.method !== 'GET') request.body ??= {};
    done();
  });
}
