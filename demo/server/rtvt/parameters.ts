import { CODE, RtvtFault } from './fault.ts';

/** Reads the parameters of a quest one by one; a missing one is 10009, one of another type 10010, and the name is always told. */

export type Parameters = Readonly<Record<string, unknown>>;

const wrong = (name: string, wanted: string): RtvtFault => new RtvtFault(CODE.wrongType, `${name}: ${wanted} is wanted.`);

function present(parameters: Parameters, name: string): unknown {
  const value = parameters[name];
  if (value === undefined || value === null) throw new RtvtFault(CODE.keyMissing, `${name}: it is missing.`);
  return value;
}

const absent = (parameters: Parameters, name: string): boolean => parameters[name] === undefined || parameters[name] === null;

/** At most `longest` characters. */
export function text(parameters: Parameters, name: string, longest: number): string {
  const value = present(parameters, name);
  if (typeof value !== 'string') throw wrong(name, 'a string');
  if (value.length > longest) throw new RtvtFault(CODE.badParameter, `${name}: at most ${longest} characters.`);
  return value;
}

export const optionalText = (parameters: Parameters, name: string, longest: number): string | null =>
  absent(parameters, name) ? null : text(parameters, name, longest);

export function flag(parameters: Parameters, name: string, otherwise?: boolean): boolean {
  if (otherwise !== undefined && absent(parameters, name)) return otherwise;
  const value = present(parameters, name);
  if (typeof value !== 'boolean') throw wrong(name, 'a boolean');
  return value;
}

/** An integer that a double holds exactly. */
export function integer(parameters: Parameters, name: string): number {
  const value = present(parameters, name);
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw wrong(name, 'an integer');
  return number;
}

export const optionalInteger = (parameters: Parameters, name: string): number | null =>
  absent(parameters, name) ? null : integer(parameters, name);

/** A 64-bit id; JSON clients, whose numbers are not exact, may write it as decimal text. */
export function id(parameters: Parameters, name: string): bigint {
  const value = present(parameters, name);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  throw wrong(name, 'an integer');
}

/** Absent = none. */
export function texts(parameters: Parameters, name: string, longest: number): readonly string[] {
  if (absent(parameters, name)) return [];
  const value = parameters[name];
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === 'string'))
    throw wrong(name, 'an array of strings');
  if (value.length > 64 || value.some((item) => item.length > longest))
    throw new RtvtFault(CODE.badParameter, `${name}: at most 64 strings of ${longest} characters.`);
  return value;
}

/** Bytes; some SDKs write them as a string. */
export function bytes(parameters: Parameters, name: string): Uint8Array {
  const value = present(parameters, name);
  if (value instanceof Uint8Array) return value;
  throw wrong(name, 'binary data');
}
