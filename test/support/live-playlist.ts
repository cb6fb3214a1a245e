import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A live playlist whose time a test moves: the segments of `test/fixtures/hls` over and over, a discontinuity each time, a clock on each. */

const fixtures = join(import.meta.dirname, '../fixtures/hls');
const SEGMENT_S = 2;
const ROUND = 3;

export interface LivePlaylist {
  readonly url: string;
  /** Unix ms of the first segment. */
  readonly beganMs: number;
  /** Seconds of picture there are by now. */
  lengthS: number;
  close(): void;
}

export async function livePlaylist(windowS: number): Promise<LivePlaylist> {
  const state = { lengthS: 60, beganMs: Date.now() - 60_000 };
  const server: Server = createServer((request, response) => {
    const name = (request.url ?? '').replace(/^\//, '').replace(/\?.*/, '');
    response.setHeader('access-control-allow-origin', '*');
    if (name === 'live.m3u8') {
      response.setHeader('content-type', 'application/vnd.apple.mpegurl').end(playlist(state, windowS));
      return;
    }
    if (!/^[a-z0-9-]+\.(?:m4s|mp4)$/.test(name)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', 'video/mp4').end(readFileSync(join(fixtures, name.replace(/^s\d+-/, ''))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/live.m3u8`,
    beganMs: state.beganMs,
    get lengthS() {
      return state.lengthS;
    },
    set lengthS(seconds: number) {
      state.lengthS = seconds;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function playlist({ lengthS, beganMs }: { readonly lengthS: number; readonly beganMs: number }, windowS: number): string {
  const last = Math.floor(lengthS / SEGMENT_S);
  const first = Math.max(0, last - Math.floor(windowS / SEGMENT_S));
  const rows = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${SEGMENT_S}`, `#EXT-X-MEDIA-SEQUENCE:${first}`];
  rows.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${Math.ceil(first / ROUND)}`, '#EXT-X-MAP:URI="a-init.mp4"');
  for (let index = first; index < last; index++) {
    if (index % ROUND === 0 && index > first) rows.push('#EXT-X-DISCONTINUITY', '#EXT-X-MAP:URI="a-init.mp4"');
    rows.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(beganMs + index * SEGMENT_S * 1000).toISOString()}`);
    rows.push(`#EXTINF:${SEGMENT_S}.000,`, `s${index}-a${index % ROUND}.m4s`);
  }
  return `${rows.join('\n')}\n`;
}
