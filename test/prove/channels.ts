import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { createAuth } from '../../demo/server/auth.ts';
import { readConfig } from '../../demo/server/config.ts';
import { createAlerts } from '../../demo/server/rtstream/alerts/watch.ts';
import { createWebhooks } from '../../demo/server/rtstream/alerts/webhooks.ts';
import type { ChannelFrame } from '../../demo/server/rtstream/channels/frame.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { channelMessages } from '../../src/protocols/rtstream/channels.ts';
import { databaseOfStreams, serveChannels } from '../gateway/channel-server.ts';
import type { ServedChannels } from '../gateway/channel-server.ts';

/**
 * `npm run prove:channels`: how late frames are at many sockets, what slow readers do to the others, whether anything is lost or told twice
 * over cuts, and how long it takes from a scene to its alert on the socket and at the webhook.
 */

const log = pino({ level: 'error' });
const auth = createAuth(readConfig({ GATEWAY_API_KEY: 'prove-key' }, 0));

/** What a child of this file counts: ms from the gateway's clock to its own, of each frame. */
interface Heard {
  readonly delays: readonly number[];
  readonly frames: number;
  readonly codes: readonly number[];
}

interface Wish {
  readonly url: string;
  readonly sockets: number;
  /** Reads nothing. */
  readonly deaf: boolean;
}

async function listen(): Promise<void> {
  const [{ url, sockets, deaf }] = (await once(process, 'message')) as [Wish];
  const delays: number[] = [];
  const codes: number[] = [];
  let frames = 0;
  for (let at = 0; at < sockets; at++) {
    const socket = new WebSocket(url);
    socket.on('message', (data: Buffer) => {
      const { server_now: sent, channel } = JSON.parse(data.toString('utf8')) as { server_now: number; channel?: string };
      if (channel === undefined) return;
      frames += 1;
      delays.push(Date.now() - sent);
    });
    socket.on('close', (code) => codes.push(code));
    await once(socket, 'open');
    if (deaf) socket.pause();
  }
  process.send?.('open');
  await once(process, 'message');
  process.send?.({ delays, frames, codes } satisfies Heard, () => process.exit(0));
}

async function listener(wish: Wish): Promise<() => Promise<Heard>> {
  const child = fork(new URL(import.meta.url), ['listen'], { execArgv: ['--import', 'tsx'] });
  child.send(wish);
  await once(child, 'message');
  return async () => {
    child.send('tell');
    const [heard] = (await once(child, 'message')) as [Heard];
    return heard;
  };
}

const at = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
const spread = (values: readonly number[]): string =>
  `p50 ${at(values, 0.5).toFixed(0)} ms, p99 ${at(values, 0.99).toFixed(0)} ms, most ${at(values, 1).toFixed(0)} ms`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const frame = (text: string): ChannelFrame => ({
  channel: 'transcript',
  rtstream_id: 'rts-1',
  data: { text, is_final: true, start: Date.now(), end: Date.now() },
});

async function prove(): Promise<void> {
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'} before`);
  const database = await databaseOfStreams();
  const served = await serveChannels({ database, auth, log });
  await manySockets(served);
  await slowReaders(served);
  await cuts(served);
  await alerts(database, served);
  await served.close();
  await database.destroy();
}

async function manySockets({ channels, base }: ServedChannels): Promise<void> {
  const SOCKETS = 1000;
  const FRAMES = 100;
  const url = await channels.issue(base, { streamId: 'rts-1' });
  const tell = await listener({ url, sockets: SOCKETS, deaf: false });
  const cpu = process.cpuUsage();
  const before = process.memoryUsage().heapUsed;
  for (let sent = 0; sent < FRAMES; sent++) {
    channels.publish(frame('What is said in a sentence of usual length, more or less.'), { connections: [] });
    await pause(50);
  }
  await pause(1000);
  const { user, system } = process.cpuUsage(cpu);
  const { delays, frames } = await tell();
  console.log(`${SOCKETS} sockets, ${FRAMES} frames at 20 a second: ${frames} of ${SOCKETS * FRAMES} heard, ${spread(delays)}`);
  console.log(
    `  CPU of the gateway ${((user + system) / 1000 / FRAMES).toFixed(1)} ms a frame, memory ${((process.memoryUsage().heapUsed - before) / 2 ** 20).toFixed(0)} MiB of heap more`,
  );
  await until(() => channels.size === 0);
}

