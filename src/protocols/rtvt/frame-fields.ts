import { RTVT_CODE, RtvtError } from './messages-errors.ts';

/** What a field may be read as. */
type Kind = 'int' | 'id' | 'text' | 'name' | 'flag' | 'bytes' | 'texts' | 'lists';

/** The fields of one message, each checked when it is read: a missing one is error 10009, one of another type 10010. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #floats: readonly string[] | null;
  readonly #asBytes: ((name: string) => unknown) | null;
  readonly #digits: boolean;

  /**
   * `floats`: fields that are floats on the wire, which no integer may be. `asBytes` reads a text field as the bytes it came as.
   * `digits`: integers may come as decimal strings (JSON of protocol B).
   */
  constructor(
    values: Readonly<Record<string, unknown>>,
    floats: readonly string[] | null = null,
    asBytes: ((name: string) => unknown) | null = null,
    digits = false,
  ) {
    this.#values = values;
    this.#floats = floats;
    this.#asBytes = asBytes;
    this.#digits = digits;
  }

  /** As decoded: 64-bit integers are BigInt. */
  get values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  /** There and not nil. */
  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] !== null;
  }

  /** The field read as `kind`; null when it is absent or nil. */
  optional<K extends Kind>(name: string, kind: K): ReturnType<Fields[K]> | null {
    return this.has(name) ? (this[kind](name) as ReturnType<Fields[K]>) : null;
  }

  /** An integer within ±2^53. */
  int(name: string): number {
    const value = this.#integer(name);
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw this.#wrong(name, 'an integer below 2^53');
    return number;
  }

  /** An integer of up to 64 bits. */
  id(name: string): bigint {
    return BigInt(this.#integer(name));
  }

  text(name: string): string {
    const value = this.#value(name);
    if (typeof value !== 'string') throw this.#wrong(name, 'a string');
    return value;
  }

  /** A string, or an integer as one: what a `uid` may be. */
  name(name: string): string {
    return typeof this.#value(name) === 'string' ? this.text(name) : String(this.#integer(name));
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    if (this.#digits && (value === 'true' || value === 'false')) return value === 'true';
    if (typeof value !== 'boolean') throw this.#wrong(name, 'true or false');
    return value;
  }

  /** A view of the message, not a copy. */
  bytes(name: string): Uint8Array {
    let value = this.#value(name);
    if (typeof value === 'string') value = this.#asBytes?.(name);
    if (!(value instanceof Uint8Array)) throw this.#wrong(name, 'binary');
    return value;
  }

  texts(name: string): readonly string[] {
    const value = this.#value(name);
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw this.#wrong(name, 'a list of strings');
    return value;
  }

  /** `{name: [string…]}`. */
  lists(name: string): Readonly<Record<string, readonly string[]>> {
    const value = this.#value(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
      throw this.#wrong(name, 'lists by name');
    const inner = new Fields(value as Readonly<Record<string, unknown>>);
    return Object.fromEntries(Object.keys(value).map((key) => [key, inner.texts(key)]));
  }

  #integer(name: string): number | bigint {
    const value = this.#value(name);
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number' && Number.isInteger(value) && this.#floats?.includes(name) !== true) return value;
    if (this.#digits && typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
    throw this.#wrong(name, 'an integer');
  }

  #value(name: string): unknown {
    if (!this.has(name)) throw new RtvtError(RTVT_CODE.keyNotFound, name, { field: name });
    return this.#values[name];
  }

  #wrong(name: string, wanted: string): RtvtError {
    return new RtvtError(RTVT_CODE.wrongType, `${name} is to be ${wanted}`, { field: name });
  }
}
