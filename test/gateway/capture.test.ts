import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstValueFrom, Subject, type Subscription } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { reconnect } from '../../src/pipelines/reconnect.ts';
import { captureTicket } from '../../src/protocols/capture/ticket.ts';
import { uploadConnection } from '../../src/protocols/capture/upload.ts';
import { UploadQueue } from '../../src/protocols/capture/upload-queue.ts';
import { captureKind, type CaptureChannelId, type CaptureChunk, type CaptureDownlink } from '../../src/shared/capture.ts';
import { KEY, PAGE, serveCapture, type CaptureGateway, type CaptureGatewayOptions } from '../support/capture-gateway.ts';

/** Uploads over real sockets into a real spool and real rows, cut and restarted, down to what a decoder is given. */

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ databaseUrl: null, dataDir: null });
  await database.insertInto('collections').values({ id: 'c-1', name: 'Default', description: '', is_default: true }).execute();
});
afterAll(() => database.destroy());

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await database.deleteFrom('streams').execute();
  await database.deleteFrom('capture_sessions').execute();
});

async function serve(options: Omit<CaptureGatewayOptions, 'database'> = {}): Promise<CaptureGateway> {
  const gateway = await serveCapture({ database, ...options });
  closing.push(() => gateway.close());
  return gateway;
}

interface Page {
  readonly queue: UploadQueue;
  readonly events: CaptureDownlink[];
  /** Why it gave up. */
  failure: unknown;
  sessionId: string;
  changed(): void;
  until(type: CaptureDownlink['type']): Promise<void>;
  leave(): void;
}

/** A page that uploads; `base` is asked for every connection. */
function page(base: () => string, channels: readonly CaptureChannelId[], sessionId: string | null = null): Page {
  const queue = new UploadQueue();
  const changed$ = new Subject<void>();
  const events: CaptureDownlink[] = [];
  const at: Page = {
    queue,
    events,
    failure: null,
    sessionId: sessionId ?? '',
    changed: () => changed$.next(),
    until: (type) => vi.waitFor(() => expect(events.map((event) => event.type)).toContain(type), { timeout: 10_000 }),
    leave: () => running.unsubscribe(),
  };
  class PageSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { origin: PAGE } });
    }
  }
  const ticket = () =>
    captureTicket({
      ...{ url: `${base()}/capture/token`, sessionId: at.sessionId === '' ? null : at.sessionId, token: null, endUserId: 'ann' },
      fetch: (url, init) => fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), origin: PAGE } }),
    });
  const running: Subscription = uploadConnection({
    ...{ ticket, queue, changed$, now: () => Date.now() + SKEW_MS, WebSocket: PageSocket },
    channels: channels.map((channel) => ({ channel, mime: `${captureKind(channel)}/webm`, label: '' })),
  })
    .pipe(reconnect(({ type }) => type === 'ready', { random: () => 0, now$: new Subject() }))
    .subscribe({
      next: (event) => {
        if (event.type === 'ready') at.sessionId = event.sessionId;
        events.push(event as CaptureDownlink);
      },
      error: (cause: unknown) => {
        at.failure = cause;
      },
    });
  closing.push(() => running.unsubscribe());
  return at;
}

/** The page's clock is wrong by so much. */
const SKEW_MS = -3_600_000;

/** 16 bytes that say which chunk they are. */
const marked = (epoch: number, fromMs: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, epoch);
  view.setFloat64(8, fromMs);
  return bytes;
};
const marksOf = (pieces: readonly Uint8Array[]): string[] => {
  const all = Buffer.concat(pieces);
  return Array.from({ length: all.length / 16 }, (_, index) => {
    const fromMs = all.readDoubleBE(index * 16 + 8);
    return `${all.readUInt32BE(index * 16)}:${fromMs < 0 ? 'head' : fromMs}`;
  });
};

function recorded(page: Page, channel: CaptureChannelId, epoch: number, fromMs: number, toMs: number, zeroMs = PAGE_ZERO): void {
  const put = (more: Partial<CaptureChunk>): void =>
    page.queue.add({
      ...{ channel, epoch, init: false, key: false, capturedMs: 0, fromMs: 0, toMs: 0, bytes: marked(epoch, -1) },
      ...more,
    });
  if (fromMs === 0) put({ init: true, capturedMs: zeroMs });
  for (let at = fromMs; at < toMs; at += 200) {
    // Handed over at once, or a little later.
    const late = (at / 200) % 5 === 0 ? 0 : 40;
    put({ key: at % 1000 === 0, fromMs: at, toMs: at + 200, capturedMs: zeroMs + at + 200 + late, bytes: marked(epoch, at) });
  }
  page.changed();
}
const PAGE_ZERO = 1_800_000_000_000;

