import type { DescribedElement } from './elements.ts';
import { comment } from './types.ts';

/** `viva-voce/react`: components for React 18 and 19, and the tags in JSX for React 19. */

/** `viva-before-start` → `onVivaBeforeStart`. */
export const handlerName = (event: string): string =>
  `on${event.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}`;

function description({ name, tag, folder, attributes, properties, events }: DescribedElement): string {
  const held = new Set(attributes.map(({ property }) => property));
  const made = {
    name,
    tag,
    attributes: Object.fromEntries(attributes.map((it) => [it.property, it.name])),
    properties: properties.map((it) => it.name).filter((property) => !held.has(property)),
    events: Object.fromEntries(events.map((it) => [handlerName(it.name), it.name])),
  };
  const define = `() => import('../library/elements/${folder}/define.js')`;
  return `export const ${name} = /* @__PURE__ */ reactElement(${JSON.stringify(made).slice(0, -1)},"define":${define}});`;
}

const declaration = ({ name, tag, description: text, events }: DescribedElement): string =>
  [
    `export interface ${name}Props extends elements.${name}Properties {`,
    ...events.map(
      (it) => `${comment(it.description, '  ')}  ${handlerName(it.name)}?: Listener<elements.${name}Events['${it.name}']>;`,
    ),
    '}',
    '',
    `${comment(text)}export declare const ${name}: Component<'${tag}', ${name}Props>;`,
  ].join('\n');

export function reactFiles(elements: readonly DescribedElement[]): Readonly<Record<string, string>> {
  const code = [
    `'use client';`,
    '',
    `import { reactElement } from '../library/frameworks/react-element.js';`,
    '',
    ...elements.map(description),
    '',
  ];
  const types = [
    '/** React components of the elements, and their tags in JSX. Written by the build out of custom-elements.json. */',
    '',
    `import type { ClassAttributes, ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';`,
    `import type * as elements from './elements.js';`,
    '',
    'type Tags = elements.VivaElements;',
    'type Listener<Fired> = ((event: Fired) => void) | undefined;',
    '/** What any element takes, without what an element calls by the same name. */',
    `type Common<Tag extends keyof Tags, Own> = Omit<HTMLAttributes<Tags[Tag]['element']>, keyof Own>;`,
    'type Component<Tag extends keyof Tags, Own> = ForwardRefExoticComponent<',
    `  Own & Common<Tag, Own> & RefAttributes<Tags[Tag]['element']>`,
    '>;',
    `type Settable<Tag extends keyof Tags> = Tags[Tag]['properties'] & Tags[Tag]['attributes'];`,
    'type Intrinsic<Tag extends keyof Tags> = Settable<Tag> &',
    `  Common<Tag, Settable<Tag>> &`,
    `  ClassAttributes<Tags[Tag]['element']> & { class?: string | undefined } & {`,
    `    [Name in keyof Tags[Tag]['events'] & string as \`on\${Name}\`]?: Listener<Tags[Tag]['events'][Name]>;`,
    '  };',
    '',
    elements.map(declaration).join('\n\n'),
    '',
    `declare module 'react' {`,
    '  namespace JSX {',
    '    interface IntrinsicElements {',
    ...elements.map(({ tag, description: text }) => `${comment(text, '      ')}      '${tag}': Intrinsic<'${tag}'>;`),
    '    }',
    '  }',
    '}',
    '',
  ];
  return { 'react.js': code.join('\n'), 'react.d.ts': types.join('\n') };
}
