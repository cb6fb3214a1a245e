import { html, nothing } from 'lit';
import type { Token, Tokens } from 'marked';
import { fill } from '../strings.ts';
import { characters } from './characters.ts';

/** The words of a Markdown line: emphasis, code, links, pictures. */

/** What the reader of a text lets it do. */
export interface Reading {
  /** What a heading of the first level is, 1–6. */
  readonly headingLevel: number;
  /** The address that a link leads to; null = it may lead nowhere. */
  readonly link: (href: string) => string | null;
  /** The address that a picture comes from; null = it is not loaded. */
  readonly image: (src: string) => string | null;
  /** Stands where a picture is not loaded; `{alt}` is filled in. */
  readonly imageHidden: string;
  /** Said of a link that leads nowhere; `{url}` is filled in. Empty: nothing is. */
  readonly linkKept: string;
  /** `data:` pictures are drawn by `<viva-still>`, where the page's policy knows no `data:`. */
  readonly drawn?: boolean;
  /** Stands at the end of a block of code. */
  readonly besideCode?: (code: string) => unknown;
}

const DEEPEST = 32;

export const inline = (tokens: readonly Token[], reading: Reading, depth = 0): unknown =>
  tokens.map((token) => (depth > DEEPEST ? token.raw : piece(token, reading, depth)));

function piece(token: Token, reading: Reading, depth: number): unknown {
  const inside = (tokens: readonly Token[]) => inline(tokens, reading, depth + 1);
  switch (token.type) {
    case 'strong':
      return html`<strong>${inside((token as Tokens.Strong).tokens)}</strong>`;
    case 'em':
      return html`<em>${inside((token as Tokens.Em).tokens)}</em>`;
    case 'del':
      return html`<del>${inside((token as Tokens.Del).tokens)}</del>`;
    case 'codespan':
      return html`<code dir="ltr">${(token as Tokens.Codespan).text}</code>`;
    case 'br':
      return html`<br />`;
    case 'link':
      return link(token as Tokens.Link, inside((token as Tokens.Link).tokens), reading);
    case 'image':
      return image(token as Tokens.Image, reading);
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? characters(text) : inside(tokens);
    }
    case 'checkbox':
      return nothing;
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw) ? html`<br />` : token.raw.startsWith('<!--') ? nothing : token.raw;
    default:
      return token.raw;
  }
}

const REL = 'noopener noreferrer nofollow ugc';

function link({ href, title }: Tokens.Link, content: unknown, { link: policy, linkKept }: Reading): unknown {
  const url = characters(href);
  const address = policy(url);
  if (address !== null) return html`<a href=${address} title=${title ?? nothing} target="_blank" rel=${REL}>${content}</a>`;
  if (linkKept === '') return content;
  const kept = fill(linkKept, { url });
  return html`<span class="kept-link" title=${kept}>${content}<span class="unseen"> (${kept})</span></span>`;
}

function image({ href, title, text }: Tokens.Image, reading: Reading): unknown {
  const url = characters(href);
  const src = reading.image(url);
  const alt = characters(text);
  if (src !== null && reading.drawn === true && src.startsWith('data:'))
    return html`<viva-still .source=${src} role="img" aria-label=${alt}></viva-still>`;
  if (src !== null)
    return html`<img
      src=${src}
      alt=${alt}
      title=${title ?? nothing}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
    />`;
  const words = html`<span class="hidden-image">${fill(reading.imageHidden, { alt })}</span>`;
  const address = reading.link(url);
  return address === null ? words : html`<a href=${address} target="_blank" rel=${REL}>${words}</a>`;
}
