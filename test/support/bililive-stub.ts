import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** bililive-go as its HTTP API shows it (v0.8, `docs/API.md`), with rooms that tests put on the air. */

export interface BililiveStub {
  readonly url: string;
  /** `GET /api/lives` …, in order. */
  readonly requests: readonly string[];
  /** What it lists. */
  lives(): readonly { readonly live_url: string; readonly listening: boolean; readonly recording: boolean }[];
  /** Somebody broadcasts at that address: recorded from now on if it is listened to. The film is what is recorded of it. */
  goLive(liveUrl: string, filmPath: string): Promise<void>;
  /** The broadcast is over: the file is whole. */
  goOff(liveUrl: string): void;
  /** No connection is answered any more, and those there are break; `rise` is its return. */
  fall(): Promise<void>;
  rise(): Promise<void>;
  close(): Promise<void>;
}

export interface BililiveWish {
  /** Rooms that it knows how to watch; everything else it only logs. */
  readonly takes?: RegExp;
  readonly hostName?: string;
  /** Of its wall, by which it names files; default 8 h, Shanghai. */
  readonly zoneMs?: number;
}

interface Room {
  readonly id: string;
  readonly url: string;
  listening: boolean;
  onAir: boolean;
  film: Buffer | null;
  beganMs: number | null;
}

interface Kept {
  readonly bytes: Buffer;
  readonly modifiedMs: number;
}

const PLATFORM = '哔哩哔哩';

export async function startBililive(wish: BililiveWish = {}): Promise<BililiveStub> {
  const { takes = /bilibili\.com/, hostName = '主播 A', zoneMs = 8 * 3_600_000 } = wish;
  const rooms = new Map<string, Room>();
  const air = new Map<string, Buffer>();
  const files = new Map<string, Kept>();
  const followers = new Set<ServerResponse>();
  const requests: string[] = [];

  const shown = ({ id, url, listening, onAir, beganMs }: Room) => ({
    ...{ id, live_url: url, platform_cn_name: PLATFORM, host_name: hostName, room_name: 'Room / 1', nick_name: '' },
    ...{ status: onAir, listening, recording: beganMs !== null, recording_preparing: false, initializing: false },
    ...(beganMs === null ? {} : { last_start_time_unix: Math.floor(beganMs / 1000) }),
    ...{ audio_only: false, notify_only: false },
  });
  const tell = (type: string, room: Room): void => {
    const data = JSON.stringify({ type, room_id: room.id, data: shown(room) });
    for (const follower of followers) follower.write(`event: ${type}\ndata: ${data}\n\n`);
  };
  /** It records by itself what it listens to, and closes the file when it does no more. */
  const settle = (room: Room): void => {
    const records = room.listening && room.onAir;
    if (records && room.beganMs === null) room.beganMs = Date.now();
    else if (!records && room.beganMs !== null) {
      const clock = new Date(room.beganMs + zoneMs).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
      const name = `[${clock}][${hostName}][Room _ 1].flv`;
      files.set(`${PLATFORM}/${hostName}/${name}`, { bytes: room.film ?? Buffer.alloc(0), modifiedMs: Date.now() });
      room.beganMs = null;
    }
  };
  const followAir = (room: Room): void => {
    room.film = air.get(room.url) ?? room.film;
    room.onAir = air.has(room.url);
    settle(room);
    tell('live_update', room);
  };

  const add = (wanted: { readonly url?: unknown; readonly listen?: unknown }): Room | null => {
    const given = typeof wanted.url === 'string' ? wanted.url.trim() : '';
    const url = /^https?:/.test(given) ? given : `https://${given}`;
    const id = createHash('md5').update(url).digest('hex');
    // "The room exists already", "no such platform": only its log says so.
    if (!takes.test(url) || rooms.has(id)) return null;
    const room: Room = { id, url, listening: wanted.listen === true, onAir: false, film: null, beganMs: null };
    rooms.set(id, room);
    tell('list_change', room);
    followAir(room);
    return room;
  };

  const answer = (response: ServerResponse, value: unknown, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const refuse = (response: ServerResponse, status: number, why: string): void =>
    answer(response, { err_no: status, err_msg: why, data: null }, status);
  const listed = () => [...rooms.values()].map(shown).sort((a, b) => (a.id < b.id ? -1 : 1));

  const folder = (response: ServerResponse, path: string): void => {
    const inside = [...files].filter(([name]) => path === '' || name.startsWith(`${path}/`));
    const rest = inside.map(([name, kept]) => [name.slice(path === '' ? 0 : path.length + 1), kept] as const);
    if (inside.length === 0 && path !== '') {
      answer(response, { err_no: 0, err_msg: '获取目录失败', data: null });
      return;
    }
    const names = new Map(
      rest.map(([name, { bytes, modifiedMs }]) => {
        const [first = '', ...below] = name.split('/');
        const isFolder = below.length > 0;
        const size = isFolder ? {} : { size: bytes.length };
        return [first, { is_folder: isFolder, name: first, last_modified: Math.floor(modifiedMs / 1000), size: 0, ...size }];
      }),
    );
    answer(response, { files: [...names.values()], path });
  };

  const action = (response: ServerResponse, id: string, what: string): void => {
    const room = rooms.get(id);
    if (room === undefined) {
      refuse(response, 404, `live id: ${id} can not find`);
      return;
    }
    if (what === 'start' || what === 'stop') {
      const wanted = what === 'start';
      if (room.listening === wanted) {
        refuse(response, 400, wanted ? 'listener already exists' : 'listener does not exist');
        return;
      }
      room.listening = wanted;
      settle(room);
      tell('list_change', room);
    }
    answer(response, shown(room));
  };

  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*$/, ''));
    requests.push(`${request.method ?? ''} ${path}`);
    const [, id = '', what = ''] = /^\/api\/lives\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (path === '/api/info') answer(response, { app_name: 'BiliLive-go', app_version: '0.8.0-rc.8', platform: 'linux' });
    else if (path === '/api/lives' && request.method === 'GET') answer(response, listed());
    else if (path === '/api/lives') {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const wanted = JSON.parse(body) as { url?: unknown; listen?: unknown }[];
        answer(
          response,
          wanted.map(add).flatMap((room) => (room === null ? [] : [shown(room)])),
        );
      });
    } else if (id !== '' && request.method === 'DELETE') {
      const room = rooms.get(id);
      if (room === undefined) refuse(response, 404, `live id: ${id} can not find`);
      else {
        rooms.delete(id);
        answer(response, { err_no: 0, err_msg: '', data: 'OK' });
      }
    } else if (id !== '') action(response, id, what);
    else if (path.startsWith('/api/file/')) folder(response, path.slice('/api/file/'.length));
    else if (path === '/api/sse') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      followers.add(response);
      response.once('close', () => followers.delete(response));
    } else {
      const kept = path.startsWith('/files/') ? files.get(path.slice('/files/'.length)) : undefined;
      if (kept === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-length': kept.bytes.length }).end(kept.bytes);
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const fall = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await listen(0);
  const roomAt = (url: string): Room | undefined => [...rooms.values()].find((room) => room.url === url);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    requests,
    lives: listed,
    goLive: async (url, filmPath) => {
      air.set(url, await readFile(filmPath));
      const room = roomAt(url);
      if (room !== undefined) followAir(room);
    },
    goOff: (url) => {
      air.delete(url);
      const room = roomAt(url);
      if (room !== undefined) followAir(room);
    },
    fall,
    rise: async () => {
      await listen(port);
    },
    close: async () => {
      if (server.listening) await fall();
    },
  };
}
