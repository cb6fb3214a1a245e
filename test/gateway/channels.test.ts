import { once } from 'node:events';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createAuth } from '../../demo/server/auth.ts';
import type { Auth } from '../../demo/server/auth.ts';
import { readConfig } from '../../demo/server/config.ts';
import type { ChannelLimits } from '../../demo/server/rtstream/channels/channels.ts';
import { KeptFrames } from '../../demo/server/rtstream/channels/kept-frames.ts';
import type { ChannelFrame } from '../../demo/server/rtstream/channels/frame.ts';
import { channelMessages } from '../../src/protocols/rtstream/channels.ts';
import type { ChannelMessage } from '../../src/protocols/rtstream/channels.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { databaseOfStreams, serveChannels } from './channel-server.ts';
import type { ServedChannels } from './channel-server.ts';

/** Channel sockets over a real server and a real database. */

const KEY = 'test-gateway-key';
const PAGE = 'http://localhost:5173';
const log = pino({ level: 'silent' });
const auth: Auth = createAuth(readConfig({ GATEWAY_API_KEY: KEY }, 0));
let database: Database;

beforeAll(async () => {
  database = await databaseOfStreams();
});
afterAll(() => database.destroy());

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(limits: Partial<ChannelLimits> = {}): Promise<ServedChannels> {
  const served = await serveChannels({ database, auth, log, limits });
  closing.push(() => served.close());
  return served;
}

type Json = Record<string, unknown>;

interface Listener {
  readonly socket: WebSocket;
  readonly frames: Json[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** The frames once there are `count` of them. */
  wait(count: number): Promise<Json[]>;
}

async function listen(url: string, headers: Record<string, string> = {}): Promise<Listener> {
  const socket = new WebSocket(url, { headers });
  const frames: Json[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString('utf8')) as Json);
    for (const look of waiting) look();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  await once(socket, 'open');
  return {
    socket,
    frames,
    closed,
    wait: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (frames.length >= count) resolve(frames);
        };
        waiting.add(look);
        look();
      }),
  };
}

const frame = (text: string, stream = 'rts-1'): ChannelFrame => ({
  channel: 'transcript',
  rtstream_id: stream,
  data: { text, is_final: true, start: 1, end: 2 },
});
const texts = (frames: readonly Json[]): unknown[] =>
  frames.filter((one) => 'channel' in one).map((one) => (one['data'] as Json)['text']);
const idOf = (listener: Listener): string => String(listener.frames[0]?.['connection_id']);

async function open({ channels, base }: ServedChannels, query = '', wish = {}): Promise<Listener> {
  const listener = await listen((await channels.issue(base, wish)) + query);
  await listener.wait(1);
  return listener;
}

