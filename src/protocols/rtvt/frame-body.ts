import { Decoder, Encoder } from '@msgpack/msgpack';
import { AssistantError } from '../../shared/errors.ts';
import { Fields } from './frame-fields.ts';
import { scan } from './frame-scan.ts';

/** The body of a message, msgpack or JSON, to its fields and back. */

export type Encoding = 'msgpack' | 'json';

/** What a field may be. Numbers are integers; BigInt where they may pass 2^53; undefined = left out. */
export type Value =
  boolean | number | bigint | string | Uint8Array | null | undefined | readonly Value[] | { readonly [name: string]: Value };
export type Body = Readonly<Record<string, Value>>;

const encoder = new Encoder({ useBigInt64: true, ignoreUndefined: true });
const decoder = new Decoder({ useBigInt64: true });
const rawDecoder = new Decoder({ useBigInt64: true, rawStrings: true });
const utf8 = new TextDecoder();
const encodeUtf8 = new TextEncoder();

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isBytes(value);

/** The fields of `body`, binary ones as views of it. An empty body is an empty map. Throws `bad-message` for everything else than one map. */
export function decodeBody(body: Uint8Array, encoding: Encoding): Fields {
  if (body.length === 0) return new Fields({});
  if (encoding === 'json') return readJson(utf8.decode(body));
  const floats = scan(body);
  return new Fields(unpack(decoder, body), floats, (name) => unpack(rawDecoder, body)[name]);
}

function unpack(by: Decoder, body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return by.decode(body) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new AssistantError('bad-message', 'msgpack: unreadable', { cause, field: 'body' });
  }
}

/** An integer that JSON.parse would round. */
const EXACT = /^-?\d{16,20}$/;
const LONG = /\d{16}/;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** A JSON text of one object; integers that a double cannot hold stay exact and may be decimal strings, binary is base64. */
export function readJson(text: string): Fields {
  let values: unknown;
  try {
    values = JSON.parse(text);
    // Only what is JSON already is searched: in anything else a string need not end, and looking for its end takes long.
    if (LONG.test(text)) values = JSON.parse(text.replace(STRING_OR_NUMBER, (part) => (EXACT.test(part) ? `"${part}"` : part)));
  } catch (cause) {
    throw new AssistantError('bad-message', 'the body is not JSON', { cause, field: 'body' });
  }
  if (!isObject(values)) throw new AssistantError('bad-message', 'the body is not an object', { field: 'body' });
  return new Fields(values, null, (name) => fromBase64(values[name]), true);
}

/** Null for what is not base64. */
function fromBase64(text: unknown): Uint8Array | null {
  if (typeof text !== 'string' || text.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** The bytes of `body`; those of msgpack are valid until the next call. Throws `bad-message` for a number that is no integer. */
export function encodeBody(body: Body, encoding: Encoding): Uint8Array {
  return encoding === 'json' ? encodeUtf8.encode(writeJson(body)) : encoder.encodeSharedRef(shortest(body, ''));
}

/** Every integer in its shortest form, as the C++ server writes it: the encoder would make floats of large numbers, nine bytes of any BigInt. */
function shortest(value: Value, name: string): Value {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new AssistantError('bad-message', `${name} is no integer`, { field: name });
    return value > 0xffffffff || value < -0x80000000 ? BigInt(value) : value;
  }
  if (typeof value === 'bigint') return value <= 0xffffffffn && value >= -0x80000000n ? Number(value) : value;
  if (typeof value !== 'object' || value === null || isBytes(value)) return value;
  if (Array.isArray(value)) return value.map((item: Value) => shortest(item, name));
  const copy: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value as Body)) copy[key] = shortest(item, key);
  return copy;
}

/** As JSON; 64-bit integers as numbers in full, as the C++ server prints them. Binary becomes an array of numbers. */
export function writeJson(value: Value): string {
  if (typeof value === 'bigint') return value.toString();
  if (isBytes(value)) return `[${value.join(',')}]`;
  if (Array.isArray(value)) return `[${value.map((item: Value) => writeJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value as Body).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`).join(',')}}`;
}
