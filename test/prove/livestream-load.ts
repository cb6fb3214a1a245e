import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { WebSocket } from 'ws';
import type { NewTask } from '../../demo/server/livestream/tasks.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { LivestreamClient, loginTokens } from '../../src/livestream.ts';
import type { TasksDesk } from '../../src/session/tasks.ts';
import { createTasksDesk } from '../../src/task-edges.ts';
import { KEY, playTasks } from '../support/livestream-api.ts';
import type { PlayedTasks } from '../support/livestream-api.ts';
import { startPostgres } from '../support/postgres.ts';

/**
 * `npm run prove:livestream-load`: how late notices of tasks are at many sockets while many change, what lists and counts of many tasks take
 * beside that, how many come back at once, and what all of it costs the gateway; in the embedded database and on a PostgreSQL server.
 * `TASKS`, `SOCKETS`, `CHANGES` (a second) and `SECONDS` change the load.
 */

const wanted = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const TASKS = wanted('TASKS', 10_000);
const SOCKETS = wanted('SOCKETS', 1000);
const CHANGES = wanted('CHANGES', 100);
const SECONDS = wanted('SECONDS', 20);

/** What a child of this file heard: ms from the change to here of each notice, and what was wrong with their order. */
interface Heard {
  readonly delays: readonly number[];
  readonly notices: number;
  readonly disordered: number;
  readonly connectMs: number;
}

/** One of so many sockets is looked into; the others are counted, or reading them all would be the most work of the whole. */
const SAMPLE = 20;

type Wish =
  | { readonly wish: 'tell'; readonly notices: number }
  | { readonly wish: 'again'; readonly missed: number }
  | { readonly wish: 'end' };

