import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends a playlist or other text that is made on the spot: compressed for whoever reads that, 304 for whoever has it. */

const compress = promisify(gzip);
/** Below this the header costs more than it saves. */
const WORTH_BYTES = 1024;

export const PLAYLIST = 'application/vnd.apple.mpegurl';

export async function sendText(request: FastifyRequest, reply: FastifyReply, type: string, text: string): Promise<void> {
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  void reply.header('content-type', type).header('etag', etag).header('vary', 'accept-encoding');
  if (reply.getHeader('cache-control') === undefined) void reply.header('cache-control', 'no-cache');
  if (request.headers['if-none-match'] === etag) {
    await reply.code(304).send();
    return;
  }
  const reads = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (!reads || text.length < WORTH_BYTES) {
    await reply.send(text);
    return;
  }
  await reply.header('content-encoding', 'gzip').send(await compress(text));
}
