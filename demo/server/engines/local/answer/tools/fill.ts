import type { ValidateFunction } from 'ajv';
import type { Term } from '../../../../knowledge/terms.ts';
import { fillChoices } from './fill-choice.ts';
import { fillText } from './fill-text.ts';
import { fillTyped } from './fill-typed.ts';
import type { Slot } from './slots.ts';
import type { Filling } from './span.ts';
import type { Utterance } from './utterance.ts';
import type { Validators } from './validate.ts';

/** A tool's arguments from an utterance: each value read, fitted to its schema, and what is still missing. */

export interface Filled {
  readonly fillings: readonly Filling[];
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Required and not said. */
  readonly missing: readonly Slot[];
}

export interface Fillable {
  readonly slots: readonly Slot[];
  /** Terms of name and description. */
  readonly own: readonly Term[];
  readonly validators: Validators;
}

/** `before`: what earlier turns gave; new values win. */
export function fill(tool: Fillable, utterance: Utterance, before: Readonly<Record<string, unknown>> = {}): Filled {
  const typed = fillTyped(tool.slots, utterance);
  const chosen = fillChoices(tool.slots, utterance, typed);
  const free = fillText(tool.slots, utterance, [...typed, ...chosen], tool.own);
  const args = structuredClone(before) as Record<string, unknown>;
  const kept: Filling[] = [];
  for (const filling of [...typed, ...chosen, ...free]) {
    const value = firstValid(filling, tool.validators.of(filling.slot.schema));
    if (value === undefined) continue;
    put(args, filling.slot.path, value);
    kept.push({ ...filling, values: [value] });
  }
  return {
    fillings: kept,
    arguments: args,
    missing: tool.slots.filter((slot) => slot.required && valueAt(args, slot.path) === undefined),
  };
}

/** Null as validator: the schema could not be read, nothing is trusted. */
function firstValid(filling: Filling, validate: ValidateFunction | null): unknown {
  return validate === null ? undefined : filling.values.find((value) => validate(value));
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = typeof target[name] === 'object' && target[name] !== null ? (target[name] as Record<string, unknown>) : {};
  target[name] = inner;
  put(inner, rest, value);
}

export function valueAt(source: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined),
    source,
  );
}