describe('a channel socket', () => {
  it('greets with its id, and hears what names it, one channel a frame, numbered', async () => {
    const served = await serve();
    const [one, two] = await Promise.all([open(served), open(served)]);
    expect(one.frames[0]).toMatchObject({ connection_id: expect.stringMatching(/^ws-/) as string, resumed: false });
    served.channels.publish(frame('a'), { connections: [idOf(one)] });
    served.channels.publish(frame('b', 'rts-2'), { connections: [idOf(one), idOf(two), idOf(one)] });
    const [, a, b] = await one.wait(3);
    expect(a).toMatchObject({ channel: 'transcript', rtstream_id: 'rts-1', data: { text: 'a' } });
    expect(b?.['seq']).toBeGreaterThan(Number(a?.['seq']));
    expect(Math.abs(Number(b?.['server_now']) - Date.now())).toBeLessThan(60_000);
    expect(texts(await two.wait(2))).toEqual(['b']);
  });

  it('follows one stream by its address, read-only, and hears nothing of others', async () => {
    const served = await serve();
    const free = await open(served, '&rtstream_id=rts-1', { collectionId: 'c-1' });
    const bound = await open(served, '', { streamId: 'rts-2' });
    served.channels.publish(frame('one'), { connections: [] });
    served.channels.publish(frame('two', 'rts-2'), { connections: [idOf(free)] });
    expect(texts(await free.wait(3))).toEqual(['one', 'two']);
    expect(texts(await bound.wait(2))).toEqual(['two']);
  });

  it('who comes back with its id hears what was missed, in order, each frame once', async () => {
    const served = await serve();
    const before = await open(served, '&rtstream_id=rts-1');
    const id = idOf(before);
    served.channels.publish(frame('heard'), { connections: [id] });
    const since = String((await before.wait(2))[1]?.['seq']);
    before.socket.terminate();
    await before.closed;
    served.channels.publish(frame('missed 1 \u0000 \ud800'), { connections: [id] });
    served.channels.publish(
      { ...frame('growing'), data: { text: 'growing', is_final: false } },
      { connections: [id], interim: true },
    );
    served.channels.publish(frame('missed 2', 'rts-2'), { connections: [id] });
    const again = await open(served, `&rtstream_id=rts-1&connection_id=${id}&since=${since}`);
    served.channels.publish(frame('live'), { connections: [id] });
    const frames = await again.wait(4);
    expect(frames[0]).toMatchObject({ connection_id: id, resumed: true, replay: { frames: 2, complete: true } });
    expect(texts(frames)).toEqual(['missed 1 \u0000 \ud800', 'missed 2', 'live']);
    expect(frames.map((one) => one['replayed'] === true)).toEqual([false, true, true, false]);
  });

  it('numbers go on and what was missed is still there after a restart', async () => {
    const first = await serve();
    const before = await open(first);
    const id = idOf(before);
    first.channels.publish(frame('x'), { connections: [id] });
    const since = Number((await before.wait(2))[1]?.['seq']);
    before.socket.terminate();
    await before.closed;
    first.channels.publish(frame('while away'), { connections: [id] });
    await first.channels.close();
    const second = await serve();
    const again = await open(second, `&since=${since}`, { connectionId: id });
    second.channels.publish(frame('after'), { connections: [id] });
    const frames = await again.wait(3);
    expect(texts(frames)).toEqual(['while away', 'after']);
    expect(frames.slice(1).every((one) => Number(one['seq']) > since)).toBe(true);
  });

  it('says so when what was missed is no longer kept', async () => {
    const served = await serve({ frames: 5 });
    const before = await open(served);
    const id = idOf(before);
    for (let at = 0; at < 9; at++) served.channels.publish(frame(`${at}`), { connections: [id] });
    const since = Number((await before.wait(10))[0]?.['seq']);
    const again = await open(served, `&connection_id=${id}&since=${since}`);
    expect(texts(await again.wait(6))).toEqual(['4', '5', '6', '7', '8']);
    expect(again.frames[0]).toMatchObject({ replay: { complete: false } });
    const old = await open(served, `&connection_id=${id}&since=1`);
    expect(old.frames[0]).toMatchObject({ replay: { complete: false } });
  });

  it('whatever a client sends is tolerated', async () => {
    const served = await serve();
    const one = await open(served);
    for (const message of ['{"action":"ping"}', 'no json', '', '\u0000', Buffer.alloc(300_000)]) one.socket.send(message);
    served.channels.publish(frame('still here'), { connections: [idOf(one)] });
    expect(texts(await one.wait(2))).toEqual(['still here']);
  });

  describe('its heartbeat', () => {
    // Moved by hand: on a busy machine real beats would overtake the answers.
    beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
    afterEach(() => vi.useRealTimers());
    const beat = (): void => void vi.advanceTimersByTime(15_000);

    it('answers pings, sends its own, and closes who is dead', async () => {
      const served = await serve();
      const alive = await open(served);
      const dead = await open(served);
      // Node's client answers pings by itself: this one is made not to.
      (dead.socket as unknown as { pong: () => void }).pong = () => undefined;
      const pinged = [once(alive.socket, 'ping'), once(dead.socket, 'ping')];
      beat();
      await Promise.all(pinged);
      const ponged = once(alive.socket, 'pong');
      alive.socket.ping();
      await ponged;
      beat();
      expect((await dead.closed).code).toBe(1006);
      expect(alive.socket.readyState).toBe(WebSocket.OPEN);
    });

    it('a page, which cannot hear pings, is told something now and then', async () => {
      const served = await serve();
      const page = await open(served, '&heartbeat=1');
      const program = await open(served);
      const pinged = once(program.socket, 'ping');
      beat();
      expect(await page.wait(2)).toMatchObject([{ connection_id: idOf(page) }, { heartbeat: true }]);
      await pinged;
      expect(program.frames).toHaveLength(1);
    });
  });

  it('a reader that is too slow loses what still grows, then is closed with 1013; the others go on', async () => {
    const served = await serve({ highWaterBytes: 64 * 1024, giveUpBytes: 1024 * 1024 });
    const [slow, quick] = await Promise.all([open(served), open(served)]);
    const connections = [idOf(slow), idOf(quick)];
    slow.socket.pause();
    const long = 'x'.repeat(100_000);
    let sent = 0;
    // The kernel's own buffers have to fill first; a frame at a time keeps the quick one quick.
    while (served.channels.size === 2 && sent < 400) {
      served.channels.publish(frame(long), { connections, interim: sent % 2 === 1 });
      sent += 1;
      await quick.wait(sent + 1);
      if (sent > 200) slow.socket.resume();
    }
    slow.socket.resume();
    const { code, reason } = await slow.closed;
    expect({ code, reason }).toEqual({ code: 1013, reason: 'You read too slowly; come again.' });
    const finals = slow.frames.length;
    expect(finals).toBeLessThan(quick.frames.length);
    expect(quick.socket.readyState).toBe(WebSocket.OPEN);
  }, 60_000);

  it('a frame never grows beyond what readers take', async () => {
    const served = await serve();
    const one = await open(served);
    served.channels.publish(
      { ...frame('y'.repeat(2_000_000)), data: { text: 'y'.repeat(2_000_000), start: 5, words: Array(100_000).fill('z') } },
      { connections: [idOf(one)] },
    );
    const [, cut] = await one.wait(2);
    expect(cut).toMatchObject({ data: { start: 5, truncated: true } });
    expect(JSON.stringify(cut).length).toBeLessThan(300_000);
  });

  it('what cannot be written as JSON harms nobody', async () => {
    const served = await serve();
    const one = await open(served);
    served.channels.publish({ ...frame('a'), data: { big: 1n } }, { connections: [idOf(one)] });
    served.channels.publish(frame('b'), { connections: [idOf(one)] });
    expect(texts(await one.wait(2))).toEqual(['b']);
  });

  it('the fifth socket of one id takes the place of the first', async () => {
    const served = await serve();
    const first = await open(served);
    const id = idOf(first);
    const others = [];
    for (let at = 0; at < 4; at++) others.push(await open(served, `&connection_id=${id}`));
    expect((await first.closed).code).toBe(4409);
    served.channels.publish(frame('all'), { connections: [id] });
    for (const other of others) expect(texts(await other.wait(2))).toEqual(['all']);
  });

  it('tells 1001 when the gateway goes', async () => {
    const served = await serve();
    const one = await open(served);
    await served.channels.close();
    expect(await one.closed).toEqual({ code: 1001, reason: 'going away' });
  });
});

