import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Data, Work } from '../jobs/jobs.ts';
import { baseOf } from './context.ts';
import type { Context } from './context.ts';
import { ok } from './envelope.ts';
import type { processingSchema } from './envelope.ts';

/** Long calls: answered like any other when they are quick, else with where their outcome will be (spec §1). */

/** Python waits 30 s for an answer. */
const PATIENCE_MS = 15_000;

type Later<T> = z.output<typeof processingSchema> | ReturnType<typeof ok<T>>;

/** `Prefer: respond-async` (RFC 7240) asks for the job at once, to watch its progress. */
export async function settleOrTell<T extends Data>(
  context: Context,
  request: FastifyRequest,
  job: { readonly kind: string; readonly key: string; readonly work: (progress: Parameters<Work>[0]) => Promise<T> },
): Promise<Later<T>> {
  const { patienceMs = PATIENCE_MS } = context;
  const { id, kind, percentage, outcome } = await context.jobs.start(job.kind, job.key, job.work);
  const hurry = /(^|,)\s*respond-async\b/i.test(String(request.headers['prefer'] ?? ''));
  const patience = new AbortController();
  const late = delay(hurry ? 0 : patienceMs, null, { signal: patience.signal }).catch(() => null);
  try {
    const data = await Promise.race([outcome, late]);
    // Whoever joins under a key waits for the same kind of work.
    if (data !== null) return ok(data as T);
  } finally {
    patience.abort();
  }
  const outputUrl = `${baseOf(context, request)}${context.mount}/async-response/${id}`;
  return {
    success: true,
    status: 'processing',
    request_type: 'sync',
    data: { id, output_url: outputUrl, kind, percentage: percentage() },
  };
}
