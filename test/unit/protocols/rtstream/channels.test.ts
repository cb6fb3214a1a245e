import { describe, expect, it, vi, beforeEach, afterEach } from 'vitest';
import { channelMessages } from '../../../../src/protocols/rtstream/channels.ts';
import type { ChannelMessage, ChannelOptions } from '../../../../src/protocols/rtstream/channels.ts';
import type { AssistantError } from '../../../../src/shared/errors.ts';
import { fakeSocket } from '../../../support/fake-socket.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listen(options: Partial<ChannelOptions> = {}) {
  const { WebSocket, connections } = fakeSocket();
  const seen = { messages: [] as ChannelMessage[], error: null as AssistantError | null };
  let addresses = 0;
  const subscription = channelMessages({
    address: () => Promise.resolve(`wss://g.test/rtstream/socket?token=t${(addresses += 1)}`),
    WebSocket,
    random: () => 0.5,
    ...options,
  }).subscribe({
    next: (message) => seen.messages.push(message),
    error: (cause: unknown) => (seen.error = cause as AssistantError),
  });
  const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);
  const last = () => connections[connections.length - 1] as (typeof connections)[number];
  const query = (): Record<string, string> => Object.fromEntries(new URL(last().url).searchParams);
  return { seen, connections, subscription, settle, last, query, types: () => seen.messages.map(({ type }) => type) };
}

const greeting = (more: object = {}) => ({ connection_id: 'ws-1', seq: 100, ping_interval_ms: 15_000, ...more });
const line = (text: string, seq: number, more: object = {}) => ({ channel: 'transcript', data: { text }, seq, ...more });
const texts = (messages: readonly ChannelMessage[]): string[] =>
  messages.flatMap((message) => (message.type === 'transcript' ? [message.text] : []));

async function stand(room: ReturnType<typeof listen>, more: object = {}): Promise<void> {
  await room.settle();
  room.last().open();
  room.last().receive(greeting(more));
}

describe('a channel socket', () => {
  it('tells its id, then what comes', async () => {
    const room = listen({ streamIds: ['rts-1', 'rts-2'], since: 7 });
    await room.settle();
    expect(room.last().url).toBe('wss://g.test/rtstream/socket?token=t1&rtstream_id=rts-1&rtstream_id=rts-2&since=7&heartbeat=1');
    await stand(room);
    room.last().receive(line('a', 101));
    expect(room.seen.messages).toMatchObject([
      { type: 'connected', connectionId: 'ws-1', gap: false },
      { type: 'transcript', text: 'a' },
    ]);
    room.subscription.unsubscribe();
    expect(room.last().closedWith).toBe(1000);
  });

  it('comes back under the same id with a fresh address, from the last frame on, each frame once', async () => {
    const room = listen();
    await stand(room);
    room.last().receive(line('a', 101));
    room.last().close(1006, 'cut');
    expect(room.seen.messages.at(-1)).toMatchObject({ type: 'reconnecting', inMs: 500, error: { code: 'socket-closed' } });
    await vi.advanceTimersByTimeAsync(500);
    expect(room.query()).toMatchObject({ token: 't2', connection_id: 'ws-1', since: '101' });
    await stand(room, { resumed: true, replay: { complete: true }, seq: 105 });
    room.last().receive(line('a', 101, { replayed: true }));
    room.last().receive(line('b', 103, { replayed: true }));
    room.last().receive(line('c', 106));
    expect(texts(room.seen.messages)).toEqual(['a', 'b', 'c']);
    expect(room.seen.messages.filter(({ type }) => type === 'connected')).toMatchObject([{ gap: false }, { gap: false }]);
  });

  it('asks for what came while nothing had come yet', async () => {
    const room = listen();
    await stand(room);
    room.last().close(1001, 'going away');
    await vi.advanceTimersByTimeAsync(500);
    expect(room.query()).toMatchObject({ since: '100' });
  });

  it.each([
    { resumed: true, replay: { complete: false } },
    // A server of another maker that knows neither.
    {},
  ])('says so when something is missing for good: %j', async (more) => {
    const room = listen();
    await stand(room);
    room.last().close(1006, '');
    await vi.advanceTimersByTimeAsync(500);
    await stand(room, more);
    expect(room.seen.messages.at(-1)).toMatchObject({ type: 'connected', gap: true });
  });

  it('waits longer each time, from 0.5 s to 30 s, and begins anew once one stands', async () => {
    const room = listen();
    const waits: number[] = [];
    for (let at = 0; at < 9; at++) {
      await room.settle();
      room.last().close(1006, '');
      const told = room.seen.messages.at(-1);
      const inMs = told?.type === 'reconnecting' ? told.inMs : -1;
      waits.push(inMs);
      await vi.advanceTimersByTimeAsync(inMs);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    await stand(room);
    room.last().close(1013, 'You read too slowly');
    expect(room.seen.messages.at(-1)).toMatchObject({ inMs: 500, error: { code: 'server-busy' } });
  });

  it('gives up a line that has gone dead, by the beats that do not come', async () => {
    const room = listen();
    await stand(room);
    await vi.advanceTimersByTimeAsync(30_000);
    room.last().receive({ heartbeat: true });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(room.types()).toEqual(['connected']);
    await vi.advanceTimersByTimeAsync(7_500);
    expect(room.types()).toEqual(['connected', 'reconnecting']);
    expect(room.last().closedWith).toBe(1000);
  });

  it('does not wait for ever for a greeting', async () => {
    const room = listen();
    await room.settle();
    room.last().open();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(room.seen.messages).toMatchObject([{ type: 'reconnecting', error: { code: 'timed-out' } }]);
  });

  it('what is no frame is counted, and harms nobody', async () => {
    const room = listen();
    await stand(room);
    room.last().receive('plain text');
    room.last().receive('{');
    room.last().receive(line('a', 101));
    expect(room.seen.messages.slice(1)).toMatchObject([
      { type: 'noted', count: 1 },
      { type: 'noted', count: 2 },
      { type: 'transcript' },
    ]);
  });

  it('a refused address is an error at first, and worth one fresh one later', async () => {
    const refused = listen();
    await refused.settle();
    refused.last().open();
    refused.last().close(4401, 'expired');
    expect(refused.seen.error).toMatchObject({ code: 'token-refused' });
    const later = listen();
    await stand(later);
    later.last().open();
    later.last().close(4401, 'expired');
    await vi.advanceTimersByTimeAsync(500);
    expect(later.query()).toMatchObject({ token: 't2' });
    later.last().open();
    later.last().close(4401, 'expired');
    expect(later.seen.error).toMatchObject({ code: 'token-refused' });
  });

  it('an unknown stream is an error', async () => {
    const room = listen({ streamIds: ['rts-9'] });
    await room.settle();
    room.last().open();
    room.last().close(4404, 'there is no stream rts-9');
    expect(room.seen.error).toMatchObject({ message: expect.stringContaining('no stream') as string });
  });
});