async function slowReaders({ channels, base }: ServedChannels): Promise<void> {
  const url = await channels.issue(base, { streamId: 'rts-1' });
  const deaf = await listener({ url, sockets: 100, deaf: true });
  const quick = await listener({ url, sockets: 100, deaf: false });
  const bytes = (): number => process.memoryUsage().heapUsed + process.memoryUsage().external;
  const before = bytes();
  const long = 'x'.repeat(50_000);
  let most = 0;
  for (let sent = 0; sent < 200; sent++) {
    channels.publish(frame(long), { connections: [] });
    await pause(25);
    most = Math.max(most, bytes() - before);
  }
  await until(() => channels.size <= 100);
  const heard = await quick();
  const given = 200 - channels.size;
  console.log(`100 sockets that read nothing beside 100 that do, 2 MB a second each: ${spread(heard.delays)} for those who read`);
  console.log(
    `  ${given} given up, memory ${(most / 2 ** 20).toFixed(0)} MiB more at most; ${heard.frames} of ${100 * 200} frames heard`,
  );
  await deaf();
  await until(() => channels.size === 0);
}

async function cuts({ channels, base }: ServedChannels): Promise<void> {
  const CLIENTS = 50;
  const CUTS = 20;
  const sockets = new Map<number, WebSocket>();
  const heard = Array.from({ length: CLIENTS }, () => [] as number[]);
  const connected = Array.from({ length: CLIENTS }, () => 0);
  const subscriptions = heard.map((numbers, client) => {
    class Kept extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.set(client, this);
      }
    }
    return channelMessages({ address: () => channels.issue(base, {}), streamIds: ['rts-1'], WebSocket: Kept }).subscribe(
      (message) => {
        if (message.type === 'connected') connected[client] = (connected[client] ?? 0) + 1;
        if (message.type === 'transcript') numbers.push(Number(message.text));
      },
    );
  });
  await until(() => connected.every((count) => count > 0));
  let sent = 0;
  let cut = 0;
  const publishing = setInterval(() => channels.publish(frame(String((sent += 1))), { connections: [] }), 50);
  while (cut < CLIENTS * CUTS) {
    const socket = sockets.get(Math.floor(Math.random() * CLIENTS));
    if (socket?.readyState === WebSocket.OPEN) {
      socket.terminate();
      cut += 1;
    }
    await pause(15);
  }
  clearInterval(publishing);
  await until(() => heard.every((numbers) => numbers.at(-1) === sent));
  const lost = heard.reduce((sum, numbers) => sum + sent - new Set(numbers).size, 0);
  const twice = heard.reduce((sum, numbers) => sum + numbers.length - new Set(numbers).size, 0);
  const disordered = heard.filter((numbers) =>
    numbers.some((one, index) => index > 0 && one <= (numbers[index - 1] ?? 0)),
  ).length;
  console.log(
    `${CLIENTS} clients of ours, ${cut} random cuts, ${sent} frames at 20 a second: ${lost} lost, ${twice} told twice, ${disordered} out of order`,
  );
  for (const subscription of subscriptions) subscription.unsubscribe();
}

