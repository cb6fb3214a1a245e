import { describe, expect, it } from 'vitest';
import { closeError, socket, type SocketConstructor, type SocketEvent } from '../../../src/protocols/socket.ts';
import type { AssistantError } from '../../../src/shared/errors.ts';
import { fakeSocket } from '../../support/fake-socket.ts';
import { marbles } from '../../support/marbles.ts';

function watch(WebSocket: SocketConstructor): {
  events: SocketEvent[];
  error: AssistantError | null;
  done: boolean;
  stop: () => void;
} {
  const seen = { events: [] as SocketEvent[], error: null as AssistantError | null, done: false, stop: (): void => undefined };
  const subscription = socket({ url: 'ws://test', protocols: ['a', 'b'], WebSocket }).subscribe({
    next: (event) => seen.events.push(event),
    error: (error: unknown) => (seen.error = error as AssistantError),
    complete: () => (seen.done = true),
  });
  seen.stop = () => {
    subscription.unsubscribe();
  };
  return seen;
}

describe('socket', () => {
  it('is cold: connects on subscription, closes with 1000 on unsubscription', () => {
    const { WebSocket, connections } = fakeSocket();
    const source$ = socket({ url: 'ws://test', WebSocket });
    expect(connections).toHaveLength(0);
    const subscription = source$.subscribe();
    expect(connections).toHaveLength(1);
    connections[0]?.open();
    subscription.unsubscribe();
    expect(connections[0]?.closedWith).toBe(1000);
  });

  it('tells its opening with a wire to send on, then messages', () => {
    const { WebSocket, connections } = fakeSocket();
    const seen = watch(WebSocket);
    const [server] = connections;
    expect(server?.protocols).toEqual(['a', 'b']);
    server?.open();
    server?.receive('hello');
    expect(seen.events.map(({ type }) => type)).toEqual(['open', 'message']);
    const [opened] = seen.events;
    if (opened?.type === 'open') opened.wire.send('up');
    expect(server?.sent).toEqual(['up']);
  });

  it('completes on 1000 and names every other ending', () => {
    const { WebSocket, connections } = fakeSocket();
    const seen = watch(WebSocket);
    connections[0]?.open();
    connections[0]?.close(1000, '');
    expect(seen.done).toBe(true);
    const lost = watch(WebSocket);
    connections[1]?.open();
    connections[1]?.close(1006, '');
    expect(lost.error).toMatchObject({ code: 'socket-closed', retryable: true });
  });

  it.each([
    [1001, 'session-expired', true],
    [1002, 'bad-message', false],
    [1008, 'token-refused', false],
    [1009, 'bad-message', false],
    [1011, 'server-error', true],
    [1012, 'server-busy', true],
    [1013, 'server-busy', true],
    [3000, 'token-refused', false],
    [4000, 'dialect-refused', false],
    [4401, 'token-refused', false],
    [4503, 'server-busy', true],
    [4999, 'socket-closed', true],
  ])('close %i is %s, retryable: %s', (code, expected, retryable) => {
    expect(closeError(code, 'why')).toMatchObject({
      code: expected,
      retryable,
      message: expect.stringContaining('why') as string,
    });
  });

  it('is refused when it closes before it opened', () => {
    const { WebSocket, connections } = fakeSocket();
    const seen = watch(WebSocket);
    connections[0]?.close(1006, '');
    expect(seen.error).toMatchObject({ code: 'socket-refused', retryable: true });
  });

  it.each([
    [401, 'token-refused'],
    [403, 'origin-refused'],
    [429, 'rate-limited'],
    [503, 'server-busy'],
    [500, 'socket-refused'],
  ])('reads the status %i out of what ws says', (status, code) => {
    const { WebSocket, connections } = fakeSocket();
    const seen = watch(WebSocket);
    const [server] = connections as unknown as {
      onerror: (event: object) => void;
      close: (code: number, reason: string) => void;
    }[];
    server?.onerror({ message: `Unexpected server response: ${status}` });
    server?.close(1006, '');
    expect(seen.error).toMatchObject({ code });
  });

  it('gives up when it does not open in time, and not afterwards', () => {
    marbles(({ expectObservable }) => {
      const { WebSocket } = fakeSocket();
      expectObservable(socket({ url: 'ws://test', WebSocket, connectTimeoutMs: 300 })).toBe(
        '300ms #',
        {},
        expect.objectContaining({ code: 'timed-out', retryable: true }),
      );
    });
    marbles(({ cold, expectObservable }) => {
      const { WebSocket, connections } = fakeSocket();
      cold('-a').subscribe(() => connections[0]?.open());
      expectObservable(socket({ url: 'ws://test', WebSocket, connectTimeoutMs: 300 }), '500ms !').toBe('-o', {
        o: expect.objectContaining({ type: 'open' }) as unknown,
      });
    });
  });

  it('needs a WebSocket, and a URL that it takes', () => {
    const none = globalThis.WebSocket as unknown;
    Reflect.deleteProperty(globalThis, 'WebSocket');
    let error: unknown = null;
    socket({ url: 'ws://test' }).subscribe({ error: (cause: unknown) => (error = cause) });
    if (none !== undefined) Reflect.set(globalThis, 'WebSocket', none);
    expect(error).toMatchObject({ code: 'unsupported', field: 'WebSocket' });
    const Refusing = function (): never {
      throw new SyntaxError('no such URL');
    };
    socket({ url: 'nonsense', WebSocket: Refusing as unknown as SocketConstructor }).subscribe({
      error: (cause: unknown) => (error = cause),
    });
    expect(error).toMatchObject({ code: 'bad-option', field: 'url' });
  });
});
