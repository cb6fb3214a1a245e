import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { filter, firstValueFrom, startWith, Subject } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UrlRefusedError } from '../../demo/server/http/outside-url.ts';
import type { JoinedWebhooks, Notice, Webhooks } from '../../demo/server/rtstream/alerts/alerts.ts';
import { createAlerts } from '../../demo/server/rtstream/alerts/watch.ts';
import { createWebhooks } from '../../demo/server/rtstream/alerts/webhooks.ts';
import type { WebhookOptions } from '../../demo/server/rtstream/alerts/webhooks.ts';
import type { Audience, ChannelFrame } from '../../demo/server/rtstream/channels/frame.ts';
import type { EventMatch, MatchEvent, NewScene } from '../../demo/server/rtstream/scene.ts';
import { storedScenes } from '../../demo/server/rtstream/stored-scenes.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';

/** Webhooks against real servers, friendly and hostile, and the alerts that send them. */

const SECRET = 'a secret of two sides';
const log = pino({ level: 'silent' });
let database: Database;
beforeAll(async () => {
  database = await openDatabase({ databaseUrl: process.env['TEST_DATABASE_URL'] ?? null, dataDir: null });
});
afterAll(() => database.destroy());

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await database.deleteFrom('deliveries').execute();
});

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Receiver {
  readonly url: string;
  readonly received: Received[];
  wait(count: number): Promise<void>;
}

type Answer = (response: ServerResponse, request: IncomingMessage, count: number) => void;

async function receiver(answer: Answer = (response) => response.end('ok')): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server: Server = createServer((request, response) => {
    response.on('error', () => undefined);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answer(response, request, received.length);
      for (const look of waiting) look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?secret=1`,
    received,
    wait: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.length >= count) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A clock that is moved by hand. */
const clock = { ms: Date.now() };

function sender(options: Partial<WebhookOptions> = {}): Webhooks & JoinedWebhooks {
  const webhooks = createWebhooks({
    database,
    secret: SECRET,
    guard: { allowPrivate: true },
    log,
    random: () => 0.5,
    now: () => clock.ms,
    ...options,
  });
  closing.push(() => webhooks.close());
  return webhooks;
}

const notice = (url: string, subjectId = 'event-1'): Notice => ({
  event: 'alert',
  subjectId,
  url,
  payload: { event_id: subjectId, n: 1 },
});

type Delivery = Awaited<ReturnType<typeof deliveries>>[number];
const deliveries = () => database.selectFrom('deliveries').selectAll().orderBy('created_at').orderBy('id').execute();

/** The only delivery, once it is as wanted. */
async function until(matches: (row: Delivery) => boolean): Promise<Delivery> {
  for (;;) {
    const [row] = await deliveries();
    if (row !== undefined && matches(row)) return row;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a webhook', () => {
  it('is sent at once, signed, and logged', async () => {
    const there = await receiver();
    // Its clock stands still: nothing that is waited for would come.
    await sender().send(notice(there.url));
    await there.wait(1);
    const row = await until(({ status }) => status === 'delivered');
    expect(row).toMatchObject({ attempts: 1, last_status: 200, last_error: null, next_attempt_at: null, subject_id: 'event-1' });
    const { headers, body } = there.received[0] as Received;
    expect(JSON.parse(body)).toEqual({ event_id: 'event-1', n: 1 });
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`);
    expect(headers).toMatchObject({ 'webhook-id': row.id, 'content-type': 'application/json', 'viva-voce-event': 'alert' });
  });

  it('of the same subject and event to the same address is sent once', async () => {
    const there = await receiver();
    const webhooks = sender();
    await Promise.all([webhooks.send(notice(there.url)), webhooks.send(notice(there.url))]);
    await webhooks.send(notice(there.url, 'event-2'));
    await there.wait(2);
    await until(({ status }) => status === 'delivered');
    await webhooks.send(notice(there.url));
    expect(await deliveries()).toHaveLength(2);
    expect(there.received).toHaveLength(2);
  });

  it('is tried again with the same id until it is taken, each pause longer', async () => {
    const there = await receiver((response, _request, count) => response.writeHead(count < 3 ? 503 : 200).end());
    const webhooks = sender();
    await webhooks.send(notice(there.url));
    const first = await until(({ attempts }) => attempts === 1);
    expect(first).toMatchObject({ status: 'pending', last_status: 503, last_error: 'answered 503' });
    expect(Number(first.next_attempt_at?.getTime()) - clock.ms).toBe(5000);
    // A restart finds what the run before left.
    await webhooks.close();
    clock.ms += 5000;
    const restarted = sender();
    const second = await until(({ attempts }) => attempts === 2);
    expect(Number(second.next_attempt_at?.getTime()) - clock.ms).toBe(20_000);
    await restarted.close();
    clock.ms += 20_000;
    sender();
    expect(await until(({ attempts }) => attempts === 3)).toMatchObject({ status: 'delivered', last_status: 200 });
    expect(new Set(there.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(there.received.map(({ headers }) => headers['viva-voce-attempt'])).toEqual(['1', '2', '3']);
  });

  it('that was cut off by the end of the gateway is sent by the next one', async () => {
    const there = await receiver((response, _request, count) => (count === 1 ? undefined : response.end()));
    const webhooks = sender();
    await webhooks.send(notice(there.url));
    await there.wait(1);
    await webhooks.close();
    expect((await deliveries())[0]).toMatchObject({ status: 'pending', attempts: 0 });
    sender();
    expect(await until(({ status }) => status === 'delivered')).toMatchObject({ attempts: 1 });
  });

  it('who does not want it is asked once', async () => {
    const there = await receiver((response) => response.writeHead(410).end());
    await sender().send(notice(there.url));
    expect(await until(({ status }) => status === 'failed')).toMatchObject({ attempts: 1, last_error: 'answered 410' });
  });
});

