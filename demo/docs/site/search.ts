/** Finding a section of the documents by words, in the reader's browser. */

export interface FoundSection {
  readonly href: string;
  /** Title of its page. */
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether a word of `text` begins with `word`. */
function begins(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.slice(at - 1, at))) return true;
  }
  return false;
}

/** How much a word is what a section is about: a whole heading, a word of it, the beginning of one, a place in the text. */
function weight(section: FoundSection, word: string): number {
  const [heading, text] = [folded(section.heading), folded(section.text)];
  if (heading === word) return 16;
  if (begins(heading, word)) return 8;
  if (begins(folded(section.page), word)) return 4;
  if (begins(text, word)) return 2;
  return text.includes(word) || heading.includes(word) ? 1 : 0;
}

/** The sections that have every word of `query`, the best first; none for an empty one. */
export function find(sections: readonly FoundSection[], query: string, most = 12): readonly FoundSection[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return sections
    .map((section) => ({ section, weights: words.map((word) => weight(section, word)) }))
    .filter(({ weights }) => weights.every((each) => each > 0))
    .map(({ section, weights }) => ({ section, score: weights.reduce((sum, each) => sum + each, 0) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ section }) => section);
}

/** The words around the first place that a word of `query` stands at, about `length` characters. */
export function around(text: string, query: string, length = 110): string {
  const places = folded(query)
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => folded(text).indexOf(word))
    .filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...places, text.length) - length / 3);
  const start = from === 0 || places.length === 0 ? 0 : text.indexOf(' ', from) + 1;
  const cut = text.slice(start, start + length);
  return `${start > 0 ? '… ' : ''}${cut}${start + length < text.length ? ' …' : ''}`;
}
