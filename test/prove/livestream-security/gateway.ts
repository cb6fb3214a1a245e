import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The whole gateway in a process of its own, and what its memory is at its highest. */

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface OwnGateway {
  readonly url: string;
  readonly dataDir: string;
  readonly key: string;
  ask(method: string, path: string, wish?: Wish): Promise<Reply>;
  /** MiB that it holds now, and the most since the last `rest`. */
  memory(): { readonly now: number; readonly most: number };
  rest(): void;
  close(): Promise<void>;
}

export interface Wish {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | FormData | object;
}

export async function ownGateway(env: Readonly<Record<string, string>>): Promise<OwnGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), 'viva-voce-security-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server/main.ts', '--gateway'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { readonly url: string };
  const figure = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${String(child.pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  let most = 0;
  const look = (): void => void (most = Math.max(most, figure('VmRSS')));
  const looking = setInterval(look, 20);
  return {
    url,
    dataDir,
    key: readFileSync(join(dataDir, 'api-key'), 'utf8').trim(),
    ask: async (method, path, { token, headers = {}, body } = {}) => {
      const plain = typeof body === 'string' || body instanceof FormData || body === undefined;
      const reply = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(plain ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: plain ? body : JSON.stringify(body) }),
      });
      return { status: reply.status, text: await reply.text(), headers: reply.headers };
    },
    memory: () => {
      look();
      return { now: figure('VmRSS'), most };
    },
    rest: () => void (most = 0),
    close: async () => {
      clearInterval(looking);
      const ended = once(child, 'close');
      child.kill();
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
