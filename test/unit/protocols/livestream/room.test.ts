import { NEVER, type Observable, of, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { writeCaption, type RoomCaption } from '../../../../src/protocols/livestream/codec.ts';
import { room, roomToken, roomUrl, type RoomEvent } from '../../../../src/protocols/livestream/room.ts';
import type { AssistantError } from '../../../../src/shared/errors.ts';
import { fakeSocket } from '../../../support/fake-socket.ts';

const caption = (text: string, final = true): RoomCaption => ({
  id: '1:s:1',
  stream: 's',
  startMs: 0,
  endMs: null,
  at: 1_000,
  original: { text, language: 'en', final },
  translation: null,
});

function joined(captions$: Observable<RoomCaption> = NEVER) {
  const { WebSocket, connections } = fakeSocket();
  const seen = { events: [] as RoomEvent[], error: null as AssistantError | null, done: false };
  let tokens = 0;
  const source$ = captions$.pipe(
    room({ endpoint: 'https://host.example/x', room: 'hall 3/a', token: () => of(`t${++tokens}`), WebSocket }),
  );
  const subscribe = () =>
    source$.subscribe({
      next: (event) => seen.events.push(event),
      error: (cause: unknown) => (seen.error = cause as AssistantError),
      complete: () => (seen.done = true),
    });
  return { seen, connections, subscribe };
}

describe('room', () => {
  it('connects with a fresh token each time, on subscription only', () => {
    const { connections, subscribe } = joined();
    expect(connections).toHaveLength(0);
    const first = subscribe();
    connections[0]?.open();
    first.unsubscribe();
    expect(connections[0]?.closedWith).toBe(1000);
    subscribe().unsubscribe();
    expect(connections.map(({ url }) => url)).toEqual([
      'wss://host.example/ws/room/hall%203%2Fa?token=t1',
      'wss://host.example/ws/room/hall%203%2Fa?token=t2',
    ]);
  });

  it('tells captions, counts what it does not understand, and lives on', () => {
    const { seen, connections, subscribe } = joined();
    subscribe();
    const [server] = connections;
    server?.open();
    server?.receive({ type: 'connection_established', data: { connection_id: 'c' } });
    server?.receive('{');
    server?.receive({ type: 'task_created', data: {} });
    server?.receive(writeCaption(caption('hello')));
    expect(seen.events.map(({ type }) => type)).toEqual(['joined', 'noted', 'noted', 'caption']);
    expect(seen.events[2]).toMatchObject({ count: 2 });
    expect(seen.events[3]).toEqual({ type: 'caption', line: caption('hello') });
  });

  it('fails as the room or its socket says', () => {
    const refused = joined();
    refused.subscribe();
    refused.connections[0]?.open();
    refused.connections[0]?.receive({ type: 'error', data: { error_code: 'AUTHENTICATION_FAILED', message: 'no' } });
    expect(refused.seen.error).toMatchObject({ code: 'token-refused', retryable: false });
    expect(refused.connections[0]?.closedWith).toBe(1000);
    const lost = joined();
    lost.subscribe();
    lost.connections[0]?.open();
    lost.connections[0]?.close(1006, '');
    expect(lost.seen.error).toMatchObject({ code: 'socket-closed', retryable: true });
  });

  it('publishes; on a slow wire only what is final', () => {
    const captions$ = new Subject<RoomCaption>();
    const { connections, subscribe } = joined(captions$);
    const subscription = subscribe();
    const [server] = connections;
    server?.open();
    captions$.next(caption('hel', false));
    if (server !== undefined) server.bufferedAmount = 300_000;
    captions$.next(caption('hello', false));
    captions$.next(caption('Hello.'));
    expect(server?.sent).toEqual([writeCaption(caption('hel', false)), writeCaption(caption('Hello.'))]);
    subscription.unsubscribe();
    expect(captions$.observed).toBe(false);
  });
});

describe('roomToken', () => {
  const asked = (answer: unknown) => {
    const bodies: unknown[] = [];
    const fetch = (_url: string, { body }: RequestInit) => {
      bodies.push(JSON.parse(body as string));
      return Promise.resolve(new Response(JSON.stringify(answer)));
    };
    const seen = new Promise((resolve) => {
      roomToken({ url: 'https://host/rooms/token', room: 'r', publish: false, fetch }).subscribe({
        next: resolve,
        error: resolve,
      });
    });
    return { bodies, seen };
  };

  it('asks for one room and what may be done there', async () => {
    const { bodies, seen } = asked({ token: 'abc', expires_at: 1, url: 'x' });
    expect(await seen).toBe('abc');
    expect(bodies).toEqual([{ room: 'r', publish: false }]);
  });

  it('names what is missing in the answer', async () => {
    expect(await asked({ token: '' }).seen).toMatchObject({ code: 'bad-message', field: 'token' });
  });
});

it('the address of a room holds its name and nothing else of the service’s path', () => {
  expect(roomUrl('ws://127.0.0.1:8787', 'a&b', 't+/=')).toBe('ws://127.0.0.1:8787/ws/room/a%26b?token=t%2B%2F%3D');
});
