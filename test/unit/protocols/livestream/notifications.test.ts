import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notifications } from '../../../../src/protocols/livestream/notifications.ts';
import type { NotificationMessage, NotificationOptions } from '../../../../src/protocols/livestream/notifications.ts';
import type { AssistantError } from '../../../../src/shared/errors.ts';
import { fakeSocket } from '../../../support/fake-socket.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ID = '11111111-1111-4111-8111-111111111111';
const AT = '2026-11-20T10:00:00Z';
const AT_MS = Date.parse(AT);

function listen(options: Partial<NotificationOptions> = {}) {
  const { WebSocket, connections } = fakeSocket();
  const seen = { messages: [] as NotificationMessage[], error: null as AssistantError | null };
  const refused: (string | null)[] = [];
  const subscription = notifications({
    baseUrl: 'https://g.test/desk/',
    path: '/ws/livestream',
    token: (one) => Promise.resolve(`t${refused.push(one)}`),
    WebSocket,
    random: () => 0.5,
    ...options,
  }).subscribe({
    next: (message) => seen.messages.push(message),
    error: (cause: unknown) => (seen.error = cause as AssistantError),
  });
  const last = () => connections.at(-1)!;
  const hello = async (data: object = {}): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
    last().open();
    last().receive({
      type: 'connection_established',
      data: { user_id: 'u', connection_id: 'c', last_id: 100, ...data },
      timestamp: AT,
    });
  };
  const tell = (id: number | undefined, status = 'recording'): void => {
    const data = { task_id: ID, status, livestream_name: 'Launch', host_name: null, updated_at: AT };
    last().receive({ type: 'task_status_update', data, timestamp: AT, source: 'livestream_service', id });
  };
  const query = (): Record<string, string> => Object.fromEntries(new URL(last().url).searchParams);
  const ids = (): unknown[] => seen.messages.flatMap((message) => (message.type === 'task-status' ? [message.id] : []));
  const types = (): string[] => seen.messages.map(({ type }) => type);
  return { seen, refused, connections, subscription, last, hello, tell, query, ids, types };
}

