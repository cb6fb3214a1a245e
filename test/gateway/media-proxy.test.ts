import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastValueFrom, toArray } from 'rxjs';
import { runFfmpeg } from '../../demo/server/media/ffmpeg/child.ts';
import { startOutsideProxy } from '../../demo/server/media/ingest/outside-proxy.ts';
import type { OutsideProxy } from '../../demo/server/media/ingest/outside-proxy.ts';
import { openUrl } from '../../demo/server/media/ingest/source.ts';
import { ffmpegPath, film } from '../support/media-samples.ts';

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
    // Here "outside" is one name, which nobody else knows.
    const open = await startOutsideProxy({
      isInside: () => false,
      lookup: (_host, options, done) =>
        options.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    });
    try {
      const policy = { allowPrivate: false, limited: false, outsideProxy: () => Promise.resolve(open.url) };
      const source = await openUrl(`http://films.example.com:${String(port)}/film.mp4`, policy, false);
      const input = source.input.filter((word) => word !== '-re');
      const events = await lastValueFrom(
        runFfmpeg({
          program: ffmpegPath(),
          args: ['-v', 'error', ...input, '-c', 'copy', '-f', 'null', '-'],
          env: source.env,
        }).pipe(toArray()),
      );
      expect(events.at(-1)).toMatchObject({ type: 'ended', code: 0 });
      expect(new Set(hosts)).toEqual(new Set([`films.example.com:${String(port)}`]));
    } finally {
      await open.close();
      server.closeAllConnections();
      server.close();
    }
  }, 60_000);
});
