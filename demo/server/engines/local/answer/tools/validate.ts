import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import type { JsonSchema } from './slots.ts';

/** Arguments checked against a tool's schema (ajv), whoever wrote the schema. */

/** A CommonJS module whose default export TypeScript and Node see one level apart. */
const addFormats = ajvFormats as unknown as { readonly default: (ajv: Ajv) => unknown };

/** A pattern that could take for ever on a short value: a repeated group that repeats inside. */
const SLOW_PATTERN = /\([^)]*[+*][^)]*\)\s*[+*{]|\(\?[=!<]|\\[1-9]/;
const MAX_PATTERN = 300;
const MAX_SCHEMA_CHARS = 60_000;

/** A patterns engine that refuses slow patterns: a client's schema must not stop the gateway. */
const guarded = Object.assign(
  (pattern: string, flags: string) =>
    SLOW_PATTERN.test(pattern) || pattern.length > MAX_PATTERN ? /(?:)/ : new RegExp(pattern, flags),
  {
    code: 'new RegExp',
  },
);

/** Compiled at first use: most parameters of most tools are never filled. Null when the schema itself is not usable. */
export class Validators {
  readonly #known = new Map<JsonSchema, ValidateFunction | null>();
  readonly #definitions: JsonSchema;
  #ajv: Ajv | null = null;

  /** `root`: the tool's parameters, whose definitions its properties may refer to. */
  constructor(root: JsonSchema) {
    this.#definitions = Object.fromEntries(
      ['$defs', 'definitions'].flatMap((name) => (root[name] === undefined ? [] : [[name, root[name]]])),
    );
  }

  of(schema: JsonSchema): ValidateFunction | null {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    const compiled = this.#compile({ ...this.#definitions, ...schema });
    this.#known.set(schema, compiled);
    return compiled;
  }

  #compile(schema: JsonSchema): ValidateFunction | null {
    if (JSON.stringify(schema).length > MAX_SCHEMA_CHARS) return null;
    if (this.#ajv === null) {
      // One instance a tool: `$id`s of different sessions never meet, and it goes when the tool goes.
      this.#ajv = new Ajv({
        strict: false,
        allErrors: true,
        validateFormats: true,
        addUsedSchema: false,
        code: { regExp: guarded },
      });
      addFormats.default(this.#ajv);
    }
    try {
      return this.#ajv.compile(schema);
    } catch {
      // A schema that ajv refuses is the client's mistake: its tool is not called, and `limits` of the turn say nothing of it.
      return null;
    }
  }
}
