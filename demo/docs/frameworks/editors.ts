import type { DescribedAttribute, DescribedElement } from './elements.ts';

/** What editors offer while somebody writes a tag: custom data of VS Code, web-types of JetBrains. */

interface Row {
  readonly name: string;
  readonly description: string;
}

const list = (title: string, rows: readonly Row[], sign: (name: string) => string): string =>
  rows.length === 0 ? '' : `\n\n**${title}**\n\n${rows.map((row) => `- \`${sign(row.name)}\` ${row.description}`).join('\n')}`;

const same = (name: string): string => name;

const about = ({ description, events, slots, cssParts }: DescribedElement): string =>
  description +
  list('Events', events, same) +
  list('Slots', slots, (name) => (name === '' ? 'default' : name)) +
  list('Parts', cssParts, (name) => `::part(${name})`);

/** https://github.com/microsoft/vscode-custom-data, version 1.1. */
export function vscodeHtml(elements: readonly DescribedElement[]): unknown {
  return {
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tag,
      description: { kind: 'markdown', value: about(element) },
      attributes: element.attributes.map(({ name, description, values, kind }) => ({
        name,
        description,
        // The editor's own set `v` is that of flags: it writes no `=""`.
        ...(kind === 'flag' ? { valueSet: 'v' } : {}),
        ...(values.length === 0 ? {} : { values: values.map((value) => ({ name: value })) }),
      })),
    })),
  };
}

/** The custom properties of all elements, each once. */
const properties = (elements: readonly DescribedElement[]): readonly Row[] => [
  ...new Map(elements.flatMap(({ cssProperties }) => cssProperties).map((row) => [row.name, row])).values(),
];

export function vscodeCss(elements: readonly DescribedElement[]): unknown {
  const parts = [...new Map(elements.flatMap(({ cssParts }) => cssParts).map((row) => [row.name, row])).values()];
  return {
    version: 1.1,
    properties: properties(elements),
    pseudoElements: parts.map(({ name, description }) => ({ name: `::part(${name})`, description })),
  };
}

/** What an attribute may hold, in the words of web-types. */
function valueOf({ kind, values }: DescribedAttribute): object {
  if (kind === 'flag') return { value: { kind: 'no-value', type: 'boolean' } };
  if (kind === 'number') return { value: { kind: 'plain', type: 'number' } };
  return values.length === 0 ? {} : { value: { kind: 'plain', type: values.map((value) => `'${value}'`).join(' | ') } };
}

/** https://github.com/JetBrains/web-types, the part of its schema that says of HTML elements. */
export function webTypes(elements: readonly DescribedElement[], version: string): unknown {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name: 'viva-voce',
    version,
    'description-markup': 'markdown',
    'js-types-syntax': 'typescript',
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tag,
          description: element.description,
          attributes: element.attributes.map((attribute) => ({
            name: attribute.name,
            description: attribute.description,
            ...valueOf(attribute),
          })),
          slots: element.slots.map(({ name, description }) => ({ name, description })),
          css: {
            parts: element.cssParts.map(({ name, description }) => ({ name, description })),
            properties: element.cssProperties.map(({ name, description }) => ({ name, description })),
          },
          js: {
            properties: element.properties.map(({ name, description }) => ({ name, description })),
            events: element.events.map(({ name, description }) => ({ name, description })),
          },
        })),
      },
    },
  };
}
