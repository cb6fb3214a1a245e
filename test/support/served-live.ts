import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFfmpeg } from './media-samples.ts';

/** A broadcast as sites serve it: nothing before it begins, then a playlist that grows with the film, and its end. */

export interface ServedLive {
  /** Its playlist: 404 until `begin`. */
  readonly url: string;
  /** A page about it, with a title: no stream. */
  readonly pageUrl: string;
  /** Requests that were answered so far, of anything. */
  readonly requests: number;
  /** It goes on the air. */
  begin(): void;
  /** The playlist grows no more and every request is answered 503, as when its server falls over; `back` goes on. */
  drop(): void;
  back(): void;
  /** It grows no more, and says nothing of an end. */
  freeze(): void;
  /** The end stands in the playlist now, however much of the film is left. */
  end(): void;
  close(): Promise<void>;
}

export interface LiveWish {
  /** The film that is broadcast, H.264 and AAC. */
  readonly path: string;
  /** How much faster than time the playlist grows; default 1. */
  readonly speed?: number;
  /** Seconds of a piece; default 1. */
  readonly pieceS?: number;
  /** It begins again after its end instead of ending; default false. */
  readonly loop?: boolean;
  /** What the page is called. */
  readonly title?: string;
}

interface Piece {
  readonly name: string;
  readonly seconds: number;
  readonly bytes: Buffer;
}

export async function serveLive(wish: LiveWish): Promise<ServedLive> {
  const { speed = 1, loop = false, title = 'A live room' } = wish;
  const pieces = await cut(wish.path, wish.pieceS ?? 1);
  let state: 'off' | 'on' | 'down' | 'frozen' | 'ended' = 'off';
  /** ms of the film that are out when it does not grow. */
  let outMs = 0;
  let sinceMs = 0;
  let requests = 0;
  const wholeMs = pieces.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
  const out = (): number => (state === 'on' ? outMs + (performance.now() - sinceMs) * speed : outMs);
  const become = (next: typeof state): void => {
    outMs = out();
    sinceMs = performance.now();
    state = next;
  };

  const playlist = (): string => {
    const lines = [
      '#EXTM3U',
      '#EXT-X-VERSION:3',
      `#EXT-X-TARGETDURATION:${String(Math.ceil(longest(pieces)))}`,
      '#EXT-X-MEDIA-SEQUENCE:0',
    ];
    let endMs = 0;
    for (let index = 0; index < pieces.length || loop; index++) {
      const piece = pieces[index % pieces.length];
      if (piece === undefined) break;
      endMs += piece.seconds * 1000;
      if (endMs > out()) break;
      if (index > 0 && index % pieces.length === 0) lines.push('#EXT-X-DISCONTINUITY');
      lines.push(`#EXTINF:${piece.seconds.toFixed(6)},`, `${piece.name}?n=${String(index)}`);
    }
    if (state === 'ended' || (!loop && out() >= wholeMs)) lines.push('#EXT-X-ENDLIST');
    return `${lines.join('\n')}\n`;
  };

  const server = createServer((request, response) => {
    requests++;
    const name = (request.url ?? '').replace(/^\//, '').replace(/\?.*$/, '');
    if (state === 'down') response.writeHead(503).end();
    else if (name === 'room') response.setHeader('content-type', 'text/html').end(`<!doctype html><title>${title}</title>`);
    else if (name === 'live.m3u8' && state !== 'off')
      response.setHeader('content-type', 'application/vnd.apple.mpegurl').end(playlist());
    else {
      const piece = state === 'off' ? undefined : pieces.find((one) => one.name === name);
      if (piece === undefined) response.writeHead(404).end();
      else response.setHeader('content-type', 'video/mp2t').end(piece.bytes);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url: `${base}/live.m3u8`,
    pageUrl: `${base}/room`,
    get requests() {
      return requests;
    },
    begin: () => become('on'),
    drop: () => become('down'),
    back: () => become('on'),
    freeze: () => become('frozen'),
    end: () => become('ended'),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const longest = (pieces: readonly Piece[]): number => pieces.reduce((most, { seconds }) => Math.max(most, seconds), 1);

/** The film in pieces that begin with key frames, so that its sound and picture need no new encoding. */
async function cut(path: string, pieceS: number): Promise<readonly Piece[]> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-served-live-'));
  try {
    await runFfmpeg([
      ...['-hide_banner', '-loglevel', 'error', '-y', '-i', path, '-c', 'copy', '-f', 'hls', '-hls_time', String(pieceS)],
      ...['-hls_list_size', '0', '-hls_segment_filename', join(folder, 'piece-%05d.ts'), join(folder, 'all.m3u8')],
    ]);
    const lines = (await readFile(join(folder, 'all.m3u8'), 'utf8')).split('\n');
    const pieces: Piece[] = [];
    let seconds = 0;
    for (const line of lines) {
      const length = /^#EXTINF:([\d.]+)/.exec(line)?.[1];
      if (length !== undefined) seconds = Number(length);
      else if (line.endsWith('.ts')) pieces.push({ name: line, seconds, bytes: await readFile(join(folder, line)) });
    }
    return pieces;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
