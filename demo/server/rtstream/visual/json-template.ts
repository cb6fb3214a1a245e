/** The JSON-like template in a prompt, read leniently: `true/false`, `"a" | "b"`, `<number>`, comments, trailing commas, curly quotes. */

export type Template =
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Template])[]; readonly quoted: boolean }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  /** Something in quotes: an example or a description. */
  | { readonly kind: 'quoted'; readonly text: string }
  /** Anything else: `true/false`, `number`, `3`, or nothing. */
  | { readonly kind: 'bare'; readonly text: string };

const MOST_CHARS = 20_000;
const MOST_DEPTH = 8;
const MOST_KEYS = 100;
/** Beginnings that are tried. */
const MOST_TRIES = 50;

/** The largest object or list of objects that stands in the text, or null. */
export function findTemplate(prompt: string): Template | null {
  const text = prompt.slice(0, MOST_CHARS).replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
  let best: { readonly template: Template; readonly length: number } | null = null;
  let at = 0;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const from = text.slice(at).search(/[{[]/);
    if (from === -1) break;
    const reading = new Reading(text, at + from);
    const template = reading.whole();
    if (template === null) at += from + 1;
    else {
      const length = reading.at - at - from;
      if (best === null || length > best.length) best = { template, length };
      at = reading.at;
    }
  }
  return best?.template ?? null;
}

class Unreadable extends Error {}

class Reading {
  at: number;
  readonly #text: string;
  #keys = 0;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  whole(): Template | null {
    try {
      const template = this.#value(0);
      return isRoot(template) ? template : null;
    } catch (error) {
      if (error instanceof Unreadable) return null;
      throw error;
    }
  }

  #value(depth: number): Template {
    if (depth > MOST_DEPTH) throw new Unreadable();
    this.#skip();
    switch (this.#text[this.at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
      case "'":
      case '`':
        return this.#quoted();
      default:
        return { kind: 'bare', text: this.#bare() };
    }
  }

  #object(depth: number): Template {
    const entries = new Map<string, Template>();
    let quoted = true;
    this.at++;
    for (;;) {
      this.#skip();
      if (this.#take('}')) break;
      if (this.#take(',') || this.#ellipsis()) continue;
      const key = /^(["'`]?)([^"'`\n:,{}[\]]{1,80}?)\1\??\s*(?=[:,}\n])/.exec(this.#text.slice(this.at, this.at + 100));
      const name = (key?.[2] ?? '').trim();
      // Prose in braces is no template.
      if (key === null || name === '' || (key[1] === '' && !/^[\w$-]+$/.test(name)) || ++this.#keys > MOST_KEYS)
        throw new Unreadable();
      if (key[1] === '') quoted = false;
      this.at += key[0].length;
      entries.set(name, this.#take(':') ? this.#value(depth + 1) : { kind: 'bare', text: '' });
    }
    return { kind: 'object', entries: [...entries], quoted };
  }

  #array(depth: number): Template {
    const items: Template[] = [];
    this.at++;
    for (;;) {
      this.#skip();
      if (this.#take(']')) break;
      if (this.#take(',') || this.#ellipsis()) continue;
      if (items.length >= MOST_KEYS) throw new Unreadable();
      items.push(this.#value(depth + 1));
    }
    return { kind: 'array', items };
  }

  /** `"a" | "b"` is one value. */
  #quoted(): Template {
    const texts = [this.#string()];
    let more = /^\s*(?:\||\/(?!\/)|\bor\b)\s*/.exec(this.#text.slice(this.at, this.at + 20));
    while (more !== null) {
      this.at += more[0].length;
      texts.push(/["'`]/.test(this.#text[this.at] ?? '') ? this.#string() : this.#bare());
      more = /^\s*(?:\||\/(?!\/)|\bor\b)\s*/.exec(this.#text.slice(this.at, this.at + 20));
    }
    return texts.length === 1 ? { kind: 'quoted', text: texts[0] ?? '' } : { kind: 'bare', text: texts.join(' | ') };
  }

  #string(): string {
    const quote = this.#text[this.at++] ?? '';
    let said = '';
    for (;;) {
      const char = this.#text[this.at++];
      if (char === undefined) throw new Unreadable();
      if (char === quote) return said.trim();
      if (char === '\\') said += this.#text[this.at++] ?? '';
      else said += char;
    }
  }

  #bare(): string {
    let said = '';
    let inParentheses = 0;
    for (;;) {
      const char = this.#text[this.at];
      if (char === undefined) throw new Unreadable();
      if (inParentheses === 0 && /[,}\]\n]/.test(char)) break;
      if (this.#text.startsWith('//', this.at)) break;
      if (char === '(') inParentheses++;
      if (char === ')') inParentheses = Math.max(0, inParentheses - 1);
      said += char;
      this.at++;
    }
    return said.trim();
  }

  /** Spaces and comments. */
  #skip(): void {
    const skipped = /^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/.exec(this.#text.slice(this.at));
    this.at += skipped?.[0].length ?? 0;
    if (this.at >= this.#text.length) throw new Unreadable();
  }

  #take(char: string): boolean {
    if (this.#text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  #ellipsis(): boolean {
    const dots = /^(?:\.{3}|…)/.exec(this.#text.slice(this.at, this.at + 3));
    this.at += dots?.[0].length ?? 0;
    return dots !== null;
  }
}

function isRoot(template: Template): boolean {
  if (template.kind === 'object') return template.entries.length > 0;
  return template.kind === 'array' && template.items.some((item) => item.kind === 'object' && item.entries.length > 0);
}
