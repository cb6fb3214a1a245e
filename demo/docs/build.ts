import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { compressFolder } from '../plugins/compressed-beside.ts';
import type { ElementsManifest } from './manifest.ts';
import { frame } from './site/frame.ts';
import { render } from './site/markdown.ts';
import { pages, root } from './site/pages.ts';
import type { FoundSection } from './site/search.ts';

/** Writes dist/docs: every page of `site/pages.ts`, what the search reads, and the scripts of examples that run. */

const out = join(root, 'dist/docs');
const manifestPath = join(root, 'dist/custom-elements.json');
const manifest = existsSync(manifestPath) ? (JSON.parse(readFileSync(manifestPath, 'utf8')) as ElementsManifest) : null;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
copyFileSync(join(import.meta.dirname, 'docs.css'), join(out, 'docs.css'));
buildSync({
  entryPoints: [join(import.meta.dirname, 'docs.ts')],
  outfile: join(out, 'docs.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
});

const all = pages(manifest);
const sections: FoundSection[] = [];
for (const page of all) {
  const rendered = render(page, all);
  writeFileSync(join(out, `${page.name}.html`), frame(page, rendered, all));
  for (const { file, content } of rendered.scripts) writeFileSync(join(out, file), content);
  rendered.headings.forEach(({ level, text, anchor }, index) => {
    const href = `${page.name === 'index' ? './' : `${page.name}.html`}${level === 1 ? '' : `#${anchor}`}`;
    sections.push({ href, page: page.title, heading: text, text: rendered.texts[index] ?? '' });
  });
}
writeFileSync(join(out, 'search.json'), JSON.stringify(sections));

compressFolder(out);
