import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenBeside } from '../../demo/server/http/second-port.ts';
import type { SecondPort } from '../../demo/server/http/second-port.ts';
import { serve } from './client.ts';
import type { Served } from './client.ts';

/** Who sends a request byte by byte, or never goes, is cut off: on the gateway's own port and on the second one. */

const SLOW = { headMs: 200, requestMs: 400 };
/** Between two bytes: far below either limit, so that it is the whole that is too slow. */
const BYTE_MS = 20;

let served: Served;
let second: SecondPort;
beforeAll(async () => {
  served = await serve({ slow: SLOW });
  const { handle, upgrade } = served.gateway;
  second = await listenBeside({ host: '127.0.0.1', port: 0, handle, upgrade, slow: SLOW });
});
afterAll(async () => {
  await second.close();
  await served.close();
});

const PORTS = [
  ['the first port', () => Number(new URL(served.url).port)],
  ['the second port', () => second.port],
] as const;

/**
 * Sends `whole` at once and then one byte after the other for as long as it is let, and never ends its own side. Resolves with what came back,
 * when it is cut off.
 */
function drip(port: number, whole: string, byte: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connectSocket({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(whole));
    let ended = false;
    const timer = setInterval(() => {
      // Whoever is told the end and stays notices being cut off only by writing.
      if (byte !== '' || ended) socket.write(byte === '' ? 'a' : byte);
    }, BYTE_MS);
    socket.on('end', () => (ended = true));
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
    // Cut off while it writes: that is what is waited for.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}

const UPGRADE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n';

describe.each(PORTS)('%s', (_name, port) => {
  it.concurrent.each([
    ['a head that never ends', 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a'],
    ['a head of which nothing more comes', 'GET /health HTTP/1.1\r\nHost: x\r\n', ''],
    [
      'a body that never ends',
      'POST /auth/page-token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{',
      ' ',
    ],
    [
      'a body in pieces',
      'POST /auth/page-token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      '1\r\n \r\n',
    ],
    ['an upgrade whose head never ends', `GET /v1/realtime?model=m HTTP/1.1\r\nHost: x\r\n${UPGRADE}X-Slow: `, 'a'],
  ])('cuts off %s', async (_what, whole, byte) => {
    expect(await drip(port(), whole, byte)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it.concurrent.each([
    ['refused', `GET /v1/realtime?model=m HTTP/1.1\r\nHost: x\r\n${UPGRADE}\r\n`, /^HTTP\/1\.1 401 /],
    ['nobody’s', `GET /nowhere HTTP/1.1\r\nHost: x\r\n${UPGRADE}\r\n`, /^HTTP\/1\.1 404 /],
    ['no HTTP', 'HELLO\r\n\r\n', /^HTTP\/1\.1 400 /],
  ])('cuts off who stays after an upgrade that is %s', async (_what, whole, answer) => {
    expect(await drip(port(), whole, 'a')).toMatch(answer);
  });
});
