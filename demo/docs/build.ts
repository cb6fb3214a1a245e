import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import { compressFolder } from '../plugins/compressed-beside.ts';
import type { ElementDeclaration, ElementsManifest, Named } from './manifest.ts';

/** Writes dist/docs: the Markdown beside this file as pages, and a reference of the elements out of their manifest. */

const root = join(import.meta.dirname, '../..');
const out = join(root, 'dist/docs');

const guides = ['index', 'embedding', 'interpreter', 'streams', 'livestream', 'gateway'].map((name) => {
  const markdown = readFileSync(join(import.meta.dirname, `${name}.md`), 'utf8');
  return { name, markdown };
});

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');

function table(title: string, rows: readonly (readonly [name: string, description: string | undefined])[]): string {
  if (rows.length === 0) return '';
  return `### ${title}\n\n| name | meaning |\n| --- | --- |\n${rows.map(([name, description]) => `| \`${name}\` | ${cell(description ?? '')} |`).join('\n')}\n`;
}

const named = (list: readonly Partial<Named>[] | undefined) =>
  (list ?? []).map(({ name = '', description }) => [name === '' ? 'default' : name, description] as const);

function element(declaration: ElementDeclaration): string {
  const open = (declaration.members ?? []).filter(({ privacy, static: fixed }) => privacy === undefined && fixed !== true);
  const attributes = new Set((declaration.attributes ?? []).map(({ fieldName }) => fieldName));
  return [
    `## <${declaration.tagName ?? ''}>`.replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;')),
    declaration.description ?? '',
    table('Attributes', named(declaration.attributes)),
    table(
      'Properties',
      named(
        open.filter(
          ({ kind, name, description }) =>
            kind === 'field' && description !== undefined && !attributes.has(name) && !name.startsWith('#'),
        ),
      ),
    ),
    table('Methods', named(open.filter(({ kind, description }) => kind === 'method' && description !== undefined))),
    table('Events', named(declaration.events)),
    table('Slots', named(declaration.slots)),
    table('Parts', named(declaration.cssParts)),
    table('Custom properties', named(declaration.cssProperties)),
  ].join('\n\n');
}

function reference(): { readonly name: string; readonly markdown: string } {
  const path = join(root, 'dist/custom-elements.json');
  const manifest = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ElementsManifest) : { modules: [] };
  const elements = manifest.modules.flatMap(({ declarations }) =>
    (declarations ?? []).filter(({ tagName }) => tagName !== undefined),
  );
  const first = elements.filter(({ tagName }) => tagName === 'viva-voce');
  const sorted = [...first, ...elements.filter((it) => !first.includes(it))];
  return { name: 'elements', markdown: ['# Elements', ...sorted.map(element)].join('\n\n') };
}

const pages = [...guides, reference()];
const titleOf = (markdown: string) => /^# (.+)$/m.exec(markdown)?.[1] ?? '';

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
copyFileSync(join(import.meta.dirname, 'docs.css'), join(out, 'docs.css'));
for (const { name, markdown } of pages) {
  const links = pages.map((page) => {
    const here = page.name === name ? ' aria-current="page"' : '';
    return `<li><a href="./${page.name === 'index' ? '' : `${page.name}.html`}"${here}>${titleOf(page.markdown)}</a></li>`;
  });
  const body = marked
    .parse(markdown, { async: false })
    .replace(/<table>[^]*?<\/table>/g, (it) => `<div class="table">${it}</div>`);
  writeFileSync(
    join(out, `${name}.html`),
    `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${titleOf(markdown)} · Viva Voce</title>
    <link rel="stylesheet" href="./docs.css" />
  </head>
  <body>
    <nav aria-label="Documentation"><ul>${links.join('')}<li><a href="/">Demo</a></li></ul></nav>
    <main>${body}</main>
  </body>
</html>
`,
  );
}

compressFolder(out);