/** Many sockets in a process of their own, so that their work is not the gateway's. */
async function listen(): Promise<void> {
  const [{ url, sockets }] = (await once(process, 'message')) as [{ readonly url: string; readonly sockets: number }];
  const delays: number[] = [];
  const open = new Set<WebSocket>();
  let notices = 0;
  let disordered = 0;
  /** Each id that a socket that is looked into has heard, in order. */
  let ids: number[] = [];
  const join = async (address: string, place: number): Promise<void> => {
    const socket = new WebSocket(address);
    let newest = 0;
    let greeted: (() => void) | null = null;
    const hello = new Promise<void>((resolve) => (greeted = resolve));
    socket.on('message', (data: Buffer) => {
      if (greeted !== null) {
        greeted();
        greeted = null;
        return;
      }
      notices += 1;
      if (place % SAMPLE !== 0) return;
      const { id, timestamp } = JSON.parse(data.toString('utf8')) as { readonly id: number; readonly timestamp: string };
      if (id <= newest) disordered += 1;
      newest = id;
      if (place === 0) ids.push(id);
      delays.push(Date.now() - Date.parse(timestamp));
    });
    await once(socket, 'open');
    await hello;
    open.add(socket);
  };
  const joinAll = async (address: string): Promise<number> => {
    const began = Date.now();
    for (let from = 0; from < sockets; from += 50) {
      await Promise.all(Array.from({ length: Math.min(50, sockets - from) }, (_, at) => join(address, from + at)));
    }
    return Date.now() - began;
  };
  const heard = async (count: number): Promise<void> => {
    const patience = Date.now() + 60_000;
    while (notices < count && Date.now() < patience) await pause(20);
    // What is too much would come now.
    await pause(300);
  };
  let connectMs = await joinAll(url);
  process.send?.('open');
  for (;;) {
    const [wish] = (await once(process, 'message')) as [Wish];
    if (wish.wish === 'end') process.exit(0);
    if (wish.wish === 'tell') await heard(wish.notices * sockets);
    else {
      for (const socket of open) socket.terminate();
      open.clear();
      const since = ids.at(-1 - wish.missed) ?? 0;
      [notices, disordered, ids] = [0, 0, []];
      connectMs = await joinAll(`${url}&since=${since}`);
      await heard(wish.missed * sockets);
    }
    process.send?.({ delays: delays.splice(0), notices, disordered, connectMs } satisfies Heard);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const at = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
const spread = (values: readonly number[]): string =>
  `p50 ${at(values, 0.5).toFixed(0)} ms, p99 ${at(values, 0.99).toFixed(0)} ms, most ${at(values, 1).toFixed(0)} ms (${values.length})`;
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

const taskOf = (number: number): NewTask => ({
  ...{ id: randomUUID(), url: `https://live.example/${number}`, livestream_name: `Launch ${number} 新车发布会`, entity: null },
  ...{ start_time: new Date(Date.UTC(2026, 0, 1) + number * 60_000), status: 'pending', bililive_live_id: `live-${number}` },
  ...{ host_name: `Host ${number % 300}`, prompt_name: null, prompt_content: 'What was announced?', livestream_image: null },
  ...{ summary_report: null, owner: randomUUID(), wanted: true, created_at: new Date(Date.UTC(2026, 0, 1) + number * 1000) },
});

async function fill(database: Database): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let from = 0; from < TASKS; from += 500) {
    const rows = Array.from({ length: Math.min(500, TASKS - from) }, (_, index) => taskOf(from + index));
    await database
      .insertInto('livestream_tasks')
      .values(rows.map((row) => ({ ...row, failure: null, updated_at: row.created_at ?? new Date() })))
      .execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

/** Changes a second, spread over it; resolves with how long each took. */
async function change(
  { deps: { tasks } }: PlayedTasks,
  ids: readonly string[],
  running: () => boolean,
): Promise<readonly number[]> {
  const took: number[] = [];
  const under = new Set<Promise<void>>();
  const turns = ['listening', 'recording', 'processing', 'completed'] as const;
  const begun = Date.now();
  for (let count = 0; running(); count++) {
    const id = ids[(count * 37) % ids.length] ?? '';
    const work = async (): Promise<void> => {
      const from = Date.now();
      // Each may be anything now: what is measured is the announcing.
      const to = turns[Math.floor((count * 37) / ids.length) % 4] ?? 'failed';
      await tasks.become(id, to, { from: ['pending', 'listening', 'recording', 'processing', 'completed', 'failed'] });
      took.push(Date.now() - from);
    };
    const doing = work().finally(() => under.delete(doing));
    under.add(doing);
    const dueMs = begun + ((count + 1) * 1000) / CHANGES - Date.now();
    if (dueMs > 0) await pause(dueMs);
  }
  await Promise.all(under);
  return took;
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await ask();
  return performance.now() - from;
}

async function prove(name: string, databaseUrl?: string): Promise<void> {
  console.log(
    `\n${name}: ${TASKS} tasks, ${SOCKETS} sockets, ${CHANGES} status changes a second for ${SECONDS} s (load ${loadavg()[0]?.toFixed(1) ?? '?'})`,
  );
  const played = await playTasks({
    sockets: true,
    env: { RATE_PER_MINUTE: '1000000' },
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  const baseUrl = await played.listen();
  const ids = await fill(played.database);
  const token = (await played.deps.tokens.login(KEY, null, null)).access_token;
  const client = new LivestreamClient({ baseUrl, token: loginTokens({ baseUrl }, { apiKey: KEY }), WebSocket });
  const lists = {
    'first page of 100': () => client.tasks({ limit: 100 }),
    'page 90 of 100 by name': () => client.tasks({ limit: 100, page: 90, sortBy: 'livestream_name' }),
    'one status': () => client.tasks({ limit: 100, status: 'recording' }),
    'search 发布会': () => client.tasks({ limit: 100, search: '发布会' }),
    counts: () => client.stats(),
  };
  const quiet = new Map<string, readonly number[]>();
  for (const [what, ask] of Object.entries(lists)) {
    const took = [];
    for (let tries = 0; tries < 10; tries++) took.push(await timed(ask));
    quiet.set(what, took);
  }

  const before = process.memoryUsage();
  const child = fork(new URL(import.meta.url), ['listen'], { execArgv: ['--import', 'tsx'] });
  child.send({ url: `${baseUrl.replace('http', 'ws')}/ws/livestream?token=${token}`, sockets: SOCKETS });
  await once(child, 'message');
  const withSockets = process.memoryUsage();
  const desk: TasksDesk = createTasksDesk({ baseUrl, token: () => Promise.resolve({ token }), WebSocket });
  let shown = 0;
  desk.state.subscribe(() => (shown += 1));
  desk.start();
  await pause(1500);
  shown = 0;

  const load = { running: true };
  const busy = new Map<string, number[]>(Object.keys(lists).map((what) => [what, []]));
  const cpu = process.cpuUsage();
  const reading = (async () => {
    while (load.running) {
      for (const [what, ask] of Object.entries(lists)) busy.get(what)?.push(await timed(ask));
      await pause(100);
    }
  })();
  setTimeout(() => (load.running = false), SECONDS * 1000);
  const took = await change(played, ids, () => load.running);
  const { user, system } = process.cpuUsage(cpu);
  await reading;
  const memory = process.memoryUsage();
  const heard = await ask(child, { wish: 'tell', notices: took.length });
  console.log(`  ${took.length} changes, each ${spread(took)}`);
  console.log(
    `  ${heard.notices} of ${took.length * SOCKETS} notices heard, ${heard.disordered} out of order or twice; from the change to the reader ${spread(heard.delays)}`,
  );
  console.log(`  the desk showed ${(shown / SECONDS).toFixed(1)} states a second`);
  const core = ((user + system) / 10_000 / SECONDS).toFixed(0);
  console.log(
    `  memory ${mebibytes(before.rss)} before, ${mebibytes(withSockets.rss)} with the sockets, ${mebibytes(memory.rss)} at the end; ${core} % of a core, lists included`,
  );
  for (const what of Object.keys(lists)) {
    console.log(`  list, ${what}: alone ${spread(quiet.get(what) ?? [])}; under the load ${spread(busy.get(what) ?? [])}`);
  }
  const again = await ask(child, { wish: 'again', missed: 100 });
  console.log(
    `  all ${SOCKETS} cut and back: ${again.connectMs} ms to connect, each told the 100 it missed: ${again.notices} notices, ${again.disordered} out of order or twice`,
  );
  child.send({ wish: 'end' } satisfies Wish);
  desk.dispose();
  await played.close();
}

async function ask(child: ReturnType<typeof fork>, wish: Wish): Promise<Heard> {
  child.send(wish);
  const [heard] = (await once(child, 'message')) as [Heard];
  return heard;
}

if (process.argv[2] === 'listen') await listen();
else {
  console.log(`${cpus().length} cores, Node ${process.version}`);
  await prove('Embedded database');
  const server = await startPostgres();
  await prove('PostgreSQL server', server.url);
  await server.close();
}
