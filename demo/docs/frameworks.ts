import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vscodeCss, vscodeHtml, webTypes } from './frameworks/editors.ts';
import { describedElements } from './frameworks/elements.ts';
import { markupFiles } from './frameworks/markup.ts';
import { reactFiles } from './frameworks/react.ts';
import { elementTypes } from './frameworks/types.ts';
import { vueFiles } from './frameworks/vue.ts';
import type { ElementsManifest } from './manifest.ts';

/** Writes what frameworks and editors know of the elements, all of it out of dist/custom-elements.json. */

const root = join(import.meta.dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

// Its modules cannot be imported here: some are a bundler's (`?worker&url`).
const exported = readFileSync(join(root, 'src/index.ts'), 'utf8').match(/\bViva\w+/g) ?? [];

const elements = await describedElements(read('dist/custom-elements.json') as ElementsManifest, new Set(exported));
const { version } = read('package.json') as { readonly version: string };

const files: Readonly<Record<string, string>> = {
  'elements.d.ts': elementTypes(elements),
  ...reactFiles(elements),
  ...vueFiles(elements),
  ...markupFiles(elements),
};
const data: Readonly<Record<string, unknown>> = {
  'vscode.html-data.json': vscodeHtml(elements),
  'vscode.css-data.json': vscodeCss(elements),
  'web-types.json': webTypes(elements, version),
};

const folder = join(root, 'dist/frameworks');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
for (const [name, value] of Object.entries(data)) writeFileSync(join(folder, name), `${JSON.stringify(value, null, 1)}\n`);