async function alerts(database: Database, { channels, base }: ServedChannels): Promise<void> {
  const SCENES = 200;
  const ALERTS = 10;
  const arrived = new Map<string, number>();
  const receiver = createServer((request, response) => {
    const now = Date.now();
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      arrived.set((JSON.parse(body) as { event_id: string }).event_id, now);
      response.end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const urlOf = (server: typeof receiver): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const index = {
    id: 'a000000000000001',
    stream_id: 'rts-1',
    name: '',
    kind: 'visual',
    extraction_type: 'time',
    prompt: '',
  } as const;
  await database
    .insertInto('indexes')
    .values({ ...index, extraction_config: json({}), model_config: json({}), status: 'connected' })
    .execute();
  for (let number = 0; number < ALERTS; number++) {
    const id = `e${String(number).padStart(15, '0')}`;
    await database
      .insertInto('events')
      .values({ id, event_prompt: `${number}`, label: `event ${number}` })
      .execute();
    // One of ten goes to a host that never answers.
    const url = number === 0 ? urlOf(silent) : urlOf(receiver);
    const alert = { id: id.replace('e', 'b'), index_id: index.id, event_id: id, callback_url: url, status: 'enabled' } as const;
    await database.insertInto('alerts').values(alert).execute();
  }
  const toldMs = new Map<string, number>();
  const socket = new WebSocket(await channels.issue(base, { streamId: 'rts-1' }));
  socket.on('message', (data: Buffer) => {
    const { channel, id } = JSON.parse(data.toString('utf8')) as { channel?: string; id: string };
    if (channel === 'alert') toldMs.set(id, Date.now());
  });
  await once(socket, 'open');
  const webhooks = createWebhooks({ database, secret: 'secret', guard: { allowPrivate: true }, log });
  const begun = new Map<string, number>();
  const looked = createAlerts({
    database,
    channels,
    webhooks,
    // Every other scene shows everything.
    match: (_prompt, { evidence }) =>
      Promise.resolve({ matched: evidence === 'all', confidence: 0.9, explanation: 'It is there' }),
    urls: {
      live: () => '',
      clip: (own, id, start, end) => `${own}/manifests/${id}/${start}-${end}.m3u8`,
      video: () => '',
      compiled: () => '',
      player: () => '',
    },
    base: () => base,
    log,
  });
  const look: number[] = [];
  const starts: number[] = [];
  for (let sceneId = 1; sceneId <= SCENES; sceneId++) {
    // Two without, then one with: an appearance each.
    const all = sceneId % 3 === 0;
    const startMs = 1_763_600_000_000 + sceneId * 2000;
    const scene = { startMs, endMs: startMs + 2000, text: '', data: null, metadata: {}, evidence: all ? 'all' : '' };
    const now = Date.now();
    await looked.look({ streamId: 'rts-1', streamName: 'Desk', indexId: index.id, sceneId, scene });
    look.push(Date.now() - now);
    if (all) starts.push(now);
    await pause(20);
  }
  const hits = await database.selectFrom('alert_hits').select(['id', 'start_ms', 'alert_id']).execute();
  const friendly = hits.filter(({ alert_id }) => alert_id !== `b${'0'.repeat(15)}`);
  await until(() => friendly.every(({ id }) => arrived.has(id)));
  for (const { id, start_ms } of hits) begun.set(id, starts[(start_ms - 1_763_600_000_000) / 2000 / 3 - 1] ?? NaN);
  const since = (times: ReadonlyMap<string, number>): number[] => [...times].map(([id, ms]) => ms - (begun.get(id) ?? NaN));
  const webhook = friendly.map(({ id }) => (arrived.get(id) ?? NaN) - (toldMs.get(id) ?? NaN));
  console.log(`${SCENES} scenes, ${ALERTS} alerts on the index, ${hits.length} fired: a look takes ${spread(look)}`);
  console.log(`  scene to socket ${spread(since(toldMs))}`);
  console.log(`  socket to webhook ${spread(webhook)} (${arrived.size} arrived, beside a host that never answers)`);
  socket.close();
  await webhooks.close();
  receiver.close();
  silent.closeAllConnections();
  silent.close();
}

async function until(matches: () => boolean): Promise<void> {
  const patience = Date.now() + 60_000;
  while (!matches()) {
    if (Date.now() > patience) throw new Error('it did not come about within a minute');
    await pause(20);
  }
}

if (process.argv[2] === 'listen') await listen();
else await prove();
