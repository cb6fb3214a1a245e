import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { UrlRefusedError } from '../../http/outside-url.ts';
import { retryAfterS } from './delivery-plan.ts';
import type { Outcome } from './delivery-plan.ts';

/** One try to deliver: a POST whose status counts and whose body is not read. */

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Guards what is connected to; undefined = everything may be. */
  readonly lookup: LookupFunction | undefined;
  /** ms for everything up to the status. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Never rejects, but when `signal` ends it. */
export function post({ url, headers, body, lookup, timeoutMs, signal }: Post): Promise<Outcome> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const late = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      lookup,
      agent: false,
      signal: AbortSignal.any([signal, late]),
    } as const;
    const request = send(url, options, (response) => {
      const outcome: Outcome = {
        type: 'answered',
        status: response.statusCode ?? 0,
        retryAfterS: retryAfterS(response.headers['retry-after'], Date.now()),
      };
      // Whatever it has to say beyond the status may be endless.
      response.destroy();
      resolve(outcome);
    });
    request.on('error', (cause: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(cause);
      else if (cause instanceof UrlRefusedError) resolve({ type: 'refused', message: cause.message });
      else if (late.aborted) resolve({ type: 'failed', message: `no answer within ${timeoutMs} ms` });
      else resolve({ type: 'failed', message: cause.code ?? cause.name });
    });
    request.end(body);
  });
}
