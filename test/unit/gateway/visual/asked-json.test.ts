import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedJson, broughtInto, fillAsked, fits } from '../../../../demo/server/rtstream/visual/asked-json.ts';
import type { AskedShape } from '../../../../demo/server/rtstream/visual/asked-shape.ts';

const SCREEN = `Analyze the screen and return a JSON object with:
{
  "app_name": "name of the active application",
  "activity": "what the user is doing",
  "ui_elements": ["list of visible UI elements"],
  "contains_text": true/false,
  "dominant_colors": ["list of main colors"]
}
Return only valid JSON.`;

const kinds = (prompt: string): Record<string, string> => {
  const shape = askedJson(prompt);
  if (shape?.kind !== 'object') throw new Error(`no object: ${JSON.stringify(shape)}`);
  return Object.fromEntries(
    shape.fields.map(({ name, shape: of }) => [name, of.kind === 'list' ? `list of ${of.of.kind}` : of.kind]),
  );
};

describe('the shape that a prompt asks for', () => {
  it('is read from a template with types by example', () => {
    expect(kinds(SCREEN)).toEqual({
      app_name: 'text',
      activity: 'text',
      ui_elements: 'list of text',
      contains_text: 'boolean',
      dominant_colors: 'list of text',
    });
  });

  it.each([
    [
      'numbers, choices and types in words',
      '{"people": 0, "mood": "calm|busy", "light": <number>, "open": boolean, "name": string}',
      { people: 'number', mood: 'choice', light: 'number', open: 'boolean', name: 'text' },
    ],
    [
      'alternatives in quotes',
      'JSON: {"level": "low" | "high", "who": "string | null", "n": "number of people visible"}',
      { level: 'choice', who: 'text', n: 'number' },
    ],
    [
      'comments, trailing commas, single and curly quotes',
      "JSON {'a': “what it is”, // the thing\n 'b': [1, 2,], /* x */ c: true | false,}",
      { a: 'text', b: 'list of number', c: 'boolean' },
    ],
    [
      'nested objects and lists of them',
      'json {"person": {"name": "…", "age": 3}, "things": [{"name": "label", "sure": 0.5}, ...]}',
      { person: 'object', things: 'list of object' },
    ],
    [
      'keys without values',
      'Return JSON like { app_name, is_open, ui_elements, people_count }',
      { app_name: 'any', is_open: 'boolean', ui_elements: 'list of text', people_count: 'number' },
    ],
    [
      'keys in a sentence',
      'Return JSON with the keys app_name, contains_text (boolean) and people_count. Be brief.',
      { app_name: 'any', contains_text: 'boolean', people_count: 'number' },
    ],
    [
      'keys on lines',
      'Answer in JSON:\n- app_name: name of the application\n- has_error (boolean): whether an error is shown\n- colors: list of main colours',
      { app_name: 'text', has_error: 'boolean', colors: 'list of text' },
    ],
  ])('reads %s', (_, prompt, expected) => {
    expect(kinds(prompt)).toEqual(expected);
  });

  it('is none where prose is asked for, and open where JSON is asked for without keys', () => {
    expect(askedJson('Describe what is happening on screen')).toBeNull();
    expect(askedJson('Describe the {scene} briefly')).toBeNull();
    expect(askedJson('Describe the screen as JSON')).toEqual({ kind: 'any', hint: '' });
    expect(askedJson('Return JSON with a short description of the scene')).toEqual({ kind: 'any', hint: '' });
  });

  it('of a list of objects at the root is a list', () => {
    expect(askedJson('Return a JSON array: [{"object": "name", "count": 1}]')).toMatchObject({
      kind: 'list',
      of: { kind: 'object' },
    });
  });
});

describe('filling it', () => {
  it('brings what is known into the asked type and says null for the rest', () => {
    const shape = askedJson(SCREEN);
    const known: Record<string, unknown> = { contains_text: 12, dominant_colors: 'white', ui_elements: [] };
    expect(fillAsked(shape!, ({ name }) => known[name])).toEqual({
      app_name: null,
      activity: null,
      ui_elements: [],
      contains_text: true,
      dominant_colors: ['white'],
    });
  });

  it('leaves out of a model’s answer what was not asked, and does not let a wrong type through', () => {
    const shape = askedJson('{"a": 1, "b": {"c": "x", "d": "on|off"}}')!;
    expect(broughtInto(shape, { a: 'many', b: { c: 4, d: 'ON', e: 1 }, z: 1 })).toEqual({ a: null, b: { c: '4', d: 'on' } });
    expect(fits(shape, { a: 1, b: { c: 'x', d: 'off' } })).toBe(true);
    for (const wrong of [{ a: 1 }, { a: 1, b: null, z: 1 }, { a: '1', b: null }, { a: 1, b: { c: 'x', d: 'maybe' } }, [], 'x'])
      expect(fits(shape, wrong), JSON.stringify(wrong)).toBe(false);
  });
});

/** A template as people write it, and the kind each key must be read as. */
const leaf = fc.constantFrom<readonly [string, AskedShape['kind']]>(
  ['true/false', 'boolean'],
  ['"what is shown"', 'text'],
  ['3', 'number'],
  ['<integer>', 'number'],
  ['"red|green"', 'choice'],
  ['["list of things"]', 'list'],
  ['[{"x": 1}]', 'list'],
  ['"whether it is on"', 'boolean'],
);
const templates = fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,11}$/), leaf, { minKeys: 1, maxKeys: 8 });
const written = (of: Record<string, readonly [string, string]>): string =>
  `{ ${Object.entries(of)
    .map(([key, [value]]) => `"${key}": ${value}`)
    .join(',\n')} }`;

describe('for any', () => {
  it('template every key is read with its type', () => {
    fc.assert(
      fc.property(templates, (template) => {
        const shape = askedJson(`Return JSON ${written(template)} only.`);
        expect(shape?.kind === 'object' && shape.fields.map(({ name, shape: of }) => [name, of.kind])).toEqual(
          Object.entries(template).map(([name, [, kind]]) => [name, kind]),
        );
      }),
    );
  });

  it('prompt and whatever is known, the answer fits and survives JSON', () => {
    const prompts = fc.oneof(
      templates.map(written),
      fc.tuple(templates, templates).map(([a, b]) => `JSON {"in": ${written(a)}, "of": [${written(b)}]}`),
      fc.string({ maxLength: 60 }).map((noise) => `json {"a": ${noise}`),
      fc.string({ maxLength: 80 }).map((noise) => `json ${noise}`),
    );
    fc.assert(
      fc.property(prompts, fc.func(fc.jsonValue()), (prompt, know) => {
        const shape = askedJson(prompt);
        if (shape === null) return;
        const answer = fillAsked(shape, ({ path }) => know(path));
        expect(fits(shape, answer)).toBe(true);
        expect(fits(shape, JSON.parse(JSON.stringify(answer)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
