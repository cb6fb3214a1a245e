import { Marked, type Tokens } from 'marked';
import { linkTarget, type Page } from './pages.ts';

/** A page's Markdown as HTML: headings that can be linked to, examples that run, links that lead where the site has them. */

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

/** A script of an example, served from a file of its own: the site's policy allows no other. */
export interface LiveScript {
  readonly file: string;
  readonly content: string;
}

export interface Rendered {
  readonly html: string;
  readonly headings: readonly Heading[];
  /** The words under each heading, for the search. */
  readonly texts: readonly string[];
  readonly scripts: readonly LiveScript[];
  /** Examples of this page need the tags' script. */
  readonly live: boolean;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** As GitHub makes them, so that a link works on both: lower case, without signs, hyphens for spaces. */
const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const plain = (text: string): string =>
  text
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, '’')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

export function render(page: Page, all: readonly Page[]): Rendered {
  const headings: Heading[] = [];
  const scripts: LiveScript[] = [];
  const taken = new Map<string, number>();
  let live = false;

  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const html = this.parser.parseInline(tokens);
        const text = plain(html);
        const same = taken.get(anchorOf(text)) ?? 0;
        taken.set(anchorOf(text), same + 1);
        const anchor = `${anchorOf(text)}${same === 0 ? '' : `-${same}`}`;
        headings.push({ level: depth, text, anchor });
        return `<h${depth} id="${anchor}">${html}</h${depth}>\n`;
      },
      code({ text, lang = '' }: Tokens.Code) {
        const [language = '', ...words] = lang.split(/\s+/);
        const block = `<pre tabindex="0" class="language-${escaped(language)}"><code>${escaped(text)}</code></pre>\n`;
        if (!words.includes('live')) return block;
        live = true;
        if (language === 'html') return `<div class="live">${text}</div>\n${block}`;
        scripts.push({ file: `${page.name}-${scripts.length + 1}.js`, content: text });
        return block;
      },
      table(token: Tokens.Table) {
        const line = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
          `<tr>${cells
            .map(({ tokens, align }) => {
              const side = align === null ? '' : ` class="${align}"`;
              return `<${tag}${side}${tag === 'th' ? ' scope="col"' : ''}>${this.parser.parseInline(tokens)}</${tag}>`;
            })
            .join('')}</tr>`;
        const head = token.header.some(({ text }) => text !== '') ? `<thead>${line(token.header, 'th')}</thead>` : '';
        const label = escaped(headings.at(-1)?.text ?? page.title);
        const wide = token.header.length > 4 ? ' wide' : '';
        const numbered = token.header[0]?.text === '#' ? ' numbered' : '';
        return `<div class="table${wide}${numbered}" role="group" aria-label="${label}" tabindex="0"><table>${head}<tbody>${token.rows.map((row) => line(row, 'td')).join('\n')}</tbody></table></div>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const target = linkTarget(page, href, all);
        const html = this.parser.parseInline(tokens);
        return target === null ? html : `<a href="${escaped(target)}">${html}</a>`;
      },
    },
  });

  const html = marked.parse(page.markdown.replace(/<!--[^]*?-->/g, ''), { async: false });
  const parts = html.split(/<h[1-6] id="[^"]*">[^]*?<\/h[1-6]>\n/);
  return { html, headings, texts: parts.slice(1).map(plain), scripts, live };
}
