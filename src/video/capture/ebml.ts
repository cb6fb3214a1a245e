/** Elements of EBML, the binary tree that WebM is written in (RFC 8794). */

export interface Element {
  readonly id: number;
  /** First byte of what is inside. */
  readonly from: number;
  /** Behind its last byte; null = its size was not known when it was written. */
  readonly to: number | null;
}

/** The element at `at`, or null while its head is not whole. Throws a RangeError where there can be none. */
export function elementAt(bytes: Uint8Array, at: number): Element | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const idLength = Math.clz32(first) - 23;
  if (idLength > 4) throw new RangeError('no EBML element begins here');
  const sizeAt = at + idLength;
  const sizeFirst = bytes[sizeAt];
  if (sizeFirst === undefined) return null;
  const sizeLength = Math.clz32(sizeFirst) - 23;
  if (sizeLength > 8) throw new RangeError('no EBML size stands here');
  const from = sizeAt + sizeLength;
  if (from > bytes.length) return null;
  let id = 0;
  for (let index = at; index < sizeAt; index += 1) id = id * 256 + (bytes[index] ?? 0);
  let size = sizeFirst & (0xff >> sizeLength);
  let unknown = size === 0xff >> sizeLength;
  for (let index = sizeAt + 1; index < from; index += 1) {
    const byte = bytes[index] ?? 0;
    unknown &&= byte === 0xff;
    size = size * 256 + byte;
  }
  return { id, from, to: unknown ? null : from + size };
}

export function unsigned(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

/** Elements inside `[from, to)` of what is whole. */
export function* elements(bytes: Uint8Array, from: number, to: number): Generator<Element & { readonly to: number }> {
  for (let at = from; at < to;) {
    const element = elementAt(bytes, at);
    if (element === null) return;
    const end = Math.min(element.to ?? to, to);
    yield { ...element, to: end };
    at = end;
  }
}
