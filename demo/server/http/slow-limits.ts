import type { ServerOptions } from 'node:http';

/** How long a request may take to come: who sends one byte a minute must not hold a connection for ever. Sockets and answers are not meant. */

export interface SlowLimits {
  /** Until the head of a request is whole, upgrades included, ms. */
  readonly headMs: number;
  /** Until the request is whole, ms. */
  readonly requestMs: number;
}

export const SLOW_LIMITS: SlowLimits = { headMs: 20_000, requestMs: 300_000 };

export const slowOptions = ({ headMs, requestMs }: SlowLimits): ServerOptions => ({
  headersTimeout: headMs,
  requestTimeout: requestMs,
  connectionsCheckingInterval: headMs / 4,
});
