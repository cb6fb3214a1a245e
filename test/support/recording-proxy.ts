import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

/** Stands between a page and the site: passes everything on, writes down what crosses the sockets, and can cut them. */

export interface Crossing {
  /** `up` = from the page. */
  readonly way: 'up' | 'down';
  /** ms on this process's monotonic clock. */
  readonly at: number;
  readonly event: Readonly<Record<string, unknown>> & { readonly type: string };
  /** Which socket, counted from 0. */
  readonly socket: number;
}

export interface RecordingProxy {
  readonly url: string;
  readonly crossings: readonly Crossing[];
  /** Sockets opened so far. */
  readonly sockets: number;
  /** Breaks every open socket without a farewell, as a lost network does; false when there was none. */
  cut(): boolean;
  /** Keeps from the page the first message of this type and everything behind it, until `release`. */
  holdFrom(type: string): void;
  release(): void;
  /** While false, new sockets are refused. */
  admit: boolean;
  close(): Promise<void>;
}

/** Binary messages are kept as they are. */
const read = (data: RawData, binary: boolean): Crossing['event'] => {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
  return binary ? { type: 'binary', bytes } : (JSON.parse(bytes.toString()) as Crossing['event']);
};

/** `scripts`: paths of JavaScript of the test's own; worklets are not seen by Playwright's routes. */
export async function recordingProxy(target: string, scripts: Readonly<Record<string, string>> = {}): Promise<RecordingProxy> {
  const crossings: Crossing[] = [];
  const open = new Set<WebSocket>();
  let sockets = 0;
  let admit = true;
  let holding: string | null = null;
  let held: (() => void)[] | null = null;
  const origin = new URL(target);

  const server: Server = createServer((asked, response) => {
    const script = scripts[asked.url ?? ''];
    if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      return;
    }
    const passed = httpRequest(
      { host: origin.hostname, port: origin.port, path: asked.url, method: asked.method, headers: asked.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.writeHead(502).end());
    asked.pipe(passed);
  });

  const sides = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  server.on('upgrade', (asked: IncomingMessage, socket, head) => {
    if (!admit) {
      socket.destroy();
      return;
    }
    const offered = (asked.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((protocol) => protocol.trim())
      .filter(Boolean);
    const number = sockets++;
    const far = new WebSocket(`ws://${origin.host}${asked.url ?? ''}`, offered, { origin: asked.headers.origin ?? '' });
    far.once('error', () => socket.destroy());
    far.once('open', () => {
      sides.handleUpgrade(asked, socket, head, (near) => {
        for (const side of [near, far]) open.add(side);
        const pass = (way: Crossing['way'], from: WebSocket, to: WebSocket): void => {
          from.on('message', (data, binary) => {
            const event = read(data, binary);
            crossings.push({ way, at: performance.now(), event, socket: number });
            const send = (): void => {
              if (to.readyState === WebSocket.OPEN) to.send(data, { binary });
            };
            if (way === 'down' && event.type === holding) held ??= [];
            if (way === 'down' && held !== null) held.push(send);
            else send();
          });
          from.on('error', () => to.terminate());
          from.on('close', (code, reason) => {
            open.delete(from);
            if (to.readyState !== WebSocket.OPEN) return;
            if (code === 1005 || code === 1006) to.terminate();
            else to.close(code, reason);
          });
        };
        pass('up', near, far);
        pass('down', far, near);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    crossings,
    get sockets() {
      return sockets;
    },
    holdFrom: (type) => {
      holding = type;
    },
    release: () => {
      const waiting = held ?? [];
      holding = held = null;
      for (const send of waiting) send();
    },
    get admit() {
      return admit;
    },
    set admit(value: boolean) {
      admit = value;
    },
    cut: () => {
      const some = open.size > 0;
      for (const socket of open) socket.terminate();
      return some;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.terminate();
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
