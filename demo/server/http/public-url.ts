import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/** `ws://host/path` of this gateway, as the caller can reach it. */
export function socketUrl(
  config: Pick<Config, 'publicUrl'>,
  request: Pick<FastifyRequest, 'protocol' | 'host'>,
  path: string,
): string {
  const base = config.publicUrl ?? `${request.protocol}://${request.host}`;
  return `${base.replace(/^http/, 'ws').replace(/\/$/, '')}${path}`;
}
