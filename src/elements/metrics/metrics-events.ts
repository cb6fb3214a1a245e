import type { Quality } from '../../pipelines/usage-quality.ts';
import type { Latency } from '../../session/state.ts';
import type { Usage } from '../../shared/wire.ts';

/** What is known of a conversation in figures; null = not told, or not yet. */
export interface Readings {
  /** To the gateway and back, the median of the last answers, ms; measured with the attribute `metrics` only. */
  readonly roundTripMs: number | null;
  /** How much that varies, ms. */
  readonly jitterMs: number | null;
  /** How good the connection was in the last half minute; with the attribute `metrics` only. */
  readonly quality: Quality | null;
  /** Times the sound ran out in the middle of an answer. */
  readonly underruns: number;
  /** 20 ms frames of speech that the wire did not take, since it was last connected. */
  readonly framesDropped: number;
  /** From the end of speech to the first sound of the answer, ms. */
  readonly latency: Latency | null;
  /** Tokens of this conversation. */
  readonly usage: Usage | null;
  /** What they cost, in `currency`; null = no prices are set. */
  readonly cost: number | null;
  /** ISO 4217 */
  readonly currency: string;
}

/** Figures of a conversation changed: after each answer, and with each measured round trip. */
export class VivaMetricsEvent extends Event {
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
  readonly quality: Quality | null;
  readonly underruns: number;
  readonly framesDropped: number;
  readonly latency: Latency | null;
  /** Of the last turn, ms. */
  readonly latencyMs: number | null;
  readonly meanLatencyMs: number | null;
  /** Turns that were timed. */
  readonly turns: number;
  readonly usage: Usage | null;
  readonly cost: number | null;
  readonly currency: string;

  constructor({ roundTripMs, jitterMs, quality, underruns, framesDropped, latency, usage, cost, currency }: Readings) {
    super('viva-metrics', { bubbles: true, composed: true });
    this.roundTripMs = roundTripMs;
    this.jitterMs = jitterMs;
    this.quality = quality;
    this.underruns = underruns;
    this.framesDropped = framesDropped;
    this.latency = latency;
    this.latencyMs = latency?.lastMs ?? null;
    this.meanLatencyMs = latency?.meanMs ?? null;
    this.turns = latency?.turns ?? 0;
    this.usage = usage;
    this.cost = cost;
    this.currency = currency;
  }
}
