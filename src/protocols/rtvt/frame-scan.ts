import { AssistantError } from '../../shared/errors.ts';

/**
 * One walk over a msgpack body before it is decoded: what a decoder would pay for (deep nests, lists that claim more than they hold) is
 * refused, and floats are told apart from integers, which JavaScript cannot do afterwards.
 */

const MOST_DEEP = 8;
const MOST_FIELDS = 128;
const MOST_ITEMS = 4096;

const utf8 = new TextDecoder();
const bad = (what: string): AssistantError => new AssistantError('bad-message', `msgpack: ${what}`, { field: 'body' });

/** Bytes behind the head byte of what has a fixed size, 0xc0…0xdf; -1 = sized by itself. */
const FIXED = [0, -1, 0, 0, -1, -1, -1, -1, -1, -1, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17, -1, -1, -1, -1, -1, -1, -1];

/**
 * Throws `bad-message` when `body` is anything but exactly one map whose keys are strings. Returns the names of the fields that are
 * floats, null when none is.
 */
export function scan(body: Uint8Array): readonly string[] | null {
  const head = body[0] ?? -1;
  let count: number;
  let at = 1;
  if (head >= 0x80 && head < 0x90) count = head & 0x0f;
  else if (head === 0xde) [count, at] = [sized(body, 1, 2), 3];
  else if (head === 0xdf) [count, at] = [sized(body, 1, 4), 5];
  else throw bad('not a map');
  if (count > MOST_FIELDS) throw bad('too many fields');
  let floats: string[] | null = null;
  for (; count > 0; count--) {
    const key = body[at] ?? -1;
    if (!(key >= 0xa0 && key < 0xc0) && !(key >= 0xd9 && key <= 0xdb)) throw bad('a key is not a string');
    const value = past(body, at, 0);
    if (body[value] === 0xca || body[value] === 0xcb) {
      const from = at + (key < 0xc0 ? 1 : 2 ** (key - 0xd9) + 1);
      (floats ??= []).push(utf8.decode(body.subarray(from, value)));
    }
    at = past(body, value, 0);
  }
  if (at !== body.length) throw bad('bytes behind the map');
  return floats;
}

/** The offset behind the value at `at`. */
function past(body: Uint8Array, at: number, depth: number): number {
  const head = body[at];
  if (head === undefined) throw bad('cut off');
  if (head < 0x80 || head >= 0xe0) return at + 1;
  if (head < 0x90) return items(body, at + 1, (head & 0x0f) * 2, depth);
  if (head < 0xa0) return items(body, at + 1, head & 0x0f, depth);
  if (head < 0xc0) return within(body, at + 1 + (head & 0x1f));
  const fixed = FIXED[head - 0xc0] ?? -1;
  if (fixed >= 0) return within(body, at + 1 + fixed);
  switch (head) {
    case 0xc4:
    case 0xd9:
      return within(body, at + 2 + sized(body, at + 1, 1));
    case 0xc5:
    case 0xda:
      return within(body, at + 3 + sized(body, at + 1, 2));
    case 0xc6:
    case 0xdb:
      return within(body, at + 5 + sized(body, at + 1, 4));
    case 0xc7:
      return within(body, at + 3 + sized(body, at + 1, 1));
    case 0xc8:
      return within(body, at + 4 + sized(body, at + 1, 2));
    case 0xc9:
      return within(body, at + 6 + sized(body, at + 1, 4));
    case 0xdc:
      return items(body, at + 3, sized(body, at + 1, 2), depth);
    case 0xdd:
      return items(body, at + 5, sized(body, at + 1, 4), depth);
    case 0xde:
      return items(body, at + 3, sized(body, at + 1, 2) * 2, depth);
    case 0xdf:
      return items(body, at + 5, sized(body, at + 1, 4) * 2, depth);
    default:
      throw bad('0xc1');
  }
}

function items(body: Uint8Array, from: number, count: number, depth: number): number {
  if (depth >= MOST_DEEP) throw bad('nested too deep');
  if (count > MOST_ITEMS) throw bad('a list is too long');
  let at = from;
  for (; count > 0; count--) at = past(body, at, depth + 1);
  return at;
}

/** The big-endian count of `width` bytes at `at`. */
function sized(body: Uint8Array, at: number, width: 1 | 2 | 4): number {
  within(body, at + width);
  let count = 0;
  for (let index = at; index < at + width; index++) count = count * 256 + (body[index] ?? 0);
  return count;
}

function within(body: Uint8Array, end: number): number {
  if (end > body.length) throw bad('cut off');
  return end;
}
