import type { DescribedElement } from './elements.ts';
import { comment } from './types.ts';

/** `viva-voce/svelte`, `viva-voce/solid` and `viva-voce/angular`: types alone; what runs there are the elements themselves. */

const nothing = 'export {};\n';

const entries = (elements: readonly DescribedElement[], type: string, indent: string): readonly string[] =>
  elements.map(({ tag, description }) => `${comment(description, indent)}${indent}'${tag}': ${type}<'${tag}'>;`);

const head = (framework: string): readonly string[] => [
  `/** The elements in ${framework}. Written by the build out of custom-elements.json. */`,
  '',
];

const common = [
  `import type { VivaElements } from './elements.js';`,
  '',
  'type Tags = VivaElements;',
  'type Listener<Fired> = ((event: Fired) => void) | undefined;',
];

function svelte(elements: readonly DescribedElement[]): string {
  return [
    ...head('Svelte markup'),
    `import type { HTMLAttributes } from 'svelte/elements';`,
    ...common,
    `type Own<Tag extends keyof Tags> = Tags[Tag]['properties'] & Tags[Tag]['attributes'] & {`,
    '  /** Svelte 5 */',
    `  [Type in keyof Tags[Tag]['events'] & string as \`on\${Type}\`]?: Listener<Tags[Tag]['events'][Type]>;`,
    '} & {',
    '  /** Svelte 4 */',
    `  [Type in keyof Tags[Tag]['events'] & string as \`on:\${Type}\`]?: Listener<Tags[Tag]['events'][Type]>;`,
    '};',
    `type Markup<Tag extends keyof Tags> = Own<Tag> & Omit<HTMLAttributes<Tags[Tag]['element']>, keyof Own<Tag>>;`,
    '',
    `declare module 'svelte/elements' {`,
    '  interface SvelteHTMLElements {',
    ...entries(elements, 'Markup', '    '),
    '  }',
    '}',
    '',
    nothing,
  ].join('\n');
}

function solid(elements: readonly DescribedElement[]): string {
  return [
    ...head('Solid’s JSX: attributes by their own names, properties as `prop:tokenProvider`, events as `on:viva-ready`'),
    `import type { JSX as Solid } from 'solid-js';`,
    ...common,
    `type Own<Tag extends keyof Tags> = Tags[Tag]['attributes'] & Tags[Tag]['properties'] & {`,
    `  [Name in keyof Tags[Tag]['properties'] & string as \`prop:\${Name}\`]?: Tags[Tag]['properties'][Name];`,
    '} & {',
    `  [Type in keyof Tags[Tag]['events'] & string as \`on:\${Type}\`]?: Listener<Tags[Tag]['events'][Type]>;`,
    '};',
    `type Markup<Tag extends keyof Tags> = Own<Tag> & Omit<Solid.HTMLAttributes<Tags[Tag]['element']>, keyof Own<Tag>>;`,
    '',
    `declare module 'solid-js' {`,
    '  namespace JSX {',
    '    interface IntrinsicElements {',
    ...entries(elements, 'Markup', '      '),
    '    }',
    '  }',
    '}',
    '',
    nothing,
  ].join('\n');
}

function angular(): string {
  return [
    ...head('Angular: types of elements and events for components whose `schemas` hold CUSTOM_ELEMENTS_SCHEMA'),
    `import type { VivaElements } from './elements.js';`,
    '',
    "/** The class of a tag: `viewChild<ElementRef<VivaElement<'viva-voce'>>>('assistant')`. */",
    `export type VivaElement<Tag extends keyof VivaElements> = VivaElements[Tag]['element'];`,
    '',
    "/** What `$event` is: `VivaEvent<'viva-voce', 'viva-transcript'>`. */",
    `export type VivaEvent<Tag extends keyof VivaElements, Type extends keyof VivaElements[Tag]['events']> = VivaElements[Tag]['events'][Type];`,
    '',
    `export type { VivaElements } from './elements.js';`,
    '',
  ].join('\n');
}

export function markupFiles(elements: readonly DescribedElement[]): Readonly<Record<string, string>> {
  return {
    'svelte.d.ts': svelte(elements),
    'svelte.js': nothing,
    'solid.d.ts': solid(elements),
    'solid.js': nothing,
    'angular.d.ts': angular(),
    'angular.js': nothing,
  };
}
