import { load, type CheerioAPI } from 'cheerio';
import { splitSentences } from './language.ts';
import type { Page, Section } from './page.ts';

/** An HTML document as a Page: main content only, lists and tables turned into sentences. */

type AnyNode = Exclude<Parameters<typeof load>[0], string | Buffer | readonly unknown[]>;
type Element = Extract<AnyNode, { attribs: unknown }>;
type Text = Extract<AnyNode, { data: string }>;

const NOT_CONTENT =
  'script,style,noscript,template,svg,canvas,iframe,nav,form,button,input,select,textarea,dialog,[hidden],[aria-hidden="true"],' +
  'header[role="banner"],body>header,body>footer,body>aside,[role="navigation"],[role="contentinfo"],[role="search"],[data-no-knowledge],body>a[href^="#"]';
const BLOCKS = new Set([
  'p',
  'li',
  'dd',
  'dt',
  'blockquote',
  'figcaption',
  'td',
  'th',
  'caption',
  'address',
  'pre',
  'summary',
  'div',
  'section',
  'article',
]);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'summary']);

/** `fallbackUrl` is cited unless the page names its canonical address. */
export function readHtmlPage(html: string, fallbackUrl: string): Page {
  const $ = load(html);
  const canonical = $('link[rel="canonical"]').attr('href')?.trim();
  const language = $('html').attr('lang')?.trim() || 'en';
  const named = clean($('title').first().text());
  $(NOT_CONTENT).remove();
  removeCustomElements($);
  const heading = clean($('h1').first().text());
  const main = $('main,[role="main"]').first();
  const root = main.length > 0 ? main : $('article').first().length > 0 ? $('article').first() : $('body');
  const reader = new SectionReader($);
  for (const node of root.contents().toArray()) reader.read(node);
  return {
    url: canonical === undefined || canonical === '' ? fallbackUrl : canonical,
    title: shortTitle(named, heading) || fallbackUrl,
    language,
    sections: reader.finish(),
  };
}

/** "Returns – Northwind Garden" is "Returns"; a first heading that the title begins with says the same. */
function shortTitle(title: string, heading: string): string {
  const first = title.split(/\s+[|–—·•-]\s+|\s*\|\s*|:\s/)[0]?.trim() ?? '';
  if (first !== '' && first.length <= 40) return first;
  return heading !== '' && heading.length <= 60 ? heading : first || heading;
}

/** `<viva-voce>` and other custom elements hold widgets, not the page's words. */
function removeCustomElements($: CheerioAPI): void {
  $('*')
    .filter((_, element) => isElement(element) && element.name.includes('-'))
    .remove();
}

class SectionReader {
  readonly #$: CheerioAPI;
  readonly #sections: { heading: string; anchor: string | null; sentences: string[] }[] = [
    { heading: '', anchor: null, sentences: [] },
  ];
  #inline = '';

  constructor($: CheerioAPI) {
    this.#$ = $;
  }

  read(node: AnyNode): void {
    if (isText(node)) {
      this.#inline += node.data;
      return;
    }
    if (!isElement(node)) return;
    if (node.name === 'br') {
      this.#inline += ' ';
    } else if (HEADINGS.has(node.name)) {
      this.#flush();
      this.#sections.push({ heading: this.#text(node), anchor: anchorOf(node), sentences: [] });
    } else if (node.name === 'table') {
      this.#flush();
      this.#say(tableRows(this.#$, node));
    } else if (node.name === 'dl') {
      this.#flush();
      this.#say(definitions(this.#$, node));
    } else if (node.name === 'ul' || node.name === 'ol') {
      this.#flush();
      this.#say(listItems(this.#$, node));
    } else if (BLOCKS.has(node.name) || this.#$(node).children('p,ul,ol,table,h1,h2,h3,h4,div,section').length > 0) {
      this.#flush();
      for (const child of node.children) this.read(child);
      this.#flush();
    } else {
      for (const child of node.children) this.read(child);
    }
  }

  finish(): Section[] {
    this.#flush();
    return this.#sections.filter((section) => section.sentences.length > 0 || section.heading !== '');
  }

  #text(node: Element): string {
    return clean(this.#$(node).text());
  }

  #flush(): void {
    const text = clean(this.#inline);
    this.#inline = '';
    if (/\p{L}/u.test(text)) this.#say(splitSentences(text));
  }

  #say(sentences: readonly string[]): void {
    this.#sections.at(-1)?.sentences.push(...sentences);
  }
}

/** Comments hold data as well. */
function isText(node: AnyNode): node is Text {
  return node.nodeType === 3;
}

function isElement(node: AnyNode): node is Element {
  return node.nodeType === 1;
}

function anchorOf(node: Element): string | null {
  const own = node.attribs['id'];
  if (own !== undefined && own !== '') return own;
  const parent = node.parent;
  const parents = parent !== null && isElement(parent) && parent.name === 'section' ? parent.attribs['id'] : undefined;
  return parents === undefined || parents === '' ? null : parents;
}

/** "Saturday: 10 to 17." One sentence a row; a header row names the cells when there are more than two columns. */
function tableRows($: CheerioAPI, table: Element): string[] {
  const rows = $(table)
    .find('tr')
    .toArray()
    .map((row) => ({
      header: $(row).children('td').length === 0,
      cells: $(row)
        .children('th,td')
        .toArray()
        .map((cell) => clean($(cell).text())),
    }));
  const names = rows.find((row) => row.header)?.cells ?? [];
  return rows
    .filter((row) => !row.header && row.cells.some((cell) => cell !== ''))
    .map(({ cells }) => {
      const [first = '', ...rest] = cells;
      const said = rest.map((cell, index) => {
        const name = names[index + 1] ?? '';
        return rest.length > 1 && name !== '' ? `${lowerFirst(name)} ${cell}` : cell;
      });
      return said.length === 0 ? ended(first) : ended(`${first}: ${said.filter((cell) => cell !== '').join(', ')}`);
    });
}

function definitions($: CheerioAPI, list: Element): string[] {
  const out: string[] = [];
  let term = '';
  for (const child of $(list).find('dt,dd').toArray()) {
    const text = clean($(child).text());
    if (child.name === 'dt') term = text;
    else if (text !== '') out.push(...(term === '' ? splitSentences(text) : defined(term, text)));
  }
  return out;
}

function defined(term: string, text: string): string[] {
  const [first = '', ...rest] = splitSentences(text);
  return term.endsWith('?') ? [first, ...rest] : [ended(`${term}: ${first}`), ...rest];
}

function listItems($: CheerioAPI, list: Element): string[] {
  return $(list)
    .children('li')
    .toArray()
    .flatMap((item) => {
      const nested = $(item)
        .children('ul,ol')
        .toArray()
        .flatMap((inner) => listItems($, inner));
      $(item).children('ul,ol').remove();
      return [...splitSentences(clean($(item).text())).map(ended), ...nested];
    });
}

/** A fragment gets a full stop, so that it is spoken as a sentence. */
function ended(text: string): string {
  const trimmed = text.replace(/[,;:]$/, '');
  return /[.!?…]["”’)]?$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function clean(text: string): string {
  return text
    .replace(/\u00ad/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