describe('a hostile receiver', () => {
  it('that never answers holds up nobody else', async () => {
    const slow = await receiver(() => undefined);
    const quick = await receiver();
    const webhooks = sender({ limits: { perHost: 2 } });
    for (let at = 0; at < 12; at++) await webhooks.send(notice(slow.url, `event-slow-${at}`));
    await slow.wait(2);
    await webhooks.send(notice(quick.url, 'event-quick'));
    await quick.wait(1);
    expect(slow.received).toHaveLength(2);
  });

  it('that never answers is given up after a while', async () => {
    const slow = await receiver(() => undefined);
    await sender({ limits: { timeoutMs: 50 } }).send(notice(slow.url));
    const row = await until(({ attempts }) => attempts === 1);
    expect(row).toMatchObject({ status: 'pending', last_error: 'no answer within 50 ms', last_status: null });
  });

  it('cannot fill the memory: what it says beyond its status is not read', async () => {
    let written = 0;
    let hungUp = (): void => undefined;
    const over = new Promise<void>((resolve) => (hungUp = resolve));
    const there = await receiver((response) => {
      response.on('close', hungUp);
      response.writeHead(200);
      const fill = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
        if (!response.destroyed) response.once('drain', fill);
      };
      fill();
    });
    // Not because its time is over.
    await sender({ limits: { timeoutMs: 3_600_000 } }).send(notice(there.url));
    expect(await until(({ status }) => status === 'delivered')).toMatchObject({ attempts: 1 });
    await over;
    expect(written).toBeLessThan(20_000_000);
  });

  it('cannot send us elsewhere: redirects are not followed', async () => {
    const inside = await receiver();
    const there = await receiver((response) => response.writeHead(307, { location: inside.url }).end());
    await sender().send(notice(there.url));
    expect(await until(({ status }) => status === 'failed')).toMatchObject({
      attempts: 1,
      last_error: 'answered 307: redirects are not followed',
    });
    expect(inside.received).toHaveLength(0);
  });

  it('cannot be a private address, where those are forbidden', async () => {
    const inside = await receiver();
    const webhooks = sender({ guard: { allowPrivate: false } });
    await expect(webhooks.send(notice(inside.url))).rejects.toBeInstanceOf(UrlRefusedError);
    await expect(webhooks.send(notice('file:///etc/passwd'))).rejects.toMatchObject({ field: 'callback_url' });
    expect(await deliveries()).toHaveLength(0);
  });

  it('cannot become one by changing its name’s address after the check', async () => {
    const inside = await receiver();
    let asked = 0;
    const webhooks = sender({
      guard: {
        allowPrivate: false,
        resolve: (_hostname, done) => done(null, [{ address: (asked += 1) === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }]),
      },
    });
    await webhooks.send(notice(inside.url.replace('127.0.0.1', 'rebinding.test')));
    const row = await until(({ status }) => status === 'failed');
    expect(row.last_error).toContain('private address');
    expect(inside.received).toHaveLength(0);
  });
});

