import type { DescribedElement } from './elements.ts';

/** The declarations that every framework's types are made of: `dist/frameworks/elements.d.ts`. */

/** A description as a comment, when there is one. */
export const comment = (text: string, indent = ''): string =>
  text === '' ? '' : `${indent}/** ${text.replace(/\s+/g, ' ').replaceAll('*/', '*\\/')} */\n`;

/** From `dist/frameworks` to the declarations of a source. */
const declarations = (path: string): string => `../types/${path.replace(/\.ts$/, '.js')}`;

/** A property's own type; of a text that takes certain words, those are offered, and others are not refused. */
function typeOf(element: DescribedElement, property: string): string {
  const { values = [] } = element.attributes.find((attribute) => attribute.property === property) ?? {};
  const own = `${element.name}['${property}']`;
  return values.length === 0 ? own : `Offered<${own}, ${values.map((value) => `'${value}'`).join(' | ')}>`;
}

function interfaces(element: DescribedElement): string {
  const { name, properties, attributes, events } = element;
  const rows = [
    `export interface ${name}Properties {`,
    ...properties.map((it) => `${comment(it.description, '  ')}  ${it.name}?: ${typeOf(element, it.name)} | undefined;`),
    '}',
    '',
    `/** Attributes of \`<${element.tag}>\` whose property has another name. */`,
    `export interface ${name}Attributes {`,
    ...attributes
      .filter((it) => it.name !== it.property && it.name !== 'lang')
      .map((it) => `${comment(it.description, '  ')}  '${it.name}'?: ${typeOf(element, it.property)} | string | undefined;`),
    '}',
    '',
    `export interface ${name}Events {`,
    ...events.map((it) => `${comment(it.description, '  ')}  '${it.name}': ${it.type};`),
    '}',
  ];
  return rows.join('\n');
}

export function elementTypes(elements: readonly DescribedElement[]): string {
  const places = new Map<string, string>();
  for (const { name, path, events } of elements) {
    places.set(name, path);
    for (const { type, path: place } of events) if (place !== null) places.set(type, place);
  }
  const imports = [...places].sort().map(([name, path]) => `import type { ${name} } from '${declarations(path)}';`);
  const map = elements.map(
    ({ name, tag, description }) =>
      `${comment(description, '  ')}  '${tag}': {\n    element: ${name};\n    properties: ${name}Properties;\n    attributes: ${name}Attributes;\n    events: ${name}Events;\n  };`,
  );
  return [
    '/** Every element: its class, what can be set on it and what it fires. Written by the build out of custom-elements.json. */',
    '',
    ...imports,
    '',
    '/** Words that an editor offers for a text; any other is taken too. */',
    'type Offered<Type, Words extends string> = Type extends string ? Words | (string & {}) : Type;',
    '',
    elements.map(interfaces).join('\n\n'),
    '',
    'export interface VivaElements {',
    ...map,
    '}',
    '',
    `export type { ${[...places.keys()].sort().join(', ')} };`,
    '',
  ].join('\n');
}
