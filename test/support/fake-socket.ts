import type { SocketConstructor, SocketLike } from '../../src/protocols/socket.ts';

/** What a test may look at and do on the server's end of one connection. */
export interface FakeConnection {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** What the client sent, in order. */
  readonly sent: string[];
  /** The code the client closed with; null while it has not. */
  readonly closedWith: number | null;
  /** Bytes the wire pretends not to have taken yet. */
  bufferedAmount: number;
  open(): void;
  /** A string goes as it is, an object as JSON, bytes as a binary frame. */
  receive(message: object | string): void;
  /** The server hangs up. */
  close(code: number, reason?: string): void;
  /** The client's JSON messages. */
  readonly messages: readonly Record<string, unknown>[];
}

/** A WebSocket without a network: `connections` lists what was opened, oldest first, and each one plays the server on demand. */
export function fakeSocket(onConnection?: (connection: FakeConnection) => void): {
  readonly WebSocket: SocketConstructor;
  readonly connections: FakeConnection[];
} {
  const connections: FakeConnection[] = [];

  class FakeSocket implements SocketLike, FakeConnection {
    binaryType = 'blob';
    bufferedAmount = 0;
    protocol = '';
    readyState = 0;
    onopen: ((event: never) => void) | null = null;
    onmessage: ((event: never) => void) | null = null;
    onclose: ((event: never) => void) | null = null;
    onerror: ((event: never) => void) | null = null;
    readonly sent: string[] = [];
    closedWith: number | null = null;
    readonly url: string;
    readonly protocols: readonly string[];
    readonly headers: Readonly<Record<string, string>>;

    constructor(url: string, protocols: string[] = [], options: { headers?: Record<string, string> } = {}) {
      this.url = url;
      this.protocols = protocols;
      this.headers = options.headers ?? {};
      connections.push(this);
      onConnection?.(this);
    }

    get messages(): readonly Record<string, unknown>[] {
      return this.sent.map((text) => JSON.parse(text) as Record<string, unknown>);
    }

    send(data: string | ArrayBufferLike | ArrayBufferView): void {
      if (this.readyState === 0) throw new Error('send before open');
      if (this.readyState === 1) this.sent.push(data as string);
    }

    open(): void {
      this.readyState = 1;
      this.#fire(this.onopen, {});
    }

    receive(message: object | string): void {
      if (this.readyState !== 1) return;
      const binary = message instanceof ArrayBuffer || ArrayBuffer.isView(message);
      this.#fire(this.onmessage, { data: typeof message === 'string' || binary ? message : JSON.stringify(message) });
    }

    close(code = 1005, reason?: string): void {
      if (this.readyState === 3) return;
      const byServer = reason !== undefined || this.onclose !== null;
      this.readyState = 3;
      if (byServer) this.#fire(this.onclose, { code, reason: reason ?? '', wasClean: code !== 1006 });
      else this.closedWith = code;
    }

    #fire(listener: ((event: never) => void) | null, event: object): void {
      listener?.(event as never);
    }
  }

  return { WebSocket: FakeSocket, connections };
}
