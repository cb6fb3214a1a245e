import type { Heading, Rendered } from './markdown.ts';
import type { Page } from './pages.ts';

/** The page around a text: the list of pages, the search, what stands on this page, and the ones before and after it. */

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const address = ({ name }: Page): string => (name === 'index' ? './' : `${name}.html`);

function contents(page: Page, all: readonly Page[]): string {
  const shown = all.filter((each) => each.unlisted !== true || each === page);
  return [...new Set(shown.map(({ section }) => section))]
    .map((section) => {
      const members = shown.filter((each) => each.section === section);
      const links = members.map((each) => {
        const here = each === page ? ' aria-current="page"' : '';
        return `<li><a href="${address(each)}"${here}>${escaped(each.title)}</a></li>`;
      });
      return `<li><p>${escaped(section)}</p><ul>${links.join('')}</ul></li>`;
    })
    .join('\n');
}

function onThisPage(headings: readonly Heading[]): string {
  const second = headings.filter(({ level }) => level === 2);
  if (second.length < 3) return '';
  const links = second.map(({ anchor, text }) => `<li><a href="#${anchor}">${escaped(text)}</a></li>`);
  return `<nav class="here" aria-labelledby="here-title"><p id="here-title">On this page</p><ul>${links.join('')}</ul></nav>`;
}

function neighbours(page: Page, all: readonly Page[]): string {
  const listed = all.filter(({ unlisted }) => unlisted !== true);
  const at = listed.indexOf(page);
  const link = (other: Page | undefined, word: string, rel: string): string =>
    other === undefined
      ? '<span></span>'
      : `<a href="${address(other)}" rel="${rel}"><small>${word}</small>${escaped(other.title)}</a>`;
  return at === -1 ? '' : `${link(listed[at - 1], 'Before', 'prev')}${link(listed[at + 1], 'Next', 'next')}`;
}

export function frame(page: Page, { html, headings, scripts, live }: Rendered, all: readonly Page[]): string {
  const examples = live
    ? [
        '<script type="module" src="/embed/viva-voce.js"></script>',
        ...scripts.map(({ file }) => `<script type="module" src="./${file}"></script>`),
      ]
    : [];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escaped(page.title)} · Viva Voce</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="./docs.css" />
    <script type="module" src="./docs.js"></script>
    ${examples.join('\n    ')}
  </head>
  <body>
    <a class="skip" href="#text">Skip to the text</a>
    <header class="top">
      <button type="button" class="menu" popovertarget="contents">Contents</button>
      <a class="mark" href="./">Viva Voce</a>
      <search>
        <label for="find">Search</label>
        <input id="find" type="search" autocomplete="off" spellcheck="false" placeholder="Search" />
        <div id="found" hidden></div>
        <p id="found-count" role="status"></p>
      </search>
      <a class="out" href="/">Demo</a>
    </header>
    <div class="middle">
      <nav id="contents" class="contents" popover aria-label="Documentation"><ul>
${contents(page, all)}
      </ul></nav>
      <main id="text" tabindex="-1">
        <article${html.includes('class="table wide') ? ' class="wide"' : ''}>
${html.replace('</h1>\n', `</h1>\n${onThisPage(headings)}`)}
        </article>
        <nav class="neighbours" aria-label="Pages before and after">${neighbours(page, all)}</nav>
      </main>
    </div>
  </body>
</html>
`;
}
