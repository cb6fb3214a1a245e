import { pino } from 'pino';
import { expect, vi } from 'vitest';
import type { Dialect, ServerEvent } from '../../../../demo/server/realtime/dialect.ts';
import { ga } from '../../../../demo/server/realtime/dialect-ga.ts';
import { createMetrics } from '../../../../demo/server/realtime/metrics.ts';
import { RealtimeSession } from '../../../../demo/server/realtime/session.ts';
import type { SessionOptions } from '../../../../demo/server/realtime/session.ts';
import { fakeEngines } from '../../../support/fake-engines.ts';
import type { FakeEngines, FakeOptions } from '../../../support/fake-engines.ts';

/** One session on a wire that is an array, in virtual time: call `vi.useFakeTimers()` first. */

export interface Harness {
  readonly session: RealtimeSession;
  readonly engines: FakeEngines;
  readonly events: ServerEvent[];
  readonly closed: { code: number; reason: string }[];
  send(event: Record<string, unknown>): void;
  /** A microphone in real time: a frame every 20 ms. */
  speak(pcm: Int16Array, rate?: number): Promise<void>;
  /** All at once. */
  append(pcm: Int16Array): void;
  wait(ms: number): Promise<void>;
  types(from?: number): string[];
  last(type: string): ServerEvent;
  all(type: string): ServerEvent[];
  metrics(): Promise<string>;
}

export interface HarnessOptions extends FakeOptions {
  readonly dialect?: Dialect;
  readonly type?: SessionOptions['type'];
  readonly defaults?: SessionOptions['defaults'];
  readonly maxSeconds?: number;
  /** Resolves when the wire takes more sound. */
  readonly drained?: () => Promise<void>;
  /** Of the first `session.update`; 16 kHz input is always part of it. `null`: none is sent. */
  readonly session?: Record<string, unknown> | null;
  readonly input?: Record<string, unknown>;
  readonly output?: Record<string, unknown>;
}

export const bytesOf = (pcm: Int16Array): Buffer => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);

/** Sound of all audio deltas, at the rate that was agreed. */
export function soundOf(events: readonly ServerEvent[]): Int16Array {
  const bytes = Buffer.concat(
    events
      .filter((event) => event.type === 'response.output_audio.delta')
      .map((event) => Buffer.from(String(event['delta']), 'base64')),
  );
  return new Int16Array(Uint8Array.from(bytes).buffer);
}

export function open(options: HarnessOptions = {}): Harness {
  const engines = fakeEngines(options);
  const events: ServerEvent[] = [];
  const closed: { code: number; reason: string }[] = [];
  const metrics = createMetrics();
  const session = new RealtimeSession({
    wire: {
      // Through JSON, as on a socket: what is told must not change afterwards.
      send: (event) => events.push(JSON.parse(JSON.stringify(event)) as ServerEvent),
      drained: options.drained ?? (() => Promise.resolve()),
      close: (code, reason) => closed.push({ code, reason }),
    },
    engines,
    dialect: options.dialect ?? ga,
    type: options.type ?? 'realtime',
    model: 'test-model',
    defaults: options.defaults ?? null,
    maxSeconds: options.maxSeconds ?? 3600,
    log: pino({ level: 'silent' }),
    metrics,
  });
  session.start();
  const harness: Harness = {
    session,
    engines,
    events,
    closed,
    send: (event) => session.receive(JSON.stringify(event)),
    speak: async (pcm, rate = 16000) => {
      const step = rate / 50;
      for (let from = 0; from < pcm.length; from += step) {
        harness.append(pcm.slice(from, from + step));
        await vi.advanceTimersByTimeAsync(20);
      }
    },
    append: (pcm) => harness.send({ type: 'input_audio_buffer.append', audio: bytesOf(pcm).toString('base64') }),
    wait: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
    },
    types: (from = 0) => events.slice(from).map((event) => event.type),
    all: (type) => events.filter((event) => event.type === type),
    last: (type) => {
      const found = events.findLast((event) => event.type === type);
      expect(found, `a ${type} among ${harness.types().join(', ')}`).toBeDefined();
      return found ?? { type };
    },
    metrics: () => metrics.registry.metrics(),
  };
  if (options.session !== null) {
    const format = { type: 'audio/pcm', rate: 16000 };
    const type = options.type ?? 'realtime';
    const audio = { input: { format, ...options.input }, ...(type === 'realtime' ? { output: { ...options.output } } : {}) };
    harness.send({ type: 'session.update', session: { type, audio, ...options.session } });
    expect(harness.types()).toContain('session.updated');
    events.length = 0;
  }
  return harness;
}
