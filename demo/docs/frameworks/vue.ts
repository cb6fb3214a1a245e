import type { DescribedElement } from './elements.ts';
import { handlerName } from './react.ts';
import { comment } from './types.ts';

/** `viva-voce/vue`: the tags in Vue's templates, and which tags Vue must leave alone. */

const declaration = ({ name, events }: DescribedElement): string =>
  [
    `export interface ${name}Props extends elements.${name}Properties {`,
    ...events.map(
      (it) =>
        `${comment(it.description, '  ')}  ${handlerName(it.name)}?: ((event: elements.${name}Events['${it.name}']) => void) | undefined;`,
    ),
    '}',
  ].join('\n');

export function vueFiles(elements: readonly DescribedElement[]): Readonly<Record<string, string>> {
  const types = [
    '/** The elements in Vue templates. Written by the build out of custom-elements.json. */',
    '',
    `import type { AllowedComponentProps, EmitFn, HTMLAttributes, VNodeProps } from 'vue';`,
    `import type * as elements from './elements.js';`,
    '',
    'type Tags = elements.VivaElements;',
    `type Tag<Name extends keyof Tags, Own> = new () => {`,
    `  $props: Own & Omit<HTMLAttributes, keyof Own> & VNodeProps & AllowedComponentProps;`,
    `  $emit: EmitFn<{ [Type in keyof Tags[Name]['events']]: (event: Tags[Name]['events'][Type]) => void }>;`,
    `  $el: Tags[Name]['element'];`,
    '};',
    '',
    '/** For `compilerOptions.isCustomElement`: the tags that Vue must not look for among its components. */',
    'export declare const isVivaElement: (tag: string) => boolean;',
    '',
    elements.map(declaration).join('\n\n'),
    '',
    `declare module 'vue' {`,
    '  interface GlobalComponents {',
    ...elements.map(({ name, tag, description: text }) => `${comment(text, '    ')}    '${tag}': Tag<'${tag}', ${name}Props>;`),
    '  }',
    '}',
    '',
  ];
  return { 'vue.js': `export const isVivaElement = (tag) => tag.startsWith('viva-');\n`, 'vue.d.ts': types.join('\n') };
}
