import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNotices } from '../../demo/server/livestream/notices/create-notices.ts';
import type { Notice } from '../../demo/server/livestream/notices/notices.ts';
import { createTaskLog, taskRoom } from '../../demo/server/livestream/task-log.ts';
import { mintRoomToken } from '../../demo/server/rooms/room-token.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { startPostgres } from '../support/postgres.ts';
import { get, KEY } from './client.ts';
import type { Json } from './client.ts';
import { GOOD, listen, newTask, serveNotices } from './livestream-notices-server.ts';
import type { ServedNotices } from './livestream-notices-server.ts';

/** Notices from a change of a task to the sockets: in order, once, and again for who comes back. */

let served: ServedNotices;
let count = 0;
beforeAll(async () => {
  served = await serveNotices();
});
afterAll(() => served.close());

const create = (): Promise<{ readonly id: string }> => served.tasks.create(newTask((count += 1)));
const withToken = (path: string, token = GOOD): string =>
  `${path}${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
const kinds = (messages: readonly Json[]): unknown[] => messages.map(({ type }) => type);

describe('what happens to a task', () => {
  it('is told in the spec’s envelopes, in order', async () => {
    const listener = await listen(served.url, withToken('/ws/livestream'));
    const { id } = await create();
    await served.tasks.become(id, 'listening');
    await served.tasks.remove(id);
    await listener.wait(({ type }) => type === 'task_deleted');
    const [hello, created, changed, deleted] = listener.messages;
    expect(hello).toMatchObject({ type: 'connection_established', source: 'websocket_manager', data: { user_id: 'ann' } });
    expect(get(hello, 'data.connection_id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(created).toMatchObject({
      type: 'task_created',
      source: 'livestream_service',
      data: { id, task_id: id, host_name: 'Host', start_time: '2026-11-20T10:00:00Z', status: 'pending' },
    });
    expect(created?.['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
    expect(changed).toMatchObject({ type: 'task_status_update', data: { task_id: id, status: 'listening' } });
    expect(deleted).toMatchObject({ type: 'task_deleted', data: { task_id: id } });
    const ids = listener.ids();
    expect([...ids].sort((a, b) => a - b)).toEqual(ids);
    listener.socket.close();
  });

  it('is not told when it did not happen', async () => {
    const listener = await listen(served.url, withToken('/ws'));
    const { id } = await create();
    const undone = served.tasks.become(id, 'listening', { also: () => Promise.reject(new Error('undone')) });
    await expect(undone).rejects.toThrow('undone');
    expect(await served.tasks.become(id, 'completed')).toBeNull();
    await served.tasks.remove(id);
    await listener.wait(({ type }) => type === 'task_deleted');
    expect(kinds(listener.messages)).toEqual(['connection_established', 'task_created', 'task_deleted']);
    listener.socket.close();
  });
});

describe('who comes back', () => {
  it('hears what it missed, then what comes, nothing twice', async () => {
    const first = await listen(served.url, withToken('/ws'));
    await create();
    const known = get(await first.wait(({ type }) => type === 'task_created'), 'id') as number;
    first.socket.close();
    await first.closed;
    const made = Array.from({ length: 120 }, () => create());
    // It comes while they are being made: some are told, some are not yet.
    await Promise.all(made.slice(0, 30));
    const again = await listen(served.url, withToken(`/ws?since=${known}`));
    const last = await Promise.all(made).then((tasks) => tasks.at(-1)?.id);
    await again.wait((message) => get(message, 'data.task_id') === last);
    expect(again.messages[0]).toMatchObject({ data: { replay: { since: known, complete: true } } });
    const ids = again.ids();
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(ids).toHaveLength(120);
    again.socket.close();
  });

  it('after a restart hears what was announced before it', async () => {
    const late = await createNotices({ database: served.database, log: pino({ level: 'silent' }) });
    const told: Notice[] = [];
    late.told$.subscribe((notice) => told.push(notice));
    const { id } = await create();
    late.poke();
    await expect.poll(() => told.map(({ data }) => data['task_id'])).toEqual([id]);
    expect((await late.since((told[0]?.id ?? 0) - 2, 1)).length).toBe(1);
    await late.close();
  });
});

describe('who may listen', () => {
  it.each(['/ws', '/ws/livestream', '/ws/room/task-1'])('%s tells strangers why, then closes', async (path) => {
    for (const token of ['ann:1', 'nobody', KEY]) {
      const stranger = await listen(served.url, withToken(path, token));
      expect(stranger.messages).toMatchObject([
        { type: 'error', source: 'websocket_manager', data: { error_code: 'AUTHENTICATION_FAILED' } },
      ]);
      expect(await stranger.closed).toBe(1008);
    }
    const nobody = await listen(served.url, path);
    expect(nobody.messages).toMatchObject([{ data: { error_code: 'AUTHENTICATION_FAILED' } }]);
  });

  it('a socket ends with its token', async () => {
    const listener = await listen(served.url, withToken('/ws', `ann:${Date.now() + 700}`));
    expect(listener.messages[0]?.['type']).toBe('connection_established');
    expect(await listener.closed).toBe(1008);
    expect(listener.messages.at(-1)).toMatchObject({ type: 'error', data: { error_code: 'TOKEN_EXPIRED' } });
  });

  it('a socket ends when the login of its token is void, here or at another gateway of the database', async () => {
    const other = await serveNotices({ database: served.database });
    const [voided, beside, elsewhere] = await Promise.all([
      listen(served.url, withToken('/ws', `${GOOD}:login-1`)),
      listen(served.url, withToken('/ws', `${GOOD}:login-2`)),
      listen(other.url, withToken('/ws/livestream', `${GOOD}:login-1`)),
    ]);
    await served.revocations.add('login-1');
    expect(await voided.closed).toBe(1008);
    expect(voided.messages.at(-1)).toMatchObject({ type: 'error', data: { error_code: 'TOKEN_REVOKED' } });
    await other.revocations.read();
    expect(await elsewhere.closed).toBe(1008);
    expect(beside.socket.readyState).toBe(beside.socket.OPEN);
    beside.socket.close();
    await other.close();
  });

  it('one that is too many is told so, and may try again', async () => {
    const small = await serveNotices({ database: served.database, limits: { most: 2 } });
    const two = [await listen(small.url, withToken('/ws')), await listen(small.url, withToken('/ws'))];
    const third = await listen(small.url, withToken('/ws'));
    expect(third.messages).toMatchObject([{ type: 'error', data: { error_code: 'TOO_MANY_CONNECTIONS' } }]);
    expect(await third.closed).toBe(1013);
    two[0]?.socket.close();
    await expect.poll(() => small.sockets.size).toBe(1);
    expect((await listen(small.url, withToken('/ws'))).messages[0]?.['type']).toBe('connection_established');
    await small.close();
  });

  it('nobody is listened to for ever', async () => {
    const talker = await listen(served.url, withToken('/ws'));
    for (let word = 0; word < 30; word++) talker.socket.send('{"type":"hello"}');
    expect(await talker.closed).toBe(1008);
    expect(talker.messages[1]).toMatchObject({ type: 'error', data: { error_code: 'BAD_MESSAGE' } });
    const shouter = await listen(served.url, withToken('/ws'));
    shouter.socket.send('x'.repeat(10_000));
    expect(await shouter.closed).toBe(1009);
  });
});

describe('rooms', () => {
  it('of tasks tell log and progress to who has a livestream token; captions of a room of that name stay with its own', async () => {
    const { id } = await create();
    const room = taskRoom(id);
    const right = await mintRoomToken(served.auth, { room, publish: false }, null, 60);
    const [reader, captions, all] = await Promise.all([
      listen(served.url, withToken(`/ws/room/${room}`)),
      listen(served.url, withToken(`/ws/room/${room}`, right.token)),
      listen(served.url, withToken('/ws')),
    ]);
    served.rooms.publish(room, {
      type: 'caption',
      data: { said: 'secret' },
      source: 'websocket_manager',
      key: null,
      growing: false,
    });
    await createTaskLog(served.database, served.notices).write(id, 'INFO', '12 frames kept of 340');
    served.notices.tell({ type: 'task_progress', room, data: { task_id: id, step: 'read', percentage: 40 } });
    served.notices.tell({ type: 'alert', source: 'rtstream_service', data: { label: 'door' } });
    await reader.wait(({ type }) => type === 'task_progress');
    await all.wait(({ type }) => type === 'alert');
    expect(kinds(reader.messages)).toEqual(['connection_established', 'task_log', 'task_progress']);
    expect(get(reader.messages[1], 'data.line')).toMatch(/ - INFO - 12 frames kept of 340$/);
    await captions.wait(({ type }) => type === 'caption');
    expect(kinds(captions.messages)).toEqual(['connection_established', 'caption']);
    // The task's making may still have been on its way.
    expect(kinds(all.messages).filter((type) => type !== 'task_created')).toEqual(['connection_established', 'alert']);
    for (const { socket } of [reader, captions, all]) socket.close();
  });
});

describe('who reads nothing', () => {
  it('is given up; the others hear all', async () => {
    const slow = await listen(served.url, withToken('/ws'));
    const quick = await listen(served.url, withToken('/ws'));
    slow.socket.pause();
    const data = { text: 'x'.repeat(50_000) };
    for (let sent = 0; sent < 400; sent++) {
      served.notices.tell({ type: 'alert', data: { ...data, sent } });
      if (sent % 20 === 0) await quick.wait((message) => get(message, 'data.sent') === sent);
    }
    await quick.wait((message) => get(message, 'data.sent') === 399);
    slow.socket.resume();
    expect(await slow.closed).toBe(1013);
    expect(slow.messages.length).toBeLessThan(400);
    quick.socket.close();
  });
});

describe('on a PostgreSQL server, over several connections', () => {
  it('ids come true in their order, and each is told once', async () => {
    const server = await startPostgres();
    const database = await openDatabase({ databaseUrl: server.url, dataDir: null });
    const log = pino({ level: 'silent' });
    const notices = await createNotices({ database, log });
    const told: Notice[] = [];
    notices.told$.subscribe((notice) => told.push(notice));
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        await database.transaction().execute(async (work) => {
          await notices.add(work, { type: 'task_created', data: { task_id: randomUUID() } });
          // Those who announce first are not those who are done first.
          await wait((at * 7) % 11);
        });
        notices.poke();
      }),
    );
    await expect.poll(() => told.length).toBe(60);
    const ids = told.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    // What is old or too much is thrown away.
    await sql`update livestream_notices set created_at = now() - interval '8 days' where id <= ${ids[9]}`.execute(database);
    await createNotices({ database, log, limits: { most: 45 } }).then((pruning) => pruning.close());
    expect(await notices.oldestId()).toBe(ids[15]);
    await createNotices({ database, log, limits: { most: 55 } }).then((pruning) => pruning.close());
    expect((await notices.since(0, 100)).map(({ id }) => id)).toEqual(ids.slice(15));
    await notices.close();
    await database.destroy();
    await server.close();
  });
});
