import { once } from 'node:events';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { createGateway } from '../../demo/server/app.ts';
import type { Gateway } from '../../demo/server/mount.ts';
import type { SlowLimits } from '../../demo/server/http/slow-limits.ts';
import { readConfig } from '../../demo/server/config.ts';
import type { Config } from '../../demo/server/config.ts';
import { fakeEngines } from '../support/fake-engines.ts';
import type { FakeEngines, FakeOptions } from '../support/fake-engines.ts';

/** A gateway on a port of its own with fake engines, and a bare client that remembers every event. */

export const KEY = 'test-gateway-key';

export interface Served {
  readonly gateway: Gateway;
  readonly engines: FakeEngines;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

export async function serve(
  options: { readonly engines?: FakeOptions; readonly config?: Partial<Config>; readonly slow?: SlowLimits } = {},
): Promise<Served> {
  const engines = fakeEngines(options.engines);
  const config: Config = { ...readConfig({ GATEWAY_API_KEY: KEY, PORT: '0' }, 0), ratePerMinute: 100_000, ...options.config };
  const gateway = await createGateway(config, engines, {
    ...{ log: pino({ level: 'silent' }), site: false, streams: false },
    ...(options.slow === undefined ? {} : { slow: options.slow }),
  });
  await gateway.ready;
  const url = await gateway.listen(0, '127.0.0.1');
  return { gateway, engines, url, close: () => gateway.close() };
}

/** JSON of unknown shape, read by path in assertions. */
export type Json = { readonly [field: string]: unknown };

export function get(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
      value,
    );
}

export interface Client {
  readonly socket: WebSocket;
  readonly events: Json[];
  types(): string[];
  send(event: Json): void;
  /** The first event of `type` (that `matches`) at or after position `from`, waiting for it. */
  wait(type: string, matches?: (event: Json) => boolean, from?: number): Promise<Json>;
  /** Resolves with the close code. */
  closed: Promise<number>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly protocols?: string[];
}

export async function connect(url: string, { query = 'model=test', headers, protocols }: ConnectOptions = {}): Promise<Client> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/realtime?${query}`, protocols ?? [], {
    headers: headers ?? { authorization: `Bearer ${KEY}` },
  });
  const events: Json[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    events.push(JSON.parse(data.toString('utf8')) as Json);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await once(socket, 'open');
  const client: Client = {
    socket,
    events,
    closed,
    types: () => events.map((event) => String(event['type'])),
    send: (event) => socket.send(JSON.stringify(event)),
    wait: (type, matches = () => true, from = 0) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no ${type} within 8 s; there were: ${client.types().slice(from).join(', ')}`));
        }, 8000);
        const look = (): void => {
          const found = events.slice(from).find((event) => event['type'] === type && matches(event));
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      socket.close();
      await closed;
    },
  };
  await client.wait('session.created');
  return client;
}

export const base64 = (pcm: Int16Array): string => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');

export function samplesOf(delta: unknown): Int16Array {
  const bytes = Buffer.from(String(delta), 'base64');
  return new Int16Array(Uint8Array.from(bytes).buffer);
}

/** Sends sound as a microphone does: 20 ms a frame, but without waiting. */
export function sendSound(client: Client, pcm: Int16Array, rate = 16000): void {
  const step = rate / 50;
  for (let from = 0; from < pcm.length; from += step) {
    client.send({ type: 'input_audio_buffer.append', audio: base64(pcm.slice(from, from + step)) });
  }
}

export const configure16k = { type: 'realtime', audio: { input: { format: { type: 'audio/pcm', rate: 16000 } } } };
