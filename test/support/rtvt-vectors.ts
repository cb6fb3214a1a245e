import recorded from '../fixtures/rtvt.json' with { type: 'json' };

/** What was seen on the wire between official code, ready to compare with. */

export interface Vector {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly header: { readonly version: number; readonly flag: string; readonly mtype: number; readonly ss: number };
  readonly seq: number | null;
  readonly method: string | null;
  /** Integers beyond 2^53 as BigInt, binary as bytes; null = JSON body. */
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly types: Readonly<Record<string, string>>;
}

export const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function value(listed: unknown): unknown {
  if (typeof listed !== 'object' || listed === null) return listed;
  if ('$int' in listed) return BigInt(listed.$int as string);
  if ('$bin' in listed) {
    const { len, hex } = listed.$bin as { len: number; hex: string | null };
    return hex === null ? new Uint8Array(len) : fromHex(hex);
  }
  return listed;
}

export const vectors: readonly Vector[] = recorded.frames.map((frame) => ({
  id: frame.id,
  bytes: fromHex(frame.hex),
  header: frame.header,
  seq: 'seqNum' in frame ? frame.seqNum : null,
  method: 'method' in frame ? frame.method : null,
  payload: frame.payload ? Object.fromEntries(Object.entries(frame.payload).map(([name, item]) => [name, value(item)])) : null,
  types: frame.payloadTypes ?? {},
}));

export const vector = (id: string): Vector => {
  const found = vectors.find((one) => one.id === id);
  if (!found) throw new Error(`no vector ${id}`);
  return found;
};
