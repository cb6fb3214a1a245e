import type * as Dns from 'node:dns';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { lastValueFrom, takeUntil, tap, timer } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkOutsideUrl } from '../../demo/server/http/outside-url.ts';
import { fetchDocument } from '../../demo/server/knowledge/fetch-document.ts';
import type * as PrivateAddress from '../../demo/server/knowledge/private-address.ts';
import { createLook } from '../../demo/server/livestream/recorder/look.ts';
import { runFfmpeg } from '../../demo/server/media/ffmpeg/child.ts';
import { startOutsideProxy } from '../../demo/server/media/ingest/outside-proxy.ts';
import type { OutsideProxy } from '../../demo/server/media/ingest/outside-proxy.ts';
import { openOutsideRtsp } from '../../demo/server/media/ingest/outside-rtsp.ts';
import { openBytes, openRecorded, openUrl, SourceRefusedError } from '../../demo/server/media/ingest/source.ts';
import type { OpenedSource } from '../../demo/server/media/ingest/source.ts';
import { ffmpegPath } from '../support/media-samples.ts';

/**
 * Strangers who want to reach this machine through the gateway: 127.0.0.1 is the inside, 127.0.0.2 stands for the whole world. Whatever they
 * name, serve or upload, nobody may knock inside, and no file may be read.
 */

const INSIDE = '127.0.0.1';
const OUTSIDE = '127.0.0.2';

/** Names and what they lead to; `rebind.test` is another each time that it is looked up. */
const dns = vi.hoisted(() => ({ turn: 0 }));
vi.mock('../../demo/server/knowledge/private-address.ts', async (original) => {
  const real = await original<typeof PrivateAddress>();
  return { isPrivateAddress: (address: string) => address !== '127.0.0.2' && real.isPrivateAddress(address) };
});
vi.mock('node:dns', async (original) => ({
  ...(await original<typeof Dns>()),
  lookup: (name: string, _options: object, done: (error: Error | null, found: object[]) => void) => {
    const rebound = name === 'rebind.test' && dns.turn++ % 2 === 1;
    const address = name === 'outside.test' || (name === 'rebind.test' && !rebound) ? '127.0.0.2' : '127.0.0.1';
    done(null, [{ address, family: 4 }]);
  },
}));

let knocks = 0;
let inside: TcpServer;
let outside: Server;
let proxy: OutsideProxy;
let folder: string;
let insidePort: number;
let at: string;
/** What the world serves: path → what it answers. */
const pages = new Map<string, { readonly body?: string; readonly location?: string; readonly type?: string }>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outside-attacks-'));
  inside = createTcpServer((socket) => {
    knocks++;
    socket.destroy();
  });
  inside.listen(0, INSIDE);
  await once(inside, 'listening');
  insidePort = (inside.address() as AddressInfo).port;
  outside = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    if (page === undefined) response.writeHead(404).end();
    else if (page.location !== undefined) response.writeHead(302, { location: page.location }).end();
    else response.writeHead(200, { 'content-type': page.type ?? 'application/vnd.apple.mpegurl' }).end(page.body);
  });
  outside.listen(0, OUTSIDE);
  await once(outside, 'listening');
  at = `http://outside.test:${String((outside.address() as AddressInfo).port)}`;
  proxy = await startOutsideProxy();
});
afterAll(async () => {
  await proxy.close();
  outside.closeAllConnections();
  outside.close();
  inside.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  knocks = 0;
  dns.turn = 0;
});

const policy = (allowPrivate: boolean) => ({
  ...{ allowPrivate, limited: false, outsideProxy: () => Promise.resolve(proxy.url) },
  outsideRtsp: openOutsideRtsp,
});

/** For who waits for an answer that never comes; most end by themselves at once. */
const PATIENCE_MS = 5000;

/** As the gateway reads a source; what ffmpeg said. */
async function read({ input, env, bytes }: OpenedSource): Promise<string> {
  const words: string[] = [];
  const args = ['-v', 'info', ...input.filter((word) => word !== '-re'), '-t', '1', '-c', 'copy', '-f', 'null', '-'];
  const run = runFfmpeg({
    ...{ program: ffmpegPath(), env, args },
    ...(bytes === null
      ? {}
      : { feed: (stdin) => void bytes.on('error', () => undefined).pipe(stdin.on('error', () => undefined)) }),
  });
  await lastValueFrom(
    run.pipe(
      tap((event) => event.type === 'said' && words.push(event.line)),
      takeUntil(timer(PATIENCE_MS)),
    ),
    { defaultValue: null },
  );
  return words.join('\n');
}

