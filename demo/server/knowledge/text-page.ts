import { splitSentences } from './language.ts';
import type { Page, Section } from './page.ts';

/** A Markdown or plain text document as a Page: `#` headings make sections, marks of emphasis and links are dropped. */
export function readTextPage(text: string, url: string): Page {
  const sections: { heading: string; anchor: string | null; sentences: string[] }[] = [
    { heading: '', anchor: null, sentences: [] },
  ];
  let paragraph: string[] = [];
  let title = '';
  let fenced = false;
  const flush = (): void => {
    const joined = plain(paragraph.join(' '));
    paragraph = [];
    if (/\p{L}/u.test(joined)) sections.at(-1)?.sentences.push(...splitSentences(joined));
  };
  for (const line of withoutFrontMatter(text).split(/\r?\n/)) {
    if (/^\s*(```|~~~)/.test(line)) {
      fenced = !fenced;
      continue;
    }
    if (fenced) continue;
    const heading = /^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line);
    if (heading !== null) {
      flush();
      const words = plain(heading[2] ?? '');
      if (title === '' && heading[1] === '#') title = words;
      else sections.push({ heading: words, anchor: slug(words), sentences: [] });
      continue;
    }
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    if (item !== null || line.trim() === '') flush();
    if (item !== null || line.trim() !== '') paragraph.push(item?.[1] ?? line.trim());
  }
  flush();
  return { url, title: title || nameOf(url), language: 'en', sections: sections.filter(hasContent) };
}

function hasContent(section: Section): boolean {
  return section.sentences.length > 0 || section.heading !== '';
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
}

function plain(markdown: string): string {
  return markdown
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, ' ')
    .replace(/(\*\*|__|\*|`)(?=\S)([^*`]*?\S)\1/g, '$2')
    .replace(/^>\s?/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}

/** "opening-hours.md" → "Opening hours" */
function nameOf(url: string): string {
  const name =
    (url.split(/[?#]/)[0] ?? '')
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? url;
  const words = name
    .replace(/\.[a-z0-9]+$/i, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
