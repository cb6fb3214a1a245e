import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A socket, with everything that it heard. */

export interface Followed {
  readonly heard: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
  readonly closed: () => number | null;
  readonly socket: WebSocket;
  /** Resolves when something of this type was heard, or it is closed; rejects after 10 s. */
  until(type: string): Promise<void>;
}

export async function follow(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Followed> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
  const heard: { type: string; data: Record<string, unknown> }[] = [];
  let code: number | null = null;
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as (typeof heard)[number]));
  socket.on('close', (closed) => (code = closed));
  socket.on('error', () => (code ??= 0));
  const followed: Followed = {
    heard,
    socket,
    closed: () => code,
    until: async (type) => {
      for (let tries = 0; tries < 1000; tries += 1) {
        if (code !== null || heard.some((message) => message.type === type)) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`no ${type} within 10 s`);
    },
  };
  await Promise.race([once(socket, 'open'), once(socket, 'close')]).catch(() => undefined);
  return followed;
}