const pull = async (url: string, allowPrivate = false): Promise<string> => {
  try {
    return await read(await openUrl(url, policy(allowPrivate), false));
  } catch (cause) {
    if (cause instanceof SourceRefusedError) return `refused: ${cause.message}`;
    throw cause;
  }
};

const HEAD = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0\n';
const END = '#EXT-X-ENDLIST\n';
const segment = (uri: string): string => `${HEAD}#EXTINF:1,\n${uri}\n${END}`;
/** Ways to say one address. */
const spelt = (port: number): readonly string[] => [
  ...[`${INSIDE}:${String(port)}`, `127.1:${String(port)}`, `2130706433:${String(port)}`, `0177.0.0.1:${String(port)}`],
  ...[`0x7f.0.0.1:${String(port)}`, `0:${String(port)}`, `[::ffff:127.0.0.1]:${String(port)}`, `[::ffff:7f00:1]:${String(port)}`],
  ...[
    `[::127.0.0.1]:${String(port)}`,
    `localhost:${String(port)}`,
    `inside.test:${String(port)}`,
    `INSIDE.test.:${String(port)}`,
  ],
  ...[`outside.test@${INSIDE}:${String(port)}`, `①②⑦.⓪.⓪.①:${String(port)}`],
];

/** What a document of the world can say to whoever reads it, with `to` for where it shall lead. */
const documents = (to: string): Readonly<Record<string, { body?: string; location?: string; type?: string }>> => ({
  'a redirect': { location: `http://${to}/x` },
  'a redirect to another protocol': { location: `tcp://${to}` },
  'a playlist of playlists': { body: `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://${to}/x.m3u8\n` },
  'a piece': { body: segment(`http://${to}/x.ts`) },
  'a piece by TCP': { body: segment(`tcp://${to}?x.ts`) },
  'a piece by RTSP': { body: segment(`rtsp://${to}/x.ts`) },
  'a piece within others': { body: segment(`concat:http://${to}/x.ts|http://${to}/y.ts`) },
  'a part of a piece': { body: segment(`subfile,,start,0,end,9,,:http://${to}/x.ts`) },
  'a piece behind a cipher': { body: segment(`crypto+tcp://${to}`) },
  'a key': {
    body: `${HEAD}#EXT-X-KEY:METHOD=AES-128,URI="http://${to}/key"\n#EXTINF:1,\n/none.ts\n${END}`,
  },
  'a description': { body: `${HEAD}#EXT-X-MAP:URI="http://${to}/init.mp4"\n#EXTINF:1,\n/none.m4s\n${END}` },
  'a list of films': { body: `ffconcat version 1.0\nfile http://${to}/x.mp4\n`, type: 'text/plain' },
  'a session': {
    body: `v=0\no=- 0 0 IN IP4 ${INSIDE}\ns=x\nc=IN IP4 ${INSIDE}\nt=0 0\nm=video ${String(insidePort)} TCP/RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
    type: 'application/sdp',
  },
  'a presentation': {
    body: `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT2S"><BaseURL>http://${to}/</BaseURL><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1" codecs="avc1.64001f"><SegmentTemplate media="x.m4s" initialization="i.mp4" duration="1"/></Representation></AdaptationSet></Period></MPD>`,
    type: 'application/dash+xml',
  },
});

/** The same over HTTP; the addresses that lead to them. */
const published = (to: string, names: readonly string[] = Object.keys(documents(to))): readonly string[] =>
  names.map((name) => {
    const path = `/${encodeURIComponent(`${name} ${to}`)}`;
    pages.set(path, documents(to)[name] ?? {});
    return at + path;
  });

async function attack(urls: readonly string[], way: (url: string) => Promise<unknown>, atOnce = 8): Promise<void> {
  const left = [...urls];
  const work = async (): Promise<void> => {
    for (let url = left.shift(); url !== undefined; url = left.shift()) {
      const said = await way(url);
      expect(knocks, `${url}: ${String(said)}`).toBe(0);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const look = (url: string, allowPrivate = false): Promise<unknown> => createLook(allowPrivate)(url, new AbortController().signal);
const fetched = (url: string): Promise<unknown> =>
  fetchDocument(url, { allowPrivate: false, timeoutMs: PATIENCE_MS }).catch((cause: unknown) => cause);

describe('the inside', () => {
  it('is not reached by any spelling of its address', async () => {
    const urls = ['http', 'https', 'rtsp', 'rtmp'].flatMap((scheme) => spelt(insidePort).map((host) => `${scheme}://${host}/x`));
    await attack(urls, look);
    await attack(urls, pull);
    await attack(
      urls.filter((url) => url.startsWith('http')),
      fetched,
    );
  }, 120_000);

  it('is not reached by a name that leads elsewhere when it is looked up again', async () => {
    const urls = ['http', 'https', 'rtsp', 'rtmp'].map((scheme) => `${scheme}://rebind.test:${String(insidePort)}/x`);
    for (const way of [look, pull]) {
      for (const turn of [0, 1]) {
        dns.turn = turn;
        await attack(urls, way, 1);
      }
    }
  }, 120_000);

  it('is not reached by what the world answers: redirects, playlists, keys, lists, descriptions', async () => {
    const named = ['a redirect', 'a piece'];
    const urls = [
      ...published(`${INSIDE}:${String(insidePort)}`),
      ...['inside.test', 'rebind.test'].flatMap((name) => published(`${name}:${String(insidePort)}`, named)),
    ];
    await attack(urls, look);
    await attack(urls, fetched);
    await attack(urls, pull);
  }, 120_000);

  it('is what those attacks would reach where the operator allows it', async () => {
    const names = ['a redirect', 'a playlist of playlists', 'a piece'];
    const [redirect = '', master = '', piece = ''] = published(`${INSIDE}:${String(insidePort)}`, names).map((url) =>
      url.replace('outside.test', OUTSIDE),
    );
    for (const [url, way] of [
      [`http://${INSIDE}:${String(insidePort)}/x`, look],
      [redirect, look],
      [master, look],
      [redirect, pull],
      [piece, pull],
      [`rtmp://${INSIDE}:${String(insidePort)}/a/b`, pull],
    ] as const) {
      knocks = 0;
      await way(url, true);
      expect(knocks, url).toBeGreaterThan(0);
    }
  }, 60_000);
});

