import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { RecorderError } from './recorder.ts';

/** bililive-go's HTTP API, as far as it is used here (its `docs/API.md` and `src/servers`, v0.8). */

const text = z.string().catch('');
const yes = z.boolean().catch(false);

const liveSchema = z.object({
  /** 32 hexadecimal digits, stable for one URL. */
  id: z.string().min(1),
  live_url: text,
  host_name: text,
  room_name: text,
  nick_name: text,
  /** On the air. */
  status: yes,
  listening: yes,
  recording: yes,
  /** Its names are not known yet: a placeholder stands there. */
  initializing: yes,
  last_start_time_unix: z.number().nullable().catch(null),
});
export type BililiveLive = z.infer<typeof liveSchema>;

const livesSchema = z.array(liveSchema);
const infoSchema = z.object({ app_version: text });
const filesSchema = z.object({
  files: z
    .array(z.object({ is_folder: yes, name: z.string(), last_modified: z.number().catch(0), size: z.number().catch(0) }))
    .catch([]),
});

export interface BililiveFile {
  /** From its output folder on, e.g. `platform/host/[2026-11-20 18-00-00][host][room].flv`. */
  readonly path: string;
  /** Unix ms, whole seconds. */
  readonly modifiedMs: number;
  readonly bytes: number;
}

export interface Bililive {
  info(): Promise<{ readonly version: string }>;
  lives(): Promise<readonly BililiveLive[]>;
  /** Known or made; null = it does not take this address. */
  add(url: string): Promise<BililiveLive | null>;
  /** Listens, or no more. It is no error to ask twice. */
  listen(liveId: string, wish: boolean): Promise<void>;
  remove(liveId: string): Promise<void>;
  /** Every file that it has recorded, of anybody. */
  files(): Promise<readonly BililiveFile[]>;
  /** Rejects when the file is gone, too. */
  fetch(path: string, to: string, signal: AbortSignal): Promise<void>;
  /** Told that something changed; resolves or rejects when the connection ends. */
  follow(changed: () => void, signal: AbortSignal): Promise<void>;
}

const ANSWER_MS = 10_000;
const MOST_FILES = 20_000;
const MOST_DEPTH = 5;

/** Everything rejects with a `RecorderError` `unavailable` where it does not answer as it should. */
export function bililiveApi(base: string): Bililive {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    try {
      return await fetch(`${base}${path}`, { signal: AbortSignal.timeout(ANSWER_MS), ...init });
    } catch (cause) {
      throw new RecorderError('unavailable', 'bililive-go does not answer.', { cause });
    }
  };
  const read = async <T>(schema: z.ZodType<T>, path: string, init?: RequestInit): Promise<T> => {
    const response = await ask(path, init);
    if (!response.ok) throw new RecorderError('unavailable', `bililive-go answered ${String(response.status)}.`);
    try {
      return schema.parse(await response.json());
    } catch (cause) {
      throw new RecorderError('unavailable', 'bililive-go answered what cannot be read.', { cause });
    }
  };
  const lives = (): Promise<readonly BililiveLive[]> => read(livesSchema, '/api/lives');

  return {
    lives,
    info: async () => ({ version: (await read(infoSchema, '/api/info')).app_version }),
    add: async (url) => {
      const known = (await lives()).find((live) => isSame(live.live_url, url));
      if (known !== undefined) return known;
      const body = JSON.stringify([{ url, listen: false }]);
      // What it does not take it leaves out, and answers 200.
      const added = await read(livesSchema, '/api/lives', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      return added[0] ?? (await lives()).find((live) => isSame(live.live_url, url)) ?? null;
    },
    listen: async (liveId, wish) => {
      const response = await ask(`/api/lives/${encodeURIComponent(liveId)}/${wish ? 'start' : 'stop'}`);
      // 400: it does so already. 404: it is not there, so it does not listen.
      if (response.ok || response.status === 400 || (!wish && response.status === 404)) return;
      throw new RecorderError('unavailable', `bililive-go answered ${String(response.status)}.`);
    },
    remove: async (liveId) => {
      const response = await ask(`/api/lives/${encodeURIComponent(liveId)}`, { method: 'DELETE' });
      if (!response.ok && response.status !== 404)
        throw new RecorderError('unavailable', `bililive-go answered ${String(response.status)}.`);
    },
    files: async () => {
      const found: BililiveFile[] = [];
      const walk = async (folder: string, depth: number): Promise<void> => {
        const { files } = await read(filesSchema, `/api/file/${encoded(folder)}`);
        for (const { name, is_folder: isFolder, last_modified: modified, size } of files) {
          const path = folder === '' ? name : `${folder}/${name}`;
          if (!isFolder) found.push({ path, modifiedMs: modified * 1000, bytes: size });
          else if (depth < MOST_DEPTH && found.length < MOST_FILES) await walk(path, depth + 1);
        }
      };
      await walk('', 0);
      return found;
    },
    fetch: async (path, to, signal) => {
      const response = await ask(`/files/${encoded(path)}`, { signal });
      if (!response.ok || response.body === null)
        throw new RecorderError('unavailable', `bililive-go answered ${String(response.status)} for a file.`);
      await pipeline(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), createWriteStream(to), { signal });
    },
    follow: async (changed, signal) => {
      const response = await ask('/api/sse', { signal, headers: { accept: 'text/event-stream' } });
      if (!response.ok || response.body === null) throw new RecorderError('unavailable', 'bililive-go tells no events.');
      const lines = Readable.fromWeb(response.body as ReadableStream<Uint8Array>).setEncoding('utf8');
      // What exactly changed is read anew: it drops messages when there are many.
      for await (const piece of lines as AsyncIterable<string>) if (CHANGES.test(piece)) changed();
    },
  };
}

const CHANGES = /event: ?(live_update|list_change|recorder_status)/;

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** It writes addresses its own way: a scheme where none was, no slash at the end. */
export function isSame(one: string, other: string): boolean {
  const plain = (url: string): string =>
    url
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/+$/, '');
  return plain(one) === plain(other);
}
