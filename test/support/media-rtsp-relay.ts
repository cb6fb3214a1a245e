import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';

/** An RTSP server (RFC 2326) with one path: one client publishes to it over TCP, others pull what it publishes. */

export interface RtspRelay {
  /** Both to publish to and to pull from. */
  readonly url: string;
  /** Passes nothing on while true; connections stay. */
  freeze(frozen: boolean): void;
  close(): Promise<void>;
}

interface Client {
  readonly socket: Socket;
  playing: boolean;
  /** Channel of the publisher → channel of this client. */
  readonly channels: Map<number, number>;
}

/** RTCP (RFC 3550 §6.4.1). */
const SENDER_REPORT = 200;

export async function startRtspRelay(): Promise<RtspRelay> {
  const clients = new Set<Client>();
  let description: string | null = null;
  let publisher: Client | null = null;
  let frozen = false;
  /** By channel of the publisher: its last report of how the clocks of its tracks stand to each other. */
  const reports = new Map<number, Buffer>();

  const server = createServer((socket) => {
    const client: Client = { socket, playing: false, channels: new Map() };
    clients.add(client);
    let pending = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      pending = Buffer.concat([pending, bytes]);
      for (;;) {
        const size = messageSize(pending);
        if (size === null) return;
        const message = pending.subarray(0, size);
        pending = pending.subarray(size);
        if (message[0] === 0x24) relay(client, message);
        else answer(client, message.toString('utf8'));
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clients.delete(client);
      if (publisher !== client) return;
      publisher = null;
      description = null;
      reports.clear();
      for (const { socket: other } of clients) other.end();
    });
  });

  function relay(from: Client, packet: Buffer): void {
    if (from === publisher && packet[5] === SENDER_REPORT) reports.set(packet[1] ?? 0, Buffer.from(packet));
    if (frozen || from !== publisher) return;
    for (const { socket, playing, channels } of clients) {
      const channel = channels.get(packet[1] ?? 0);
      if (!playing || channel === undefined) continue;
      const copy = Buffer.from(packet);
      copy[1] = channel;
      socket.write(copy);
    }
  }

  function answer(client: Client, request: string): void {
    const [head = '', body = ''] = request.split('\r\n\r\n', 2);
    const [line = '', ...fields] = head.split('\r\n');
    const [method = '', target = ''] = line.split(' ');
    const headers = new Map(
      fields.map((field) => [field.split(':')[0]?.toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]),
    );
    const reply = (status: string, extra: readonly string[] = [], content = ''): void => {
      const lines = [`RTSP/1.0 ${status}`, `CSeq: ${headers.get('cseq') ?? '0'}`, 'Session: 1', ...extra];
      if (content !== '') lines.push('Content-Type: application/sdp', `Content-Length: ${String(Buffer.byteLength(content))}`);
      client.socket.write(`${lines.join('\r\n')}\r\n\r\n${content}`);
    };
    switch (method) {
      case 'OPTIONS':
        reply('200 OK', ['Public: OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, RECORD, TEARDOWN']);
        break;
      case 'ANNOUNCE':
        description = body;
        publisher = client;
        reply('200 OK');
        break;
      case 'DESCRIBE':
        if (description === null) reply('404 Not Found');
        else reply('200 OK', [`Content-Base: ${target}/`], description);
        break;
      case 'SETUP': {
        const track = Number(/streamid=(\d+)/.exec(target)?.[1] ?? 0);
        const [, first = '0', second = '1'] = /interleaved=(\d+)-(\d+)/.exec(headers.get('transport') ?? '') ?? [];
        client.channels.set(track * 2, Number(first)).set(track * 2 + 1, Number(second));
        reply('200 OK', [`Transport: RTP/AVP/TCP;unicast;interleaved=${first}-${second}`]);
        break;
      }
      case 'PLAY':
        client.playing = true;
        reply('200 OK');
        // As servers and cameras do: whoever joins later would take the first packets of all tracks for those of one moment.
        for (const [from, report] of reports) {
          const channel = client.channels.get(from);
          if (channel === undefined) continue;
          report[1] = channel;
          client.socket.write(Buffer.from(report));
        }
        break;
      case 'TEARDOWN':
        reply('200 OK');
        client.socket.end();
        break;
      default:
        reply('200 OK');
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `rtsp://127.0.0.1:${String(port)}/camera`,
    freeze(wish) {
      frozen = wish;
    },
    async close() {
      for (const { socket } of clients) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Bytes of the first message, null = it is not all there yet. */
function messageSize(bytes: Buffer): number | null {
  if (bytes.length < 4) return null;
  if (bytes[0] === 0x24) {
    const size = 4 + bytes.readUInt16BE(2);
    return bytes.length >= size ? size : null;
  }
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = Number(/content-length:\s*(\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1] ?? 0);
  return bytes.length >= head + 4 + length ? head + 4 + length : null;
}