describe('what is uploaded', () => {
  it('as a recording leads nowhere', async () => {
    const texts = Object.values(documents(`${INSIDE}:${String(insidePort)}`)).flatMap(({ body }) =>
      body === undefined ? [] : [body],
    );
    await attack(texts, (text) => read(openBytes(Readable.from([Buffer.from(text)]), 'recording')));
  }, 60_000);

  it('as a film leads nowhere, and shows no file', async () => {
    const secret = join(folder, 'secret.ts');
    await writeFile(secret, 'password');
    const texts = Object.values(documents(`${INSIDE}:${String(insidePort)}`)).flatMap(({ body }) =>
      body === undefined ? [] : [body],
    );
    await Promise.all(
      texts.map(async (text, index) => {
        const path = join(folder, `${String(index)}.tmp`);
        await writeFile(path, text);
        const said = await read(await openRecorded(path, false));
        expect(knocks, text + said).toBe(0);
      }),
    );
    // A list may name files; those of others are not opened.
    for (const text of [
      `ffconcat version 1.0\nfile '${secret}'\n`,
      segment(`file://${secret}`),
      segment(secret),
      `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nfile://${secret}\n`,
    ]) {
      const path = join(folder, 'list.tmp');
      await writeFile(path, text);
      expect(await read(await openRecorded(path, false)), text).not.toMatch(/Opening '[^']*secret\.ts'/);
    }
  }, 60_000);
});

it('an address that people cannot see is none', async () => {
  for (const url of [
    'rtsp://outside.test/a\r\nEvil: 1',
    'rtmp:\t//outside.test/a/b',
    'http://outside.test/\0',
    '\nfile:///etc/passwd',
  ])
    await expect(checkOutsideUrl('url', url, { allowPrivate: true, schemes: ['rtsp', 'rtmp', 'http', 'file'] })).rejects.toThrow(
      'url',
    );
});