it('what is not written yet is found too', async () => {
  const kept = new KeptFrames(database, { frames: 10, ageMs: 60_000, waiting: 3 }, log);
  for (let seq = 1; seq <= 3; seq++) kept.keep(['ws-a', 'ws-b'].slice(seq % 2), { seq, body: `${seq}` });
  // Its readers together have more than may wait: the oldest is given up.
  expect(await kept.after(['ws-a', 'ws-b'], 1, 10)).toEqual([2, 3].map((seq) => ({ seq, body: `${seq}` })));
  await kept.written();
  expect(await kept.after(['ws-a', 'ws-b'], 0, 1)).toEqual([{ seq: 3, body: '3' }]);
  await kept.close();
});

describe('our client on it', () => {
  it('hears every frame once over cuts, under one id', async () => {
    const served = await serve();
    const cuttable = new Set<WebSocket>();
    class Counted extends WebSocket {
      constructor(url: string) {
        super(url);
        cuttable.add(this);
      }
    }
    const messages: ChannelMessage[] = [];
    const waiting = new Set<() => void>();
    const subscription = channelMessages({
      address: () => served.channels.issue(served.base, {}),
      streamIds: ['rts-1'],
      WebSocket: Counted,
      random: () => 0,
    }).subscribe((message) => {
      messages.push(message);
      for (const look of waiting) look();
    });
    const until = (matches: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (matches()) resolve();
        };
        waiting.add(look);
        look();
      });
    const stood = (): ChannelMessage[] => messages.filter(({ type }) => type === 'connected');
    const heard = (): string[] => messages.flatMap((message) => (message.type === 'transcript' ? [message.text] : []));
    let sent = 0;
    for (let cut = 1; cut <= 3; cut++) {
      await until(() => stood().length === cut);
      for (let at = 0; at < 20; at++) {
        served.channels.publish(frame(String((sent += 1))), { connections: [] });
        if (at === 10) for (const socket of cuttable) socket.terminate();
      }
    }
    await until(() => stood().length === 4);
    await until(() => heard().length >= sent);
    expect(heard()).toEqual(Array.from({ length: sent }, (_, at) => String(at + 1)));
    expect(new Set(stood().map((message) => ('connectionId' in message ? message.connectionId : ''))).size).toBe(1);
    expect(stood().every((message) => 'gap' in message && !message.gap)).toBe(true);
    subscription.unsubscribe();
  });
});

