/** What carries the messages of one connection: a WebSocket or raw TCP. */
export interface Link {
  /** Text goes where messages are text. */
  send(data: Uint8Array | string): void;
  /** Bytes that were sent and not taken by the network yet. */
  waiting(): number;
  /** Whether the peer is read. */
  read(wanted: boolean): void;
  /** Ends it in order. */
  close(): void;
  /** Ends it at once. */
  drop(): void;
}
