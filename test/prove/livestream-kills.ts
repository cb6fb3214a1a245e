import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { film } from '../support/media-samples.ts';
import { serveLive } from '../support/served-live.ts';

/**
 * `npm run prove:livestream-kills [random]`: the gateway is killed (SIGKILL) in each status and step of a task, then `random` (6) times anywhere. Each task must
 * come to its report by itself, and what was announced must be told once, in an order that can be.
 */

const RANDOM = Number(process.argv[2] ?? 6);
const SECONDS = 8;
const PATIENCE_MS = 240_000;
const MOMENTS = ['pending', 'listening', 'recording', 'join', 'frames', 'read', 'hear', 'summarise', 'completed'] as const;

type Json = Readonly<Record<string, unknown>>;

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-kills-'));
const port = await freePort();
const base = `http://127.0.0.1:${String(port)}`;
let gateway: ChildProcess | null = null;
let token = '';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

async function start(): Promise<number> {
  const began = Date.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server/main.ts', '--gateway'], {
    env: {
      ...process.env,
      DATA_DIR: folder,
      PORT: String(port),
      LIVESTREAM_QUIET_SECONDS: '2',
      RATE_PER_MINUTE: '1000000',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  gateway = child;
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (piece: Buffer) => {
      if (piece.toString().includes('"ready"')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended (${String(code)})`)));
  });
  const key = readFileSync(join(folder, 'api-key'), 'utf8').trim();
  token = String((await call('POST', '/auth/token', { api_key: key }))['access_token']);
  return Date.now() - began;
}

async function kill(): Promise<void> {
  const child = gateway;
  gateway = null;
  if (child === null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function call(method: string, path: string, body?: Json): Promise<Json> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Json;
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${JSON.stringify(answer)}`);
  return answer;
}

async function create(url: string, name: string): Promise<string> {
  const form = new FormData();
  for (const [field, value] of Object.entries({ url, livestream_name: name, start_time: new Date().toISOString() }))
    form.set(field, value);
  const response = await fetch(`${base}/livestream/tasks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  if (response.status !== 201) throw new Error(`create: ${String(response.status)} ${await response.text()}`);
  return String(((await response.json()) as Json)['id']);
}

/** Where it is: its step while it is analysed, else its status. */
async function moment(id: string): Promise<string> {
  const { status } = await call('GET', `/livestream/tasks/${id}`);
  if (status !== 'processing') return String(status);
  const { step } = await call('GET', `/livestream/tasks/${id}/progress`);
  return typeof step === 'string' ? step : 'processing';
}

async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  const began = Date.now();
  while (!(await ask())) {
    if (Date.now() - began > PATIENCE_MS) throw new Error(`${what}: not within ${String(PATIENCE_MS / 1000)} s`);
    await sleep(15);
  }
}

/** Everything that was announced since the beginning. */
async function announced(): Promise<readonly Json[]> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/ws/livestream?token=${token}&since=0`);
  const told: Json[] = [];
  await new Promise<void>((resolve, reject) => {
    let last = Infinity;
    const look = (): void => {
      if (Number(told.at(-1)?.['id'] ?? 0) >= last) resolve();
    };
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Json & { readonly data: Json };
      if (message['type'] === 'connection_established') last = Number(message.data['last_id']);
      else told.push(message);
      look();
    });
  });
  socket.close();
  return told;
}

const NEXT: Readonly<Record<string, readonly string[]>> = {
  created: ['listening'],
  listening: ['recording', 'processing'],
  recording: ['processing', 'listening'],
  processing: ['completed'],
  completed: [],
};

const { path } = await film({ seconds: SECONDS });
const rows: string[][] = [];
try {
  await start();
  const kills = [...MOMENTS, ...Array.from({ length: RANDOM }, (_, index) => `random ${String(index + 1)}`)];
  const tasks: string[] = [];
  for (const when of kills) {
    const live = await serveLive({ path });
    const name = `killed ${when}`;
    const id = await create(live.url, name);
    tasks.push(id);
    const began = Date.now();
    let found = when;
    if (when === 'pending') await kill();
    else if (when.startsWith('random')) {
      live.begin();
      await sleep(Math.random() * 25_000);
      found = await moment(id);
      await kill();
    } else {
      if (when !== 'listening') live.begin();
      await until(`${name} reached ${when}`, async () => {
        found = await moment(id);
        // A step can be over before it is looked at.
        return found === when || found === 'completed';
      });
      await kill();
    }
    await sleep(300);
    live.begin();
    const ready = await start();
    await until(`${name} got its report`, async () => (await moment(id)) === 'completed');
    rows.push([when, found, String(ready), ((Date.now() - began) / 1000).toFixed(1)]);
    console.log(
      `  ${when.padEnd(12)} killed in ${found.padEnd(12)} ready again ${String(ready)} ms, report after ${rows.at(-1)?.[3] ?? ''} s`,
    );
    await live.close();
  }
  const told = await announced();
  const ids = told.map(({ id }) => Number(id));
  const again = ids.length - new Set(ids).size;
  const backwards = ids.filter((id, index) => index > 0 && id <= (ids[index - 1] ?? 0)).length;
  let wrong = 0;
  for (const id of tasks) {
    const chain = told
      .filter(({ data }) => (data as Json)['task_id'] === id)
      .map(({ type, data }) => (type === 'task_created' ? 'created' : String((data as Json)['status'])));
    const right =
      chain[0] === 'created' &&
      chain.at(-1) === 'completed' &&
      chain.every((status, index) => index === 0 || (NEXT[chain[index - 1] ?? '']?.includes(status) ?? false));
    if (!right) {
      wrong += 1;
      console.log(`  ${id}: ${chain.join(' → ')}`);
    }
  }
  console.log(
    `\n${String(kills.length)} kills: ${String(rows.length)} reports, 0 stuck; ${String(told.length)} announcements, ${String(again)} twice, ${String(backwards)} out of order, ${String(wrong)} tasks with one missing or wrong`,
  );
  process.exitCode = again + backwards + wrong === 0 ? 0 : 1;
} finally {
  await kill();
  rmSync(folder, { recursive: true, force: true });
}
