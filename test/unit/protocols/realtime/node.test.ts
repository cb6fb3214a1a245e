import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { firstValueFrom, NEVER, of, Subject, takeWhile, toArray } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { realtime } from '../../../../src/protocols/realtime/realtime.ts';
import type { Downlink, Uplink } from '../../../../src/shared/wire.ts';
import { audioDone, created, delta, done, frame, session } from './talk.ts';

/** The operator in Node with the package `ws`, over a real loopback socket. */

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

async function serve(options: object = {}): Promise<{ server: WebSocketServer; url: string }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'realtime', ...options });
  servers.push(server);
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/realtime` };
}

describe('realtime() in Node', () => {
  it('talks with ws injected, and hangs up properly', async () => {
    const { server, url } = await serve();
    const heard: string[] = [];
    const closed = new Promise<number>((resolve) => {
      server.on('connection', (ws) => {
        const say = (...events: object[]): void => {
          for (const event of events) ws.send(JSON.stringify(event));
        };
        say({ type: 'session.created', session: session() });
        ws.on('message', (data: Buffer) => {
          const { type } = JSON.parse(data.toString()) as { type: string };
          heard.push(type);
          if (type === 'session.update') say({ type: 'session.updated', session: session() });
          if (type === 'input_audio_buffer.append') say(created(), delta(40), audioDone(), done());
        });
        ws.on('close', resolve);
      });
    });
    const up$ = new Subject<Uplink>();
    const told$ = up$.pipe(
      realtime({ url, WebSocket, token: () => of({ token: 'ek_1', expiresAt: null }) }),
      takeWhile(({ type }) => type !== 'response-ended', true),
      toArray(),
    );
    const told = firstValueFrom(told$);
    up$.next(frame(0));
    expect((await told).map(({ type }: Downlink) => type)).toEqual([
      'opened',
      'ready',
      'response-started',
      'audio',
      'audio-ended',
      'response-ended',
    ]);
    expect(await closed).toBe(1000);
    expect(heard).toEqual(['session.update', 'input_audio_buffer.append']);
  });

  it.each([
    [401, 'token-refused'],
    [403, 'origin-refused'],
    [503, 'server-busy'],
  ])('a handshake answered with %i is %s', async (status, code) => {
    const { url } = await serve({
      verifyClient: (_: unknown, reply: (ok: boolean, status: number) => void) => reply(false, status),
    });
    await expect(firstValueFrom(NEVER.pipe(realtime({ url, WebSocket })))).rejects.toMatchObject({ code });
  });

  it('nobody there is a refusal worth another try, and leaving early throws nothing', async () => {
    const { server, url } = await serve();
    await new Promise((resolve) => server.close(resolve));
    await expect(firstValueFrom(NEVER.pipe(realtime({ url, WebSocket })))).rejects.toMatchObject({
      code: 'socket-refused',
      retryable: true,
    });
    const { url: other } = await serve();
    NEVER.pipe(realtime({ url: other, WebSocket }))
      .subscribe()
      .unsubscribe();
  });
});