describe('notifications', () => {
  it('are told as they come, in ms', async () => {
    const room = listen({ since: 7 });
    await room.hello({ replay: { since: 7, complete: true } });
    expect(room.last().url).toBe('wss://g.test/desk/ws/livestream?token=t1&since=7&heartbeat=1');
    room.tell(8);
    room.last().receive({ type: 'task_log', data: { task_id: ID, line: 'a line' }, timestamp: AT });
    room.last().receive({ type: 'alert', data: { label: 'door' }, timestamp: AT, source: 'rtstream_service' });
    expect(room.seen.messages).toEqual([
      { type: 'connected', userId: 'u', connectionId: 'c', gap: false },
      {
        ...{ type: 'task-status', id: 8, atMs: AT_MS, taskId: ID, status: 'recording', name: 'Launch', hostName: null },
        updatedMs: AT_MS,
      },
      { type: 'task-log', id: null, atMs: AT_MS, taskId: ID, line: 'a line' },
      { type: 'other', id: null, atMs: AT_MS, name: 'alert', source: 'rtstream_service', data: { label: 'door' } },
    ]);
    room.subscription.unsubscribe();
    expect(room.last().closedWith).toBe(1000);
  });

  it('come back from the last one on, each once', async () => {
    const room = listen();
    await room.hello();
    room.tell(101);
    room.last().close(1006, 'cut');
    expect(room.seen.messages.at(-1)).toMatchObject({ type: 'reconnecting', inMs: 500, error: { code: 'socket-closed' } });
    await vi.advanceTimersByTimeAsync(500);
    expect(room.query()).toMatchObject({ since: '101' });
    await room.hello({ last_id: 105, replay: { since: 101, complete: true } });
    for (const id of [101, 102, 104, 104, 106]) room.tell(id);
    expect(room.ids()).toEqual([101, 102, 104, 106]);
    expect(room.seen.messages.filter(({ type }) => type === 'connected')).toMatchObject([{ gap: false }, { gap: false }]);
  });

  it('are asked for from the first connection on, even if nothing had come', async () => {
    const room = listen();
    await room.hello();
    room.last().close(1012, 'restart');
    await vi.advanceTimersByTimeAsync(500);
    expect(room.query()).toMatchObject({ since: '100' });
  });

  it('say when something is missing for good', async () => {
    const room = listen();
    await room.hello();
    room.last().close(1006, '');
    await vi.advanceTimersByTimeAsync(500);
    await room.hello({ last_id: 900, replay: { since: 100, complete: false } });
    expect(room.seen.messages.at(-1)).toMatchObject({ type: 'connected', gap: true });
  });

  it('of a database that began anew are heard again', async () => {
    const room = listen({ since: 900 });
    await room.hello({ last_id: 3, replay: { since: 900, complete: false } });
    room.tell(4);
    expect(room.ids()).toEqual([4]);
    expect(room.seen.messages[0]).toMatchObject({ gap: true });
  });

  it('of a service without ids are told, and a cut is a gap', async () => {
    const room = listen();
    await room.hello({ last_id: undefined });
    room.tell(undefined);
    room.tell(undefined);
    expect(room.ids()).toEqual([null, null]);
    room.last().close(1006, '');
    await vi.advanceTimersByTimeAsync(500);
    expect(room.query()).not.toHaveProperty('since');
    await room.hello({ last_id: undefined });
    expect(room.seen.messages.at(-1)).toMatchObject({ type: 'connected', gap: true });
  });

  it('wait longer each time, at most half a minute, and less when the network is back', async () => {
    const retry$ = new Subject<void>();
    const room = listen({ retry$ });
    const waits: number[] = [];
    for (let cut = 0; cut < 9; cut++) {
      await vi.advanceTimersByTimeAsync(waits.at(-1) ?? 0);
      room.last().close(1006, '');
      const told = room.seen.messages.at(-1);
      if (told?.type === 'reconnecting') waits.push(told.inMs);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    const before = room.connections.length;
    retry$.next();
    await vi.advanceTimersByTimeAsync(0);
    expect(room.connections).toHaveLength(before + 1);
  });
});

describe('tokens', () => {
  const complain = (code: string) => ({
    type: 'error',
    data: { error_code: code, message: 'Invalid or expired token' },
    timestamp: AT,
  });

  it('that expire while it is open are replaced at once, without a word, and nothing is lost', async () => {
    const room = listen();
    await room.hello();
    room.tell(101);
    room.last().receive(complain('TOKEN_EXPIRED'));
    room.last().close(1008, 'TOKEN_EXPIRED');
    await vi.advanceTimersByTimeAsync(0);
    expect(room.refused).toEqual([null, 't1']);
    expect(room.query()).toMatchObject({ token: 't2', since: '101' });
    await room.hello({ replay: { since: 101, complete: true } });
    expect(room.types()).toEqual(['connected', 'task-status', 'connected']);
    // The next one may expire too.
    room.last().receive(complain('TOKEN_EXPIRED'));
    await vi.advanceTimersByTimeAsync(0);
    expect(room.refused).toEqual([null, 't1', 't2']);
  });

  it('that are refused get one more try', async () => {
    const room = listen();
    for (let tries = 0; tries < 2; tries++) {
      await vi.advanceTimersByTimeAsync(0);
      room.last().open();
      room.last().receive(complain('AUTHENTICATION_FAILED'));
      room.last().close(1008, 'AUTHENTICATION_FAILED');
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.refused).toEqual([null, 't1']);
    expect(room.seen.error).toMatchObject({ code: 'token-refused' });
  });

  it('a service that is crowded is asked again later', async () => {
    const room = listen();
    await vi.advanceTimersByTimeAsync(0);
    room.last().open();
    room.last().receive(complain('TOO_MANY_CONNECTIONS'));
    expect(room.seen.messages).toMatchObject([{ type: 'reconnecting', error: { code: 'server-busy' } }]);
  });
});

describe('what is wrong', () => {
  it('is counted, and the connection lives', async () => {
    const room = listen();
    await room.hello();
    for (const message of [
      '{',
      '[]',
      '{"type":"task_status_update","data":{"task_id":"x","status":"asleep"}}',
      'x'.repeat(1_000_001),
    ]) {
      room.last().receive(message);
    }
    room.last().receive({ type: 'error', data: { error_code: 'BAD_MESSAGE', message: 'listening only' }, timestamp: AT });
    room.tell(101);
    expect(room.types()).toEqual(['connected', 'noted', 'noted', 'noted', 'noted', 'noted', 'task-status']);
    expect(room.seen.messages[3]).toMatchObject({ what: expect.stringContaining('status') as string, count: 3 });
  });

  it('a line that is dead is given up, one that beats is not', async () => {
    const room = listen();
    await room.hello({ heartbeat_ms: 15_000 });
    for (let beat = 0; beat < 5; beat++) {
      await vi.advanceTimersByTimeAsync(15_000);
      room.last().receive({ type: 'heartbeat', data: {}, timestamp: AT });
    }
    expect(room.types()).toEqual(['connected']);
    await vi.advanceTimersByTimeAsync(37_500);
    expect(room.seen.messages.at(-1)).toMatchObject({ type: 'reconnecting', error: { code: 'timed-out' } });
  });
});
