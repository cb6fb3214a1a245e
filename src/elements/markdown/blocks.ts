import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type Token, type Tokens } from 'marked';
import { inline, type Reading } from './inline.ts';

/**
 * Markdown as Lit templates: what its reader (marked, the lexer alone) recognises is built node by node from a fixed set of tags, so that no
 * string ever becomes HTML. HTML that stands in the Markdown is shown as the text it is.
 */

/** Longer ones are shown as they are written, characters. */
const LONGEST = 500_000;
/** A paragraph with more signs of emphasis takes its reader too long: they are matched each with each. */
const MOST_SIGNS = 3_000;
/** Deeper nesting is shown as it is written. */
const DEEPEST = 32;

export type { Reading } from './inline.ts';

/** Null: it is too long, too entangled or too deeply nested to be read. */
export function markdown(text: string, reading: Reading): TemplateResult | null {
  if (!isReadable(text)) return null;
  try {
    const tokens = new Lexer({ gfm: true }).lex(text);
    // Some reports begin with headings of the second level: no level of the page's outline is left out for them.
    const highest = Math.min(
      6,
      ...tokens.flatMap((token) => (token.type === 'heading' ? [(token as Tokens.Heading).depth] : [])),
    );
    return html`${blocks(tokens, { ...reading, headingLevel: reading.headingLevel + 1 - highest }, 0)}`;
  } catch (cause) {
    // The lexer goes down as deep as the text is nested.
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** Rows of tables do not count: each cell is read by itself. */
const isReadable = (text: string): boolean =>
  text.length <= LONGEST &&
  text.split(/\n\s*\n/).every((part) => (part.replace(/^\|.*$/gm, '').match(/[*_~`[]/g)?.length ?? 0) <= MOST_SIGNS);

/** The direction is found by the first letter of what is not inside of something that has one. */
const direction = (depth: number) => (depth === 0 ? 'auto' : nothing);

const blocks = (tokens: readonly Token[], reading: Reading, depth: number): unknown =>
  tokens.map((token) => (depth > DEEPEST ? token.raw : block(token, reading, depth)));

function block(token: Token, reading: Reading, depth: number): unknown {
  switch (token.type) {
    case 'heading': {
      const { depth: level, tokens } = token as Tokens.Heading;
      return heading(level + reading.headingLevel - 1, `level-${level}`, inline(tokens, reading));
    }
    case 'paragraph':
      return html`<p dir=${direction(depth)}>${inline((token as Tokens.Paragraph).tokens, reading)}</p>`;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? text : inline(tokens, reading);
    }
    case 'list':
      return list(token as Tokens.List, reading, depth);
    case 'blockquote':
      return html`<blockquote dir=${direction(depth)}>
        ${blocks((token as Tokens.Blockquote).tokens, reading, depth + 1)}
      </blockquote>`;
    case 'code':
      return code((token as Tokens.Code).text, reading);
    case 'table':
      return table(token as Tokens.Table, reading);
    case 'hr':
      return html`<hr />`;
    case 'html':
      return rawHtml((token as Tokens.HTML).raw);
    case 'space':
    case 'def':
    case 'checkbox':
      return nothing;
    default:
      return token.raw;
  }
}

function code(text: string, { besideCode }: Reading): TemplateResult {
  const block = html`<pre dir="ltr" tabindex="0"><code>${text}</code></pre>`;
  return besideCode === undefined ? block : html`<div class="code">${block}${besideCode(text)}</div>`;
}

const rawHtml = (raw: string) => (/^\s*<!--/.test(raw) ? nothing : html`<p dir="auto" class="raw">${raw.trim()}</p>`);

/** `look`: what it was in the Markdown, wherever in the page's outline it stands. */
function heading(level: number, look: string, content: unknown): TemplateResult {
  switch (level) {
    case 1:
      return html`<h1 class=${look} dir="auto">${content}</h1>`;
    case 2:
      return html`<h2 class=${look} dir="auto">${content}</h2>`;
    case 3:
      return html`<h3 class=${look} dir="auto">${content}</h3>`;
    case 4:
      return html`<h4 class=${look} dir="auto">${content}</h4>`;
    case 5:
      return html`<h5 class=${look} dir="auto">${content}</h5>`;
    default:
      return html`<h6 class=${look} dir="auto">${content}</h6>`;
  }
}

function list({ ordered, start, items }: Tokens.List, reading: Reading, depth: number): TemplateResult {
  const entries = items.map(
    ({ task, checked, tokens }) =>
      html`<li class=${task ? 'task' : nothing}>
        ${task ? (checked === true ? '☑ ' : '☐ ') : nothing}${blocks(tokens, reading, depth + 1)}
      </li>`,
  );
  return ordered
    ? html`<ol dir=${direction(depth)} start=${start === '' ? 1 : start}>
        ${entries}
      </ol>`
    : html`<ul>
        ${entries}
      </ul>`;
}

function table({ header, rows }: Tokens.Table, reading: Reading): TemplateResult {
  const cell = ({ tokens }: Tokens.TableCell) => inline(tokens, reading);
  return html`<div class="table" tabindex="0" role="region" aria-label=${header.map(({ text }) => text).join(', ')}>
    <table>
      <thead>
        <tr>
          ${header.map((each) => html`<th scope="col" class=${each.align ?? nothing} dir="auto">${cell(each)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((each) => html`<td class=${each.align ?? nothing} dir="auto">${cell(each)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
