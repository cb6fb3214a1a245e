import type { Template } from './json-template.ts';

/** What shape of JSON a prompt asks for: the keys, and their types by example or description. */

export type AskedShape =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'any'; readonly hint: string }
  | { readonly kind: 'choice'; readonly options: readonly string[]; readonly hint: string }
  | { readonly kind: 'list'; readonly of: AskedShape; readonly hint: string }
  | { readonly kind: 'object'; readonly fields: readonly AskedField[]; readonly hint: string };

export interface AskedField {
  readonly name: string;
  readonly shape: AskedShape;
}

/** Of a template's value. */
export function shapeOf(template: Template): AskedShape {
  switch (template.kind) {
    case 'object':
      return {
        kind: 'object',
        fields: template.entries.map(([name, value]) => ({ name, shape: fieldShape(name, value) })),
        hint: '',
      };
    case 'array':
      return listOf(template.items);
    case 'quoted':
      return describedShape(template.text);
    case 'bare':
      return typedShape(template.text);
  }
}

function fieldShape(name: string, value: Template): AskedShape {
  return value.kind === 'bare' && value.text === '' ? namedShape(name, '') : shapeOf(value);
}

function listOf(items: readonly Template[]): AskedShape {
  const [first] = items;
  if (first === undefined) return { kind: 'list', of: { kind: 'any', hint: '' }, hint: '' };
  if (first.kind === 'object' || first.kind === 'array') return { kind: 'list', of: shapeOf(first), hint: '' };
  const hint = items.flatMap((item) => ('text' in item ? [item.text] : [])).join(', ');
  // Of ["list of visible elements"] each is one element.
  const one = first.text.replace(/^(?:a |the )?(?:list|array|set) of\s+/i, '');
  const of: AskedShape = first.kind === 'quoted' ? { kind: 'text', hint: one } : typedShape(one);
  return { kind: 'list', of: of.kind === 'list' ? of.of : of, hint };
}

const BOOLEAN =
  /^<?bool(?:ean)?\b|^(?:true|false|yes|no)$|\btrue\s*(?:\/|\||or|,)\s*false\b|\bfalse\s*(?:\/|\||or|,)\s*true\b|^(?:whether|true if|true when|if there (?:is|are))\b/i;
const NUMBER =
  /^[-+]?\d+(?:\.\d+)?%?$|^<?(?:number|integer|int|float|double|decimal)>?$|^\d+\s*(?:-|–|to)\s*\d+$|^(?:the |a |an )?(?:total )?(?:(?:approximate |estimated )?number|count|percentage|percent) of\b|^how many\b|^(?:an? )?(?:number|integer|float|percentage)\b(?! plate)/i;
const LIST = /^(?:a |the )?(?:list|array) of\s+(.+)$/i;
const TEXT = /^<?(?:string|str|text)>?$/i;

/** Of a description in quotes: words, unless it says otherwise. */
function describedShape(hint: string): AskedShape {
  const list = LIST.exec(hint);
  if (list !== null) return { kind: 'list', of: { kind: 'text', hint: list[1] ?? '' }, hint };
  if (BOOLEAN.test(hint)) return { kind: 'boolean', hint };
  if (NUMBER.test(hint)) return { kind: 'number', hint };
  return choiceOf(hint) ?? { kind: 'text', hint };
}

/** Of what stands without quotes: a type, an example or alternatives. */
function typedShape(text: string): AskedShape {
  const hint = text.replace(/^<(.*)>$/, '$1').trim();
  if (/^(?:null|any|object|\{\}|unknown)?$/i.test(hint)) return { kind: 'any', hint: '' };
  const items = /^(?:array|list)\s*<\s*(\w+)\s*>$|^(\w+)\[\]$/i.exec(hint);
  if (items !== null) return { kind: 'list', of: typedShape(items[1] ?? items[2] ?? ''), hint };
  const [type = '', ...described] = hint.split(/\s+\(|:\s|\s+[-–—]\s/);
  const by = describedShape(type);
  return TEXT.test(type) || by.kind !== 'text' ? { ...by, hint: [hint, ...described].join(' ') } : describedShape(hint);
}

function choiceOf(hint: string): AskedShape | null {
  const oneOf = /^(?:one of|either)\b:?\s*(.+)$/i.exec(hint)?.[1];
  const separator = oneOf === undefined ? (hint.includes('|') ? /\s*\|\s*/ : /\//) : /\s*(?:[,|/]|\bor\b)\s*/;
  const options = (oneOf ?? hint)
    .split(separator)
    .map((option) => option.replace(/^["'`]|["'`.]$/g, '').trim())
    .filter((option) => option !== '' && !/^(?:null|none if unknown|undefined)$/i.test(option));
  if (options.length === 1 && options[0] !== hint) return describedShape(options[0] ?? '');
  const isWord = separator.source === '\\/' ? /^[\w-]+$/ : /^[\w][\w -]{0,30}$/;
  if (options.length < 2 || !options.every((option) => isWord.test(option))) return null;
  if (options.every((option) => TEXT.test(option) || NUMBER.test(option))) return { kind: 'any', hint };
  return { kind: 'choice', options, hint };
}

/** Of a key that stands without a value, by what such names mean. */
export function namedShape(name: string, hint: string): AskedShape {
  const described = hint === '' ? null : typedShape(hint);
  if (described !== null && described.kind !== 'text' && described.kind !== 'any') return described;
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const by = hint === '' ? words.replaceAll('_', ' ') : hint;
  if (/^(?:is|are|has|have|contains?|can|should|was|did)_/.test(words)) return { kind: 'boolean', hint: by };
  if (/(?:^|_)(?:count|number|total|num|percent(?:age)?)(?:_|$)/.test(words)) return { kind: 'number', hint: by };
  if (/(?:elements|colou?rs|objects|items|lines|words|topics|names|keywords|tags|actions|points|labels)$/.test(words))
    return { kind: 'list', of: { kind: 'text', hint: by }, hint: by };
  return described ?? { kind: 'any', hint: by };
}