describe('who may open one', () => {
  const refusedWith = (url: string): Promise<number | undefined> =>
    new Promise((resolve) => {
      new WebSocket(url)
        .on('unexpected-response', (request, response) => {
          resolve(response.statusCode);
          request.destroy();
        })
        .on('error', () => undefined);
    });

  it('programs are refused by an HTTP status, pages by a close code with words', async () => {
    const { channels, base } = await serve();
    const socket = `${base.replace('http', 'ws')}/rtstream/socket`;
    expect(await refusedWith(socket)).toBe(401);
    expect(await refusedWith(`${socket}?token=ek_wrong`)).toBe(401);
    expect(await refusedWith(`${socket}?token=${KEY}`)).toBe(401);
    expect(await refusedWith(`${await channels.issue(base, { streamId: 'rts-1' })}&rtstream_id=rts-2`)).toBe(403);
    expect(await refusedWith(`${await channels.issue(base, {})}&rtstream_id=rts-9`)).toBe(404);
    expect(await refusedWith(`${await channels.issue(base, { collectionId: 'c-9' })}&rtstream_id=rts-1`)).toBe(404);
    const page = await listen(socket, { origin: PAGE });
    expect(await page.closed).toMatchObject({ code: 4401, reason: expect.stringContaining('needed') as string });
  });

  it('an address that was made for a page works from that page only', async () => {
    const { channels, base } = await serve();
    const url = await channels.issue(base, { origin: PAGE });
    expect(await refusedWith(url)).toBe(403);
    const elsewhere = await listen(url, { origin: 'http://localhost:9999' });
    expect((await elsewhere.closed).code).toBe(4403);
    const page = await listen(url, { origin: PAGE });
    expect(await page.wait(1)).toMatchObject([{ connection_id: expect.any(String) as string }]);
  });

  it('a ticket for a socket opens nothing else', async () => {
    const { channels, base } = await serve();
    const token = new URL(await channels.issue(base, {})).searchParams.get('token');
    await expect(auth.admit(token, null, 'rtstream')).rejects.toMatchObject({ status: 401 });
  });

  it('a plain request is told to upgrade', async () => {
    const { base } = await serve();
    expect((await fetch(`${base}/rtstream/socket`)).status).toBe(426);
    expect((await fetch(`${base}/videodb/rtstream/socket`)).status).toBe(426);
  });
});
