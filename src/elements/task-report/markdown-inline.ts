import { html, nothing } from 'lit';
import type { Token, Tokens } from 'marked';
import { fill } from '../strings.ts';
import { imageAddress, linkAddress, type ImagePolicy } from './link-policy.ts';
import { characters } from './markdown-text.ts';

/** The words of a Markdown line: emphasis, code, links, pictures. */

export interface Reading {
  /** Links and pictures lead from here. */
  readonly base: string;
  readonly images: ImagePolicy;
  /** What a heading of the first level is, 1–6. */
  readonly headingLevel: number;
  /** Stands where a picture is not loaded; `{alt}` is filled in. */
  readonly imageHidden: string;
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

function link({ href, title }: Tokens.Link, content: unknown, { base }: Reading): unknown {
  const address = linkAddress(characters(href), base);
  if (address === null) return content;
  return html`<a href=${address} title=${title ?? nothing} target="_blank" rel="noopener noreferrer nofollow ugc">${content}</a>`;
}

function image({ href, title, text }: Tokens.Image, { base, images, imageHidden }: Reading): unknown {
  const src = imageAddress(characters(href), base, images);
  const alt = characters(text);
  if (src !== null)
    return html`<img
      src=${src}
      alt=${alt}
      title=${title ?? nothing}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
    />`;
  const words = html`<span class="hidden-image">${fill(imageHidden, { alt })}</span>`;
  const address = linkAddress(characters(href), base);
  return address === null ? words : html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow ugc">${words}</a>`;
}
