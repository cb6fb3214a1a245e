import type { SocketConstructor, SocketLike } from '../../../../src/protocols/socket.ts';
import type { RtvtService, ServiceConnection } from '../../../support/rtvt-service.ts';

/** WebSockets to a scripted service over a wire that takes time; Vitest's fake clock moves it. */

export interface WireFaults {
  /** One way, ms. */
  delayMs: number;
  /** Opening fails. */
  down: boolean;
  /** Bytes vanish, the connection stands. */
  stalled: boolean;
}

export interface FakeWire {
  readonly faults: WireFaults;
  readonly urls: string[];
  readonly WebSocket: SocketConstructor;
  /** Ends the newest connection from the service's side. */
  cut(code?: number): void;
}

export function fakeWire(service: RtvtService): FakeWire {
  const wire: WireFaults = { delayMs: 10, down: false, stalled: false };
  const sockets: FakeSocket[] = [];
  const urls: string[] = [];

  class FakeSocket implements SocketLike {
    binaryType = '';
    bufferedAmount = 0;
    protocol = '';
    onopen: ((event: never) => void) | null = null;
    onmessage: ((event: never) => void) | null = null;
    onclose: ((event: never) => void) | null = null;
    onerror: ((event: never) => void) | null = null;
    closed = false;
    #connection: ServiceConnection | null = null;

    constructor(url: string) {
      urls.push(url);
      sockets.push(this);
      const { down } = wire;
      this.#later(() => {
        if (down) {
          this.end(1006);
          return;
        }
        this.#connection = service.connect((bytes) => {
          this.#later(() => this.onmessage?.({ data: bytes.slice().buffer } as never));
        });
        this.onopen?.({} as never);
      });
    }

    send(data: string | ArrayBufferLike | ArrayBufferView): void {
      // A copy now, as a socket makes: the sender may write over its bytes.
      const bytes = (data as Uint8Array).slice();
      this.#later(() => this.#connection?.take(bytes));
    }

    close(): void {
      this.closed = true;
    }

    end(code: number): void {
      if (this.closed) return;
      this.closed = true;
      this.onclose?.({ code, reason: '' } as never);
    }

    #later(work: () => void): void {
      setTimeout(() => {
        if (!this.closed && !wire.stalled) work();
      }, wire.delayMs);
    }
  }

  return { faults: wire, urls, WebSocket: FakeSocket, cut: (code = 1006) => sockets.at(-1)?.end(code) };
}
