import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../../demo/docs/site/markdown.ts';
import { type Page, linkTarget } from '../../../demo/docs/site/pages.ts';
import { errorStrings } from '../../../src/elements/alert/error-strings.ts';

/** Guides that are lists: of errors, of what others have, of what people complain about. Each must be whole, and each proof there. */

const root = join(import.meta.dirname, '../../..');
const guide = (name: string): string => readFileSync(join(root, `demo/docs/${name}.md`), 'utf8');
const rows = (markdown: string): readonly (readonly string[])[] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );

describe('troubleshooting', () => {
  it('has every error code, once, with a place to link to, and no other', () => {
    // The table of sentences is typed by the codes: it has each of them.
    const codes = Object.keys(errorStrings).map((key) => key.replace(/^error-/, ''));
    const told = [...guide('troubleshooting').matchAll(/^\| <a id="([\w-]+)"><\/a>`([\w-]+)`/gm)];
    expect(told.map(([, , code]) => code).sort()).toEqual(codes.sort());
    for (const [, anchor, code] of told) expect(anchor).toBe(code);
  });

  it('says of each what happened and what to do', () => {
    const short = rows(guide('troubleshooting')).filter((cells) => cells.length !== 3 || cells.some((cell) => cell.length < 4));
    expect(short).toEqual([]);
  });
});

/** Paths in code spans that look like files of this repository. */
const named = (text: string): readonly string[] =>
  [
    ...text.matchAll(
      /`((?:src|test|demo|worklets)\/[\w./{},-]+|(?:README|CONTRIBUTING|SECURITY|CHANGELOG)\.md|package\.json|vite\.config\.ts)`/g,
    ),
  ].map(([, path = '']) => path);

describe.each([
  ['features', 65],
  ['complaints', 44],
])('%s', (name, count) => {
  const text = guide(name);

  it(`has ${count} numbered rows`, () => {
    const numbers = rows(text)
      .map(([first = '']) => Number(first))
      .filter(Number.isInteger);
    expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: Math.max(count, ...numbers) }, (_, index) => index + 1),
    );
  });

  it('names a file that is there in each of our cells, or says why not', () => {
    const bare = rows(text)
      .filter(([first = '']) => /^\d+$/.test(first))
      .filter((cells) => named(cells.join(' ')).length === 0 && !/\*\*(?:No|Refused|Not yet)/.test(cells.join(' ')));
    expect(bare.map(([first, what]) => `${first} ${what}`)).toEqual([]);
  });

  it('names no file that is not there', () => {
    expect(named(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('a page of the site', () => {
  const page = (name: string, markdown: string, source = `demo/docs/${name}.md`): Page => ({
    name,
    title: name,
    section: 'x',
    markdown,
    source,
  });
  const all = [page('a', ''), page('protocol-x', '', 'src/protocols/x/PROTOCOL.md')];

  it('links to Markdown as a page, to files of the repository not at all, to elsewhere as it is', () => {
    const a = page('a', '');
    expect(linkTarget(a, 'a.md#here', all)).toBe('a.html#here');
    expect(linkTarget(a, '../../src/protocols/x/PROTOCOL.md', all)).toBe('protocol-x.html');
    expect(linkTarget(a, '../../package.json', all)).toBeNull();
    expect(linkTarget(a, 'a.html', all)).toBe('a.html');
    expect(linkTarget(a, 'https://x.example/', all)).toBe('https://x.example/');
  });

  it('has a name for each heading, also for two of one text', () => {
    const { headings } = render(page('a', '# One\n\n## The `tag`\n\ntext\n\n## The `tag`'), all);
    expect(headings.map(({ anchor }) => anchor)).toEqual(['one', 'the-tag', 'the-tag-1']);
  });

  it('runs an example that says so: markup in the page, script in a file of its own', () => {
    const { html, scripts, live } = render(
      page('a', '```html live\n<viva-voce></viva-voce>\n```\n\n```js live\nlet x;\n```'),
      all,
    );
    expect(live).toBe(true);
    expect(html).toContain('<div class="live"><viva-voce></viva-voce></div>');
    expect(html).toContain('&lt;viva-voce&gt;');
    expect(scripts).toEqual([{ file: 'a-1.js', content: 'let x;' }]);
  });

  it('shows any other example as text', () => {
    const { html, scripts, live } = render(page('a', '```html\n<script>alert(1)</script>\n```'), all);
    expect(html).not.toContain('<script>');
    expect([scripts, live]).toEqual([[], false]);
  });
});