describe('alerts', () => {
  const scene = (startMs: number, text: string): NewScene => ({
    startMs,
    endMs: startMs + 2000,
    text,
    data: null,
    metadata: {},
    evidence: text,
  });
  const match: MatchEvent = (prompt, { evidence }) => {
    const matched = evidence.includes(prompt);
    return Promise.resolve<EventMatch>({
      matched,
      confidence: matched ? 0.9 : 0.1,
      explanation: matched ? `It says ${prompt}` : '',
    });
  };
  const urls = {
    live: () => '',
    clip: (base: string, id: string, startMs: number, endMs: number) => `${base}/manifests/${id}/${startMs}-${endMs}.m3u8`,
    video: () => '',
    compiled: () => '',
    player: (base: string, url: string) => `${base}/watch?v=${url}`,
  };
  const at = { streamId: 'rts-a', streamName: 'Desk', indexId: 'a000000000000001' };
  const T = 1_763_600_000_000;

  async function begin(callbackUrl: string): Promise<void> {
    await database.deleteFrom('collections').execute();
    await database.insertInto('collections').values({ id: 'c-1', name: '', description: '' }).execute();
    const stream = { id: at.streamId, collection_id: 'c-1', name: 'Desk', ingest_mode: 'push', media_types: ['video'] } as const;
    await database
      .insertInto('streams')
      .values({ ...stream, media_types: ['video'], sample_rate: 30, store: true, status: 'connected' })
      .execute();
    const index = {
      id: at.indexId,
      stream_id: at.streamId,
      name: '',
      kind: 'visual',
      extraction_type: 'time',
      prompt: '',
    } as const;
    await database
      .insertInto('indexes')
      .values({
        ...index,
        extraction_config: json({}),
        model_config: json({}),
        status: 'connected',
        ws_connection_ids: ['ws-index'],
      })
      .execute();
    for (const [id, prompt, status] of [
      ['e000000000000001', 'Slack', 'enabled'],
      ['e000000000000002', 'smoke', 'enabled'],
      ['e000000000000003', 'Slack', 'disabled'],
    ] as const) {
      await database
        .insertInto('events')
        .values({ id, event_prompt: prompt, label: `${prompt}_seen` })
        .execute();
      const alert = { id: id.replace('e', 'b'), index_id: at.indexId, event_id: id, callback_url: callbackUrl, status };
      await database
        .insertInto('alerts')
        .values({ ...alert, ws_connection_ids: ['ws-alert'] })
        .execute();
    }
  }
  afterEach(async () => {
    await database.deleteFrom('streams').execute();
    await database.deleteFrom('events').execute();
  });

  function watch(webhooks: JoinedWebhooks, matching: MatchEvent = match) {
    const frames: { readonly frame: ChannelFrame; readonly to: Audience }[] = [];
    const channels = { publish: (frame: ChannelFrame, to: Audience) => void frames.push({ frame, to }) };
    const parts = { database, channels, webhooks, match: matching, urls, base: () => 'https://g', log, now: () => T + 5000 };
    let sceneId = 0;
    const start = () => createAlerts(parts);
    let alerts = start();
    return {
      frames,
      restart: () => (alerts = start()),
      see: (startMs: number, text: string) => alerts.look({ ...at, sceneId: (sceneId += 1), scene: scene(startMs, text) }),
      again: (startMs: number, text: string) => alerts.look({ ...at, sceneId, scene: scene(startMs, text) }),
    };
  }

  it('fires once an appearance, on the socket and by webhook, without a pause', async () => {
    const there = await receiver();
    await begin(there.url);
    const { see, frames } = watch(sender());
    await see(T, 'a desk');
    await see(T + 2000, 'Slack is open');
    await there.wait(1);
    await see(T + 4000, 'Slack is open');
    // Misread once, still the same appearance.
    await see(T + 6000, 'S1ack is open');
    await see(T + 8000, 'Slack is open');
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({
      frame: { channel: 'alert', rtstream_id: 'rts-a', data: { label: 'Slack_seen', text: 'It says Slack', start: T + 2000 } },
      to: { connections: ['ws-alert', 'ws-index'] },
    });
    const payload = JSON.parse((there.received[0] as Received).body) as Record<string, unknown>;
    expect(payload).toMatchObject({
      event_id: frames[0]?.frame.id,
      start_time: (T + 2000) / 1000,
      end_time: (T + 4000) / 1000,
      stream_url: `https://g/manifests/rts-a/${T}-${T + 6000}.m3u8`,
      rtstream_id: 'rts-a',
    });
    await see(T + 10_000, 'a desk');
    await see(T + 12_000, 'a desk');
    await see(T + 14_000, 'Slack again, and smoke');
    // Several of one scene may come in any order.
    expect(frames.map(({ frame }) => frame.data['label']).sort()).toEqual(['Slack_seen', 'Slack_seen', 'smoke_seen']);
    const hits = await database.selectFrom('alert_hits').select(['id', 'confidence']).execute();
    expect(new Set(hits.map(({ id }) => id)).size).toBe(3);
    await there.wait(3);
  });

  it('does not fire again for what stayed across a restart, but does after a long absence', async () => {
    await begin('');
    const { see, restart, frames } = watch(sender());
    await see(T, 'Slack');
    restart();
    await see(T + 2000, 'Slack');
    expect(frames).toHaveLength(1);
    restart();
    await see(T + 200_000, 'Slack');
    expect(frames).toHaveLength(2);
  });

  it('the same scene looked at twice is told once', async () => {
    await begin('');
    const { see, again, frames } = watch(sender());
    await see(T, 'Slack');
    await database.updateTable('alerts').set({ present: false }).execute();
    await again(T, 'Slack');
    expect(frames).toHaveLength(1);
  });

  it('gives the scene before, also after a restart, and goes on when an engine or an address fails', async () => {
    await begin('https://10.0.0.1/hook');
    const seen: (string | null)[] = [];
    const { see, restart, frames } = watch(sender({ guard: { allowPrivate: false } }), (prompt, now, previous, signal) => {
      if (prompt === 'smoke') return Promise.reject(new Error('no model'));
      seen.push(previous?.text ?? null);
      return match(prompt, now, previous, signal);
    });
    await see(T, 'one');
    const stored = { index_id: at.indexId, stream_id: at.streamId, start_ms: T, end_ms: T + 2000, text: 'one' };
    await database
      .insertInto('scenes')
      .values({ ...stored, id: 1, data: json(null), metadata: json({}) })
      .execute();
    restart();
    await see(T + 2000, 'two');
    await see(T + 4000, 'Slack');
    expect(seen).toEqual([null, 'one', 'two']);
    expect(frames).toHaveLength(1);
    expect(await until(({ status }) => status === 'failed')).toMatchObject({ attempts: 1 });
    expect((await deliveries())[0]?.last_error).toContain('private address');
  });

  it('are stored with their webhook or not at all, so that none is told without its call', async () => {
    const there = await receiver();
    await begin(there.url);
    // Its row cannot be written.
    const broken = watch(sender({ now: () => NaN }));
    await broken.see(T, 'Slack');
    expect(await database.selectFrom('alert_hits').selectAll().execute()).toHaveLength(0);
    expect(broken.frames).toHaveLength(0);
    const { see, frames } = watch(sender());
    await see(T, 'Slack');
    await there.wait(1);
    expect(frames).toHaveLength(1);
    expect(await database.selectFrom('alert_hits').selectAll().execute()).toHaveLength(1);
  });

  it('that take their time hold up no scene, until too many wait; the index is over when they are', async () => {
    await begin('');
    const index = await database.selectFrom('indexes').selectAll().executeTakeFirstOrThrow();
    const told: ChannelFrame[] = [];
    const looks: (() => void)[] = [];
    const changed = new Subject<void>();
    const scenes = new Subject<NewScene>();
    let over = false;
    scenes
      .pipe(
        storedScenes({ id: at.streamId, name: 'Desk', collection_id: 'c-1' }, index, {
          database,
          channels: {
            publish: (frame) => {
              told.push(frame);
              changed.next();
            },
          },
          alerts: { look: () => new Promise((done) => looks.push(done)) },
          connections: () => [],
          remember: () => Promise.resolve(),
        }),
      )
      .subscribe({
        complete: () => {
          over = true;
          changed.next();
        },
      });
    const until_ = (holds: () => boolean): Promise<unknown> => firstValueFrom(changed.pipe(startWith(null), filter(holds)));
    for (let number = 0; number < 10; number++) scenes.next(scene(T + number * 2000, `scene ${number}`));
    await until_(() => told.length === 8);
    expect(looks).toHaveLength(8);
    looks.shift()?.();
    await until_(() => told.length === 9);
    scenes.complete();
    looks.shift()?.();
    await until_(() => told.length === 10);
    expect(over).toBe(false);
    for (const done of looks) done();
    await until_(() => over);
  });
});
