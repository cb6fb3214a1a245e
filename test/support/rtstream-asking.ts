import { expect } from 'vitest';
import { at, call } from './rtstream-api.ts';
import type { Json, Method, Played, Reply } from './rtstream-api.ts';

/** Asking the played API with its key, and looking at what it kept. */

export interface Asking {
  ask(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
  patch(path: string, body: unknown): Promise<Reply>;
  /** Id of a new stream. */
  connected(change?: Json): Promise<string>;
  /** Id of a new video, exported of a new stream. */
  madeVideo(): Promise<string>;
  rowOf(streamId: string): ReturnType<typeof streamRow>;
  indexOf(id: unknown): ReturnType<typeof indexRow>;
}

const streamRow = ({ database }: Played, id: string) =>
  database.selectFrom('streams').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const indexRow = ({ database }: Played, id: string) =>
  database.selectFrom('indexes').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** `played`: asked for at each call, because tests open it before they run and not before they are read. */
export function asking(played: () => Played): Asking {
  const ask: Asking['ask'] = (method, path, body, headers) => call(played(), method, path, body, headers);
  const post: Asking['post'] = (path, body = {}) => ask('POST', path, body);
  const patch: Asking['patch'] = (path, body) => ask('PATCH', path, body);
  const connected = async (change: Json = {}): Promise<string> => {
    const reply = await post('/rtstream', { url: 'rtsp://127.0.0.1/cam', name: 'Cam', ...change });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    return String(at(reply.body, 'data.id'));
  };
  return {
    ask,
    post,
    patch,
    connected,
    get: (path) => ask('GET', path),
    madeVideo: async () => {
      const id = await connected();
      played().recorded.add(id);
      await patch(`/rtstream/${id}/status`, { action: 'stop' });
      return String(at(await post(`/rtstream/${id}/export`), 'body.data.video_id'));
    },
    rowOf: (id) => streamRow(played(), id),
    indexOf: (id) => indexRow(played(), String(id)),
  };
}
