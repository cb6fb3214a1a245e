import { readChunk, readClientMessage, writeMessage, type SequencedChunk } from '../../src/protocols/capture/codec.ts';
import type { SocketLike } from '../../src/protocols/socket.ts';
import type { CaptureChannelId } from '../../src/shared/capture.ts';

/** A gateway for captures without a network: what was uploaded, in order, over as many sockets as it took. */

export interface CapturePeer {
  readonly WebSocket: new (url: string) => SocketLike;
  /** Each chunk once, per channel in order. */
  readonly chunks: SequencedChunk[];
  /** Texts as they came, over all sockets. */
  readonly said: Record<string, unknown>[];
  readonly opened: number;
  /** Breaks the open socket. */
  cut(): void;
  halt(): void;
  /** While false, nothing is acknowledged. */
  stores: boolean;
}

const later = (then: () => void): void => {
  setTimeout(then, 0);
};

export function capturePeer(): CapturePeer {
  const chunks: SequencedChunk[] = [];
  const said: Record<string, unknown>[] = [];
  const stored = new Map<CaptureChannelId, number>();
  let opened = 0;
  let current: PeerSocket | null = null;
  const told = () => [...stored].map(([channel, at]) => ({ channel, stored: at, stream: `rts-${channel}` }));

  class PeerSocket implements SocketLike {
    binaryType = 'blob';
    readonly bufferedAmount = 0;
    readonly protocol = '';
    onopen: ((event: never) => void) | null = null;
    onmessage: ((event: never) => void) | null = null;
    onclose: ((event: never) => void) | null = null;
    onerror: ((event: never) => void) | null = null;
    readonly url: string;
    #over = false;
    #last: Partial<Record<CaptureChannelId, number>> | null = null;

    constructor(url: string) {
      this.url = url;
      opened += 1;
      // eslint-disable-next-line @typescript-eslint/no-this-alias -- the test cuts the newest
      current = this;
      later(() => this.onopen?.({} as never));
    }

    send(data: string | ArrayBufferLike | ArrayBufferView): void {
      if (this.#over) return;
      if (typeof data === 'string') this.#hear(data);
      else this.#store(data as Uint8Array);
    }

    close(code = 1005): void {
      if (this.#over) return;
      this.#over = true;
      later(() => this.onclose?.({ code, reason: '' } as never));
    }

    #hear(text: string): void {
      const message = readClientMessage(text);
      said.push({ ...message });
      if (message.type === 'hello') {
        for (const { channel } of message.channels) stored.set(channel, stored.get(channel) ?? 0);
        this.tell({ type: 'ping', id: 1 });
      }
      if (message.type === 'pong') this.tell({ type: 'welcome', session: 'cap-1', channels: told() });
      if (message.type === 'dropped') stored.set(message.channel, message.to);
      if (message.type === 'stop') this.#last = message.last;
      this.#settle();
    }

    #store(frame: Uint8Array): void {
      const chunk = readChunk(frame);
      if (!peer.stores || chunk.sequence !== (stored.get(chunk.channel) ?? 0) + 1) return;
      stored.set(chunk.channel, chunk.sequence);
      chunks.push({ ...chunk, bytes: Uint8Array.from(chunk.bytes) });
      this.tell({ type: 'ack', channel: chunk.channel, stored: chunk.sequence });
      this.#settle();
    }

    #settle(): void {
      const last = this.#last;
      if (last === null) return;
      const whole = [...stored].every(([channel, at]) => at >= (last[channel] ?? 0));
      if (whole) this.tell({ type: 'stopped', channels: told() });
    }

    tell(message: Parameters<typeof writeMessage>[0]): void {
      later(() => {
        if (!this.#over) this.onmessage?.({ data: writeMessage(message) } as never);
      });
    }
  }

  const peer: CapturePeer = {
    WebSocket: PeerSocket,
    chunks,
    said,
    get opened() {
      return opened;
    },
    cut: () => current?.close(1006),
    halt: () => current?.tell({ type: 'halt' }),
    stores: true,
  };
  return peer;
}
