import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** What operators can watch of RTVT: connections, streams, what was told and refused, how late finals are. */

export interface RtvtMetrics {
  connections(change: 1 | -1): void;
  streams(change: 1 | -1): void;
  pushed(method: string): void;
  refused(code: number): void;
  dropped(what: string): void;
  frames(fate: 'late' | 'lost', count: number): void;
  /** From the end of a sentence to its final words. */
  finalMs(ms: number): void;
}

export function createRtvtMetrics(registry: Registry): RtvtMetrics {
  const registers = [registry];
  const connections = new Gauge({ name: 'viva_rtvt_connections', help: 'RTVT connections that are open', registers });
  const streams = new Gauge({ name: 'viva_rtvt_streams', help: 'RTVT streams that are open', registers });
  const pushes = new Counter({ name: 'viva_rtvt_pushes_total', help: 'RTVT results told', labelNames: ['method'], registers });
  const refusals = new Counter({ name: 'viva_rtvt_errors_total', help: 'RTVT error answers', labelNames: ['code'], registers });
  const drops = new Counter({
    name: 'viva_rtvt_dropped_total',
    help: 'RTVT work left undone under load',
    labelNames: ['what'],
    registers,
  });
  const frames = new Counter({ name: 'viva_rtvt_frames_total', help: 'RTVT frames not used', labelNames: ['fate'], registers });
  const finals = new Histogram({
    name: 'viva_rtvt_final_seconds',
    help: 'From the end of a sentence to its final words',
    buckets: [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5],
    registers,
  });
  return {
    connections: (change) => connections.inc(change),
    streams: (change) => streams.inc(change),
    pushed: (method) => pushes.inc({ method }),
    refused: (code) => refusals.inc({ code: String(code) }),
    dropped: (what) => drops.inc({ what }),
    frames: (fate, count) => frames.inc({ fate }, count),
    finalMs: (ms) => finals.observe(ms / 1000),
  };
}
