import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Head and foot of the demo site's pages: written once, put where a page says `<!-- site header -->` and `<!-- site footer -->`. */

const folder = join(import.meta.dirname, 'site-frame');

const BASKET = '<a class="basket" href="/demo/pages/collect.html">Basket <output data-basket>0</output></a>';

const part = (name: 'header' | 'footer'): string => readFileSync(join(folder, `${name}.html`), 'utf8').trim();

/** A part as it stands on the page of this path: the link to that page says so. */
const on = (html: string, path: string): string =>
  html.replaceAll(`<a href="${path}">`, `<a href="${path}" aria-current="page">`);

/** `page` with its head and foot; `path` = its own path, `/demo/pages/lawn.html`. */
function framed(page: string, path: string): string {
  return page
    .replace('<!-- site header -->', () => on(part('header'), path))
    .replace('<!-- site header with basket -->', () => on(part('header'), path).replace('</nav>', `</nav>\n  ${BASKET}`))
    .replace('<!-- site footer -->', () => on(part('footer'), path));
}

export function siteFrame(): Plugin {
  return {
    name: 'site-frame',
    transformIndexHtml: { order: 'pre', handler: (html, { path }) => framed(html, path) },
  };
}
