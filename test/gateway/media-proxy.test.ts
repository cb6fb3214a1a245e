import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, isIP, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastValueFrom, toArray } from 'rxjs';
import { runFfmpeg } from '../../demo/server/media/ffmpeg/child.ts';
import { startOutsideProxy } from '../../demo/server/media/ingest/outside-proxy.ts';
import type { OutsideProxy } from '../../demo/server/media/ingest/outside-proxy.ts';
import { openOutsideRtsp } from '../../demo/server/media/ingest/outside-rtsp.ts';
import type { OutsideRtspWish } from '../../demo/server/media/ingest/outside-rtsp.ts';
import { openUrl } from '../../demo/server/media/ingest/source.ts';
import { ffmpegPath, film } from '../support/media-samples.ts';
import { startRtspSource } from '../support/media-sources.ts';

/** The way out for what strangers name: nothing on this machine or beside it is reached, whatever it is called. */

let proxy: OutsideProxy;
beforeAll(async () => {
  proxy = await startOutsideProxy();
});
afterAll(() => proxy.close());

const ask = (path: string, authorised = true): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port, username, password } = new URL(proxy.url);
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const headers = { host: 'x', ...(authorised ? { 'proxy-authorization': basic } : {}) };
    request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });

const tunnel = async (target: string): Promise<string> => {
  const { port, username, password } = new URL(proxy.url);
  const socket = connect(Number(port), '127.0.0.1');
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: Basic ${basic}\r\n\r\n`);
  const [bytes] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [Buffer | boolean];
  socket.destroy();
  return typeof bytes === 'boolean' ? 'closed' : (bytes.toString().split('\r\n')[0] ?? '');
};

/** Here "outside" is one name, which nobody else knows. */
const here: LookupFunction = (_host, options, done) =>
  options.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

describe('the proxy', () => {
  it('is for who knows its password', async () => {
    expect(await ask('http://192.0.2.1/', false)).toBe(407);
  });

  it('reaches nothing inside, by address or by name', async () => {
    expect(await ask('http://127.0.0.1:80/x')).toBe(403);
    expect(await ask('http://[::ffff:10.0.0.1]/x')).toBe(403);
    expect(await ask('http://localhost/x')).toBe(502);
    expect(await ask('/x')).toBe(400);
    expect(await ask('ftp://192.0.2.1/x')).toBe(400);
    expect(await tunnel('169.254.169.254:80')).toContain('403');
    expect(await tunnel('localhost:22')).toBe('closed');
  });

  it('is used by ffmpeg for what is named by a stranger', async () => {
    const { path } = await film({ seconds: 4 });
    const hosts: (string | undefined)[] = [];
    const server = createServer((asked, answer) => {
      hosts.push(asked.headers.host);
      if (asked.url === '/moved.mp4') {
        answer.writeHead(302, { location: `http://127.0.0.1:${String(asked.socket.localPort)}/film.mp4` }).end();
        return;
      }
      void stat(path).then(({ size }) => {
        const from = Number(/bytes=(\d+)-/.exec(asked.headers.range ?? '')?.[1] ?? 0);
        answer.writeHead(206, {
          'content-length': size - from,
          'content-range': `bytes ${String(from)}-${String(size - 1)}/${String(size)}`,
        });
        createReadStream(path, { start: from })
          .on('error', () => answer.destroy())
          .pipe(answer);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const open = await startOutsideProxy({ isInside: (host) => isIP(host) !== 0, lookup: here });
    try {
      const policy = {
        allowPrivate: false,
        limited: false,
        outsideProxy: () => Promise.resolve(open.url),
        outsideRtsp: openOutsideRtsp,
      };
      const play = async (path: string) => {
        const source = await openUrl(`http://films.example.com:${String(port)}/${path}`, policy, false);
        const input = source.input.filter((word) => word !== '-re');
        const args = ['-v', 'error', ...input, '-c', 'copy', '-f', 'null', '-'];
        return lastValueFrom(runFfmpeg({ program: ffmpegPath(), args, env: source.env }));
      };
      expect(await play('film.mp4')).toMatchObject({ type: 'ended', code: 0 });
      const moved = await play('moved.mp4');
      expect(moved).toMatchObject({ type: 'ended', lastWords: expect.stringContaining('403') as string });
      expect(new Set(hosts)).toEqual(new Set([`films.example.com:${String(port)}`]));
    } finally {
      await open.close();
      server.closeAllConnections();
      server.close();
    }
  }, 60_000);
});

describe('the door for RTSP', () => {
  const policy = {
    ...{ allowPrivate: false, limited: false, outsideProxy: () => Promise.reject(new Error('not by HTTP')) },
    outsideRtsp: (wish: OutsideRtspWish) => openOutsideRtsp({ ...wish, lookup: here }),
  };
  const pull = async (input: readonly string[]): Promise<string> => {
    const args = ['-v', 'info', ...input, '-t', '1', '-c', 'copy', '-f', 'null', '-'];
    const events = await lastValueFrom(runFfmpeg({ program: ffmpegPath(), args }).pipe(toArray()));
    const end = events.at(-1);
    return end?.type === 'ended' && end.code === 0
      ? 'played'
      : events.map((event) => (event.type === 'said' ? event.line : '')).join('\n');
  };

  it('lets a camera outside through', async () => {
    const camera = await startRtspSource({ film: (await film({ seconds: 12 })).path });
    try {
      const url = camera.url.replace('127.0.0.1', 'cameras.example.com');
      // Until its encoder publishes it answers 404, which comes through as well.
      await expect.poll(async () => pull((await openUrl(url, policy, false)).input), { timeout: 30_000 }).toBe('played');
    } finally {
      await camera.stop();
    }
  }, 60_000);

  it('lets no redirect back, which ffmpeg would follow inside', async () => {
    let met = 0;
    const inside = createTcpServer((socket) => {
      met++;
      socket.destroy();
    });
    inside.listen(0, '127.0.0.1');
    await once(inside, 'listening');
    const { port } = inside.address() as AddressInfo;
    const outside = createTcpServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes: Buffer) => {
        const cseq = /CSeq: (\d+)/.exec(bytes.toString())?.[1] ?? '1';
        socket.write(`RTSP/1.0 302 Found\r\nCSeq: ${cseq}\r\nLocation: rtsp://127.0.0.1:${String(port)}/secret\r\n\r\n`);
      });
    });
    outside.listen(0, '127.0.0.1');
    await once(outside, 'listening');
    const url = `rtsp://cameras.example.com:${String((outside.address() as AddressInfo).port)}/door`;
    try {
      const source = await openUrl(url, policy, false);
      expect(await pull(source.input)).toContain('It redirects elsewhere');
      expect(met).toBe(0);
      // What it is for: without it, inside is reached.
      await pull(
        (await openUrl(url.replace('cameras.example.com', '127.0.0.1'), { ...policy, allowPrivate: true }, false)).input,
      );
      expect(met).toBeGreaterThan(0);
    } finally {
      inside.close();
      outside.close();
    }
  }, 60_000);
});