const expectedMarks = (epoch: number, fromMs: number, toMs: number): string[] => [
  `${epoch}:head`,
  ...Array.from({ length: (toMs - fromMs) / 200 }, (_, index) => `${epoch}:${fromMs + index * 200}`),
];

const streamOf = async (sessionId: string, channel: CaptureChannelId) =>
  database
    .selectFrom('streams')
    .selectAll()
    .where('capture_session_id', '=', sessionId)
    .where('channel_id', '=', channel)
    .executeTakeFirstOrThrow();
const sessionOf = (id: string) =>
  database.selectFrom('capture_sessions').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const events = ({ frames }: CaptureGateway): (string | undefined)[] => frames.map(({ event }) => event);

describe('a capture', () => {
  it('goes from the page through the spool into a stream a channel, and tells of each step', async () => {
    const gateway = await serve();
    const id = await gateway.capture.create({
      ...{ collectionId: 'c-1', endUserId: 'ann', callbackUrl: 'https://hooks.test/x', wsConnectionIds: ['ws-1'], metadata: {} },
    });
    const one = page(() => gateway.base, ['mic', 'screen'], id);
    recorded(one, 'mic', 1, 0, 3000);
    recorded(one, 'screen', 1, 0, 2000, PAGE_ZERO + 700);
    await vi.waitFor(async () => expect((await sessionOf(id)).status).toBe('active'), { timeout: 10_000 });
    one.queue.stop();
    one.changed();
    await one.until('stopped');
    await vi.waitFor(async () => expect((await sessionOf(id)).status).toBe('stopped'), { timeout: 10_000 });
    const [mic, screen] = [await streamOf(id, 'mic'), await streamOf(id, 'screen')];
    expect(mic).toMatchObject({ ingest_mode: 'capture', media_types: ['audio'], status: 'stopped', name: 'mic:default' });
    expect(screen).toMatchObject({ media_types: ['video'], store: true, ws_connection_ids: ['ws-1'] });
    expect(marksOf(gateway.taken.get(mic.id)?.opened[0]?.bytes ?? [])).toEqual(expectedMarks(1, 0, 3000));
    expect(marksOf(gateway.taken.get(screen.id)?.opened[0]?.bytes ?? [])).toEqual(expectedMarks(1, 0, 2000));
    // One clock for both, the page's wrong one taken out.
    const start = (stream: string): number => gateway.taken.get(stream)?.opened[0]?.startMs ?? 0;
    // Sound is told to begin earlier by what its encoder puts before it (1024 samples of 48 kHz).
    expect(start(screen.id) - start(mic.id)).toBeCloseTo(700 + 1024 / 48, 0);
    expect(Math.abs(start(mic.id) - (PAGE_ZERO - SKEW_MS))).toBeLessThan(100);
    const steps = ['created', 'starting', 'active', 'stopping', 'stopped'].map((step) => `capture_session.${step}`);
    expect(events(gateway)).toEqual(steps);
    expect(gateway.notices.map(({ event }) => event)).toEqual(steps);
    expect(gateway.notices[2]).toMatchObject({
      url: 'https://hooks.test/x',
      subjectId: id,
      payload: { version: '2', event: 'capture_session.active', capture_session_id: id, end_user_id: 'ann', status: 'active' },
    });
    expect(gateway.frames[2]?.data['rtstreams']).toEqual([
      expect.objectContaining({ rtstream_id: mic.id, name: 'mic:default', channel_id: 'mic', media_types: ['audio'] }),
      expect.objectContaining({ rtstream_id: screen.id, channel_id: 'screen', media_types: ['video'] }),
    ]);
    expect((await sessionOf(id)).primary_video_channel_id).toBe('screen');
  });

  it('loses and doubles nothing when the connection is cut again and again', async () => {
    const gateway = await serve();
    const one = page(() => gateway.base, ['mic', 'camera']);
    for (let second = 0; second < 8; second += 1) {
      recorded(one, 'mic', 1, second * 1000, second * 1000 + 1000);
      recorded(one, 'camera', 1, second * 1000, second * 1000 + 1000);
      await vi.waitFor(() => expect(gateway.sockets.size).toBe(1), { timeout: 10_000 });
      // In the middle of it, or while the welcome is on its way.
      if (second % 2 === 0)
        await vi.waitFor(() => expect(one.queue.progress.bufferedBytes).toBeLessThan(192), { timeout: 10_000 });
      for (const socket of gateway.sockets) socket.destroy();
    }
    one.queue.stop();
    await one.until('stopped');
    // The page is told when everything is on the disk; whoever takes it in has it a moment later.
    await vi.waitFor(async () => expect((await sessionOf(one.sessionId)).status).toBe('stopped'), { timeout: 10_000 });
    for (const channel of ['mic', 'camera'] as const) {
      const { id } = await streamOf(one.sessionId, channel);
      expect(marksOf(gateway.taken.get(id)?.opened[0]?.bytes ?? [])).toEqual(expectedMarks(1, 0, 8000));
    }
    expect(one.queue.progress).toMatchObject({ droppedChunks: 0, bufferedBytes: 0 });
    expect(one.events.filter(({ type }) => type === 'ready').length).toBeGreaterThan(4);
  });

  it('outlives the gateway: what was acknowledged is spooled, and the decoder goes on where the recording stands', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'viva-voce-capture-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const before = await serve({ folder });
    let base = before.base;
    const one = page(() => base, ['screen']);
    recorded(one, 'screen', 1, 0, 5000);
    await vi.waitFor(() => expect(one.queue.progress.bufferedBytes).toBe(0), { timeout: 10_000 });
    await before.close();
    const stream = await streamOf(one.sessionId, 'screen');
    expect(stream.status).toBe('connected');
    const after = await serveCapture({ database, folder });
    closing.push(() => after.close());
    base = after.base;
    const entry = after.taken.get(stream.id);
    expect(entry?.running).toBe(true);
    recorded(one, 'screen', 1, 5000, 7000);
    one.queue.stop();
    one.changed();
    await one.until('stopped');
    await vi.waitFor(async () => expect((await sessionOf(one.sessionId)).status).toBe('stopped'), { timeout: 10_000 });
    expect(marksOf(after.taken.get(stream.id)?.opened[0]?.bytes ?? [])).toEqual(expectedMarks(1, 0, 7000));
  });

  it('begins a decoder that died with the head and the first group that is not recorded', async () => {
    const gateway = await serve();
    const one = page(() => gateway.base, ['screen']);
    recorded(one, 'screen', 1, 0, 4000);
    await vi.waitFor(() => expect(one.queue.progress.bufferedBytes).toBe(0), { timeout: 10_000 });
    const stream = await streamOf(one.sessionId, 'screen');
    const source = gateway.capture.captured(stream);
    const startMs = source?.startMs?.() ?? 0;
    gateway.recorded.set(stream.id, startMs + 2010);
    const again = source?.open();
    const pieces: Uint8Array[] = [];
    again?.on('data', (bytes: Buffer) => pieces.push(Uint8Array.from(bytes)));
    await vi.waitFor(() => expect(marksOf(pieces)).toEqual(expectedMarks(1, 2000, 4000)), { timeout: 10_000 });
    expect(source?.startMs?.()).toBe(startMs + 2000);
    again?.destroy();
  });

  it('makes a gap of a pause: another file with a clock of its own', async () => {
    const gateway = await serve();
    const one = page(() => gateway.base, ['mic']);
    recorded(one, 'mic', 1, 0, 1000);
    one.queue.pause(true, PAGE_ZERO + 1000);
    recorded(one, 'mic', 2, 0, 1000, PAGE_ZERO + 9000);
    one.queue.stop();
    one.changed();
    await one.until('stopped');
    await vi.waitFor(async () => expect((await sessionOf(one.sessionId)).status).toBe('stopped'), { timeout: 10_000 });
    const opened = gateway.taken.get((await streamOf(one.sessionId, 'mic')).id)?.opened ?? [];
    expect(opened.map(({ bytes }) => marksOf(bytes))).toEqual([expectedMarks(1, 0, 1000), expectedMarks(2, 0, 1000)]);
    // Pings between the two may have told the time better, to a part of a round trip.
    expect(Math.abs((opened[1]?.startMs ?? 0) - (opened[0]?.startMs ?? 0) - 9000)).toBeLessThan(5);
  });

  it('ends a channel whose device went away, and lets the others go on', async () => {
    const gateway = await serve();
    const one = page(() => gateway.base, ['mic', 'screen']);
    recorded(one, 'mic', 1, 0, 1000);
    recorded(one, 'screen', 1, 0, 1000);
    one.queue.end('screen', 'unshared');
    one.changed();
    await vi.waitFor(async () => expect((await streamOf(one.sessionId, 'screen')).status).toBe('stopped'), { timeout: 10_000 });
    expect((await streamOf(one.sessionId, 'mic')).status).toBe('connected');
    expect((await sessionOf(one.sessionId)).status).toBe('active');
  });

  it('stops what nobody uploads for any more, and goes on when its page comes back after all', async () => {
    const gateway = await serve({ limits: { awayMs: 300 } });
    const one = page(() => gateway.base, ['mic']);
    recorded(one, 'mic', 1, 0, 1000);
    await one.until('ready');
    await vi.waitFor(() => expect(one.queue.progress.bufferedBytes).toBe(0), { timeout: 10_000 });
    one.leave();
    await vi.waitFor(async () => expect((await sessionOf(one.sessionId)).status).toBe('stopped'), { timeout: 10_000 });
    const two = page(() => gateway.base, ['mic'], one.sessionId);
    await two.until('ready');
    recorded(two, 'mic', 2, 0, 400);
    await vi.waitFor(async () => expect((await sessionOf(one.sessionId)).status).toBe('active'), { timeout: 10_000 });
    const mic = await streamOf(one.sessionId, 'mic');
    expect(mic.status).toBe('connected');
    const opened = (): string[][] => (gateway.taken.get(mic.id)?.opened ?? []).map(({ bytes }) => marksOf(bytes));
    await vi.waitFor(() => expect(opened()).toEqual([expectedMarks(1, 0, 1000), expectedMarks(2, 0, 400)]), { timeout: 10_000 });
  });

  it('asks the page to stop when the session is stopped from elsewhere, and takes the rest', async () => {
    const gateway = await serve();
    const one = page(() => gateway.base, ['mic']);
    recorded(one, 'mic', 1, 0, 1000);
    await one.until('ready');
    await gateway.capture.stop(one.sessionId);
    await one.until('halt');
    recorded(one, 'mic', 1, 1000, 1400);
    one.queue.stop();
    one.changed();
    await one.until('stopped');
    const { id } = await streamOf(one.sessionId, 'mic');
    await vi.waitFor(() => expect(gateway.taken.get(id)?.running).toBe(false), { timeout: 10_000 });
    expect(marksOf(gateway.taken.get(id)?.opened[0]?.bytes ?? [])).toEqual(expectedMarks(1, 0, 1400));
  });

  it('exports a stopped session once, and tells where it is', async () => {
    const gateway = await serve();
    const one = page(() => gateway.base, ['mic', 'camera']);
    recorded(one, 'mic', 1, 0, 1000);
    recorded(one, 'camera', 1, 0, 1000);
    await one.until('ready');
    const wish = { sessionId: one.sessionId, videoChannelId: null, wsConnectionId: 'ws-9' };
    await expect(gateway.capture.export(wish)).rejects.toMatchObject({ status: 409, code: 'session_running' });
    one.queue.stop();
    one.changed();
    await vi.waitFor(async () => expect((await sessionOf(one.sessionId)).status).toBe('stopped'), { timeout: 10_000 });
    await gateway.capture.export(wish);
    await gateway.capture.export(wish);
    await vi.waitFor(async () => expect((await sessionOf(one.sessionId)).status).toBe('exported'), { timeout: 10_000 });
    expect(await sessionOf(one.sessionId)).toMatchObject({ export_status: 'exported', exported_video_id: 'm-1' });
    const told = gateway.frames.filter(({ event }) => event === 'capture_session.exported');
    expect(told.map(({ data }) => data)).toEqual([
      { exported_video_id: 'm-1', stream_url: 'https://x/m-1.m3u8', player_url: 'https://x/watch?v=m-1' },
    ]);
    await expect(gateway.capture.export({ ...wish, videoChannelId: 'screen' })).rejects.toMatchObject({ status: 400 });
  });

  it('knows recorders by the ids they write, and refuses what is no channel', async () => {
    const gateway = await serve();
    const id = await gateway.capture.create({
      ...{ collectionId: 'c-1', endUserId: 'ann', callbackUrl: null, wsConnectionIds: [], metadata: {} },
    });
    const channel = { name: 'Display 1', type: 'video' as const, store: false, is_primary: true };
    const wish = { sessionId: id, wsConnectionIds: [], callbackUrl: null };
    await gateway.capture.start({ ...wish, channels: [{ ...channel, channel_id: 'display:1' }] });
    expect(await streamOf(id, 'screen')).toMatchObject({ name: 'Display 1', store: false });
    expect((await sessionOf(id)).status).toBe('starting');
    await expect(gateway.capture.start({ ...wish, channels: [{ ...channel, channel_id: 'thermal' }] })).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe('an upload’s door', () => {
  const upload = (
    url: string,
    headers: Record<string, string> = {},
  ): Promise<{ readonly told: unknown; readonly code: number }> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { headers });
      let told: unknown = null;
      socket.on('message', (data: Buffer) => (told = JSON.parse(data.toString('utf8')) as unknown));
      socket.on('error', reject);
      socket.on('close', (code) => resolve({ told, code }));
    });

  it('opens with a token for this session and from the page that asked for it, and with nothing else', async () => {
    const gateway = await serve();
    const ask = (headers: Record<string, string>, body: unknown = {}) =>
      fetch(`${gateway.base}/capture/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    expect((await ask({})).status).toBe(403);
    expect((await ask({ origin: 'https://evil.test' })).status).toBe(403);
    expect((await ask({ origin: PAGE }, { session_id: 'cap-none' })).status).toBe(404);
    expect((await ask({ authorization: `Bearer ${KEY}` })).status).toBe(200);
    const answer = (await (await ask({ origin: PAGE })).json()) as { url: string; session_id: string };
    expect(answer.session_id).toMatch(/^cap-/);
    const refused = {
      told: expect.objectContaining({ type: 'error', code: 'authentication_failed', fatal: true }) as unknown,
      code: 1008,
    };
    expect(await upload(answer.url, { origin: 'http://localhost:9999' })).toEqual(refused);
    expect(await upload(answer.url.replace(/token=.*/, 'token=ek_x'), { origin: PAGE })).toEqual(refused);
    expect(await upload(answer.url.replace(/token=.*/, `token=${KEY}`), { origin: PAGE })).toEqual(refused);
    expect((await fetch(`${gateway.base}/capture/upload`)).status).toBe(426);
  });

  it('names what is wrong, and closes', async () => {
    const gateway = await serve();
    const ticket = await firstValueFrom(
      captureTicket({
        ...{ url: `${gateway.base}/capture/token`, sessionId: null, token: KEY, endUserId: null },
      }),
    );
    const say = (message: string | Buffer): Promise<unknown> =>
      new Promise((resolve) => {
        const socket = new WebSocket(ticket.url);
        socket.on('open', () => socket.send(message));
        socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString('utf8'))));
      });
    expect(await say('{')).toMatchObject({ code: 'bad_message', field: 'message' });
    expect(await say('{"type":"hello","version":2}')).toMatchObject({ code: 'bad_message', field: 'version' });
    expect(await say('{"type":"hello","version":1,"channels":[{"channel":"nose"}]}')).toMatchObject({ field: 'channel' });
    expect(await say('{"type":"stop","last":{}}')).toMatchObject({ code: 'bad_message', field: 'type' });
    expect(await say(Buffer.alloc(64))).toMatchObject({ code: 'bad_message', field: 'type' });
  });

  it('takes no more than may be kept', async () => {
    const gateway = await serve({ limits: { spoolBytes: 40 } });
    const one = page(() => gateway.base, ['mic']);
    recorded(one, 'mic', 1, 0, 2000);
    await one.until('lost');
    expect(one.events.find(({ type }) => type === 'lost')).toMatchObject({ error: { code: 'server-busy' } });
    expect(existsSync(join(gateway.folder, one.sessionId, 'mic'))).toBe(true);
    expect(readdirSync(gateway.folder)).toEqual([one.sessionId]);
  });
});
