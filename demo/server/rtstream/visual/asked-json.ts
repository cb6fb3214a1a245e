import { namedShape, shapeOf, type AskedField, type AskedShape } from './asked-shape.ts';
import { findTemplate } from './json-template.ts';

/** JSON as a prompt asks for it: which keys of which types, filled with what is known by their meaning, `null` for the rest. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One value that is asked for. */
export interface AskedValue {
  /** Keys from the root; of a list's items their list's. */
  readonly path: readonly string[];
  /** The last of them; '' = the prompt asks for a list at the root, or for JSON without saying which. */
  readonly name: string;
  /** Its description or example as the prompt has it. */
  readonly hint: string;
  readonly shape: AskedShape;
}

/** What is known of a value; `undefined` or `null` = nothing. It is brought into the asked type, or left out when it does not fit. */
export type Know = (value: AskedValue) => unknown;

/** The shape that the prompt asks for. Null: it does not ask for JSON. Kind `any`: JSON, but not which keys. */
export function askedJson(prompt: string): AskedShape | null {
  const asksForIt = /\bjson\b/i.test(prompt);
  const template = findTemplate(prompt);
  if (template !== null && (asksForIt || (template.kind === 'object' && template.quoted))) return shapeOf(template);
  if (!asksForIt) return null;
  const fields = listedFields(prompt);
  return fields.length === 0 ? { kind: 'any', hint: '' } : { kind: 'object', fields, hint: '' };
}

/** Everything that is known in the asked shape. The answer `fits`. */
export function fillAsked(shape: AskedShape, know: Know, path: readonly string[] = []): Json {
  if (shape.kind === 'object')
    return Object.fromEntries(shape.fields.map((field) => [field.name, fillAsked(field.shape, know, [...path, field.name])]));
  return broughtInto(shape, know({ path, name: path.at(-1) ?? '', hint: shape.hint, shape }));
}

/** A value in the asked shape: unknown keys left out, missing and unfitting ones `null`. For what models answer. */
export function broughtInto(shape: AskedShape, value: unknown): Json {
  if (value === undefined || value === null) return shape.kind === 'object' ? fillAsked(shape, () => null) : null;
  switch (shape.kind) {
    case 'any':
      return plain(value);
    case 'boolean':
      return asBoolean(value);
    case 'number':
      return asNumber(value);
    case 'text':
      return asText(value);
    case 'choice':
      return shape.options.find((option) => option.toLowerCase() === asText(value)?.toLowerCase()) ?? null;
    case 'list': {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      return items.map((item) => broughtInto(shape.of, item)).filter((item) => item !== null);
    }
    case 'object': {
      const from = typeof value === 'object' ? new Map(Object.entries(value)) : new Map<string, unknown>();
      return Object.fromEntries(shape.fields.map((field) => [field.name, broughtInto(field.shape, from.get(field.name))]));
    }
  }
}

/** Every asked key is there, no other one, each of its type or `null`. */
export function fits(shape: AskedShape, value: unknown): boolean {
  if (value === null) return true;
  switch (shape.kind) {
    case 'any':
      return value !== undefined;
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
      return typeof value === 'string';
    case 'choice':
      return typeof value === 'string' && shape.options.includes(value);
    case 'list':
      return Array.isArray(value) && value.every((item) => fits(shape.of, item));
    case 'object': {
      if (typeof value !== 'object' || Array.isArray(value)) return false;
      const given = new Map<string, unknown>(Object.entries(value));
      return (
        given.size === shape.fields.length &&
        shape.fields.every(({ name, shape: of }) => given.has(name) && fits(of, given.get(name)))
      );
    }
  }
}

const BULLET = /^\s*(?:[-*•]|\d+[.)])\s*[`"'*]*([A-Za-z_]\w*)[`"'*]*\s*(?:\(([^)]*)\))?\s*(?:[:–—-]\s*(.*))?$/;
const AFTER = /\b(?:keys?|fields?|properties|property|attributes?|containing|with)\b\s*(?:named|called|for|are|of)?\s*:?\s*/gi;
const ITEM = /^(?:and\s+|the\s+)?[`"']?([A-Za-z_]\w*)[`"']?\s*(?:\(([^)]*)\)|:\s*([^,;]+))?$/;

/** `- app_name: name of the app` on lines of their own, or "with the keys app_name, activity and contains_text (boolean)". */
function listedFields(prompt: string): readonly AskedField[] {
  const bullets = prompt.split('\n').flatMap((line) => {
    const [, name, type = '', description = ''] = BULLET.exec(line.slice(0, 400)) ?? [];
    return name === undefined
      ? []
      : [{ name, shape: namedShape(name, [type, description].filter((part) => part !== '').join(' - ')) }];
  });
  if (bullets.length > 0) return distinct(bullets);
  for (const { index, 0: found } of prompt.matchAll(AFTER)) {
    const [rest = ''] = prompt.slice(index + found.length, index + found.length + 1000).split(/[.;](?:\s|$)|\n\n/);
    const items = rest.split(/\s*,\s*(?![^(]*\))|\s+and\s+(?![^(]*\))/).map((item) => ITEM.exec(item.trim()));
    const whole = items.flatMap((item) =>
      item?.[1] === undefined ? [] : [{ name: item[1], shape: namedShape(item[1], item[2] ?? item[3] ?? '') }],
    );
    if (whole.length > 0 && whole.length === items.length) return distinct(whole);
  }
  return [];
}

function distinct(fields: readonly AskedField[]): readonly AskedField[] {
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}

function asBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value > 0;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'string') return null;
  return /^(?:true|yes)$/i.test(value.trim()) ? true : /^(?:false|no)$/i.test(value.trim()) ? false : null;
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'string' && /^\s*[-+]?\d+(?:\.\d+)?\s*%?\s*$/.test(value)) return Number.parseFloat(value);
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value)
    ? value
        .map(asText)
        .filter((item) => item !== null)
        .join(', ')
    : null;
}

/** What JSON can hold of it. */
function plain(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)])) : null;
}
