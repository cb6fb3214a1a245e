import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parseTemplate, TmplAstElement } from '@angular/compiler';
import { samplesOf, strictOptions } from './framework-samples.ts';

/** Templates of Vue and Angular, the guide's and the sample app's, judged by their own compilers; wrong ones beside them must be refused. */

/** A program for a template compiler. */
export interface TemplateProgram {
  /** In node_modules/.bin. */
  readonly compiler: 'vue-tsc' | 'ngc';
  /** Holds a tsconfig.json. */
  readonly folder: string;
  /** Files that hold a mistake each, which the compiler has to find; in all others it must find nothing. */
  readonly wrong: readonly string[];
}

type Mistake = readonly [name: string, right: string, wrong: string];

function written(folder: string, tsconfig: object, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  const compilerOptions = { ...strictOptions, pretty: false, jsx: 'preserve', allowImportingTsExtensions: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, ...tsconfig }));
}

/** `code` with each mistake in turn. Throws when a mistake cannot be made. */
function withMistakes(code: string, extension: string, mistakes: readonly Mistake[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    mistakes.map(([name, right, wrong]) => {
      if (!code.includes(right)) throw new Error(`frameworks.md has no ${right} any more`);
      return [`${name}.${extension}`, code.replace(right, wrong)];
    }),
  );
}

function vueProgram(guest: string): TemplateProgram {
  const [code = ''] = samplesOf('vue');
  const wrong = withMistakes(code, 'vue', [
    ['wrong-event', '@viva-transcript=', '@viva-transkript='],
    ['wrong-listener', '@viva-transcript=', '@viva-error='],
    ['wrong-property', ':tokenProvider=', ':tokenProvidre='],
    ['wrong-type', 'variant="inline"', ':tools="7"'],
    ['wrong-method', 'assistant?.send(', 'assistant?.sent('],
  ]);
  const folder = join(guest, 'vue-templates');
  const tsconfig = {
    vueCompilerOptions: { strictTemplates: true },
    include: ['*.vue', '../frameworks/apps/vue/*', '../styles.d.ts'],
  };
  written(folder, tsconfig, { 'right.vue': code, ...wrong });
  return { compiler: 'vue-tsc', folder, wrong: Object.keys(wrong) };
}

function angularProgram(guest: string): TemplateProgram {
  const place = join(guest, 'node_modules', '@angular');
  mkdirSync(join(place, '..'), { recursive: true });
  symlinkSync(resolve('node_modules/@angular'), place);
  const [code = ''] = samplesOf('ts angular');
  const wrong = withMistakes(code, 'ts', [
    ['wrong-event', '(viva-transcript)', '(viva-transkript)'],
    ['wrong-listener', '(viva-transcript)', '(viva-error)'],
    ['wrong-member', '"tokenProvider"', '"tokenProvidre"'],
  ]);
  const folder = join(guest, 'angular-templates');
  const tsconfig = { angularCompilerOptions: { strictTemplates: true }, include: ['*.ts'] };
  written(folder, tsconfig, { 'right.ts': code, ...wrong });
  return { compiler: 'ngc', folder, wrong: Object.keys(wrong) };
}

/** Writes the programs below `guest`, where `frameworkPrograms` has been. */
export const templatePrograms = (guest: string): readonly TemplateProgram[] => [vueProgram(guest), angularProgram(guest)];

/** What a compiler said beside what it had to say. */
export function templateFaults({ compiler, folder, wrong }: TemplateProgram, output: string): readonly string[] {
  // Angular's compiler draws in colours, also where nobody sees them.
  const faults = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => /error (TS|NG)/.test(line));
  const of = (file: string): readonly string[] => faults.filter((line) => line.includes(file));
  return [
    ...faults.filter((line) => !wrong.some((file) => line.includes(file))).map((line) => `${compiler} in ${folder}: ${line}`),
    ...wrong.filter((file) => of(file).length === 0).map((file) => `${compiler} finds nothing in ${file}: ${output.slice(-500)}`),
  ];
}

interface Declared {
  readonly tagName?: string;
  readonly attributes?: readonly { readonly name: string; readonly fieldName?: string }[];
  readonly members?: readonly { readonly kind: string; readonly name: string }[];
  readonly events?: readonly { readonly name: string }[];
}

/**
 * Names in the guide's Angular template that the elements do not have: Angular itself looks at none where `CUSTOM_ELEMENTS_SCHEMA` is
 * set. `manifest`: path of custom-elements.json.
 */
export function unknownAngularNames(manifest: string, code = samplesOf('ts angular')[0] ?? ''): readonly string[] {
  const { modules } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly modules: readonly { readonly declarations?: readonly Declared[] }[];
  };
  const declared = modules.flatMap(({ declarations = [] }) => declarations);
  const template = /template: `([^`]*)`/.exec(code)?.[1];
  if (template === undefined) throw new Error('the sample of Angular has no template');
  const elements = parseTemplate(template, 'help.html').nodes.filter((node) => node instanceof TmplAstElement);
  return elements
    .filter(({ name }) => name.startsWith('viva-'))
    .flatMap(({ name, attributes, inputs, outputs }) => {
      const element = declared.find(({ tagName }) => tagName === name);
      if (element === undefined) return [name];
      const known = {
        attribute: (element.attributes ?? []).map((each) => each.name),
        property: (element.members ?? []).filter(({ kind }) => kind === 'field').map((each) => each.name),
        event: (element.events ?? []).map((each) => each.name),
      };
      const missing = (kind: keyof typeof known, used: readonly { readonly name: string }[]) =>
        used.filter((each) => !known[kind].includes(each.name)).map((each) => `<${name}> has no ${kind} ${each.name}`);
      return [...missing('attribute', attributes), ...missing('property', inputs), ...missing('event', outputs)];
    });
}
