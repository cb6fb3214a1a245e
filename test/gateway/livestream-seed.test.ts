import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { act, createElement } from 'react';
import { create } from 'react-test-renderer';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { GOOD, newTask, serveNotices } from './livestream-notices-server.ts';
import type { ServedNotices } from './livestream-notices-server.ts';

/**
 * The source's own client class and React hook, as they stand in its document, against our sockets. They go to `ws://localhost:7657`: a
 * stub changes that part of the address and nothing else.
 */

const FIXTURES = new URL('../fixtures/livestream-seed/', import.meta.url);

let served: ServedNotices;
let addresses: string[] = [];
let count = 0;
beforeAll(async () => {
  served = await serveNotices();
});
afterAll(() => served.close());
afterEach(() => {
  vi.unstubAllGlobals();
  addresses = [];
});

class Redirected extends WebSocket {
  constructor(url: string) {
    addresses.push(url);
    super(url.replace('ws://localhost:7657', served.url));
  }
}

/** The seed's class, with what it calls when something happens replaced, as its comments ask for. */
interface SeedClient {
  readonly ws: WebSocket | null;
  readonly reconnectAttempts: number;
  connect(): void;
  disconnect(): void;
  onTaskStatusUpdate: (data: Data) => void;
  onTaskCreated: (data: Data) => void;
  onTaskDeleted: (data: Data) => void;
}
type Data = Readonly<Record<string, unknown>>;

function seedClient(token: string) {
  const logged: unknown[][] = [];
  const said = (...words: unknown[]): number => logged.push(words);
  const timers: (() => void)[] = [];
  const context = {
    WebSocket: Redirected,
    console: { log: said, error: said },
    setTimeout: (work: () => void, ms: number) => timers.push(work) * ms,
  };
  const source = readFileSync(new URL('client.js', FIXTURES), 'utf8');
  // Its last lines make one and connect it, with a token that stands for one.
  const code = `${source.replace("'your-jwt-token'", JSON.stringify(token))}\nclient`;
  const client = runInNewContext(code, context) as SeedClient;
  const told: [string, Data][] = [];
  client.onTaskStatusUpdate = (data) => told.push(['status', data]);
  client.onTaskCreated = (data) => told.push(['created', data]);
  client.onTaskDeleted = (data) => told.push(['deleted', data]);
  return { client, logged, timers, told };
}

describe('the source’s client class', () => {
  it('hears what happens to tasks', async () => {
    const { client, logged, told } = seedClient(GOOD);
    await expect.poll(() => logged.length).toBeGreaterThan(1);
    expect(addresses).toEqual([`ws://localhost:7657/ws/livestream?token=${GOOD}`]);
    // Its connection was confirmed with user and connection.
    expect(logged.at(-1)?.[1]).toMatchObject({ user_id: 'ann', connection_id: expect.any(String) as string });
    const { id } = await served.tasks.create(newTask((count += 1)));
    await served.tasks.become(id, 'listening');
    await served.tasks.remove(id);
    await expect
      .poll(() => told.map(([what, data]) => [what, data['task_id']]))
      .toEqual([
        ['created', id],
        ['status', id],
        ['deleted', id],
      ]);
    expect(told[0]?.[1]).toMatchObject({ livestream_name: `Launch ${count}`, status: 'pending' });
    expect(told[1]?.[1]).toMatchObject({ status: 'listening' });
    client.disconnect();
  });

  it('comes back by itself after a cut', async () => {
    const { client, timers, told, logged } = seedClient(GOOD);
    await expect.poll(() => logged.length).toBeGreaterThan(1);
    served.cut();
    await expect.poll(() => timers.length).toBe(1);
    expect(client.reconnectAttempts).toBe(1);
    timers[0]?.();
    await expect.poll(() => [client.reconnectAttempts, client.ws?.readyState]).toEqual([0, WebSocket.OPEN]);
    const { id } = await served.tasks.create(newTask((count += 1)));
    await expect.poll(() => told.at(-1)?.[1]['task_id']).toBe(id);
    client.disconnect();
  });

  it('is told that its token is not good', async () => {
    const { client, logged } = seedClient('nobody');
    await expect
      .poll(() => logged.map(([, data]) => (data as Data | undefined)?.['error_code']))
      .toContain('AUTHENTICATION_FAILED');
    client.disconnect();
  });
});

describe('the source’s React hook', () => {
  interface Shown {
    readonly isConnected: boolean;
    readonly tasks: readonly Data[];
  }

  it('shows tasks as they are made, change and go, and closes its socket with the component', async () => {
    vi.stubGlobal('WebSocket', Redirected);
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { useLivestreamWebSocket } = (await import(new URL('use-livestream-web-socket.js', FIXTURES).href)) as {
      useLivestreamWebSocket: (token: string) => Shown;
    };
    let shown: Shown = { isConnected: false, tasks: [] };
    function Page({ token }: { readonly token: string }) {
      shown = useLivestreamWebSocket(token);
      return null;
    }
    // Deprecated for testing pages, which is not what it does here: it runs a hook without a DOM.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const page = await act(() => create(createElement(Page, { token: GOOD })));
    const shows = (look: () => unknown) =>
      expect.poll(async () => {
        await act(async () => Promise.resolve());
        return look();
      });
    await shows(() => shown.isConnected).toBe(true);
    const { id } = await served.tasks.create(newTask((count += 1)));
    const { id: other } = await served.tasks.create(newTask((count += 1)));
    await shows(() => shown.tasks.map((task) => task['id'])).toEqual([id, other]);
    await served.tasks.become(id, 'listening');
    await shows(() => shown.tasks.map(({ status }) => status)).toEqual(['listening', 'pending']);
    await served.tasks.remove(id);
    await shows(() => shown.tasks.map((task) => task['id'])).toEqual([other]);
    const open = served.sockets.size;
    act(() => page.unmount());
    await expect.poll(() => served.sockets.size).toBe(open - 1);
    quiet.mockRestore();
  });
});
