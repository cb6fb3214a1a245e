/** What is left of Markdown and HTML when it is read aloud. Works on a sentence as well as on a page. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
};

export function plainText(text: string): string {
  return text
    .replace(/```[^\n]*\n?|~~~[^\n]*\n?/g, ' ')
    .replace(/!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replace(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')
    .replace(/\[\^[^\]]+\]/g, '')
    .replace(/<((?:https?:\/\/|mailto:)[^>\s]+)>/g, '$1')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&([a-z]+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/^\s*(?:[-*_]\s*){3,}$/gm, '')
    .replace(/^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$/gm, '')
    .replace(
      /^[ \t]*\|(.*)\|[ \t]*$/gm,
      (_, row: string) =>
        `${row
          .split('|')
          .map((cell) => cell.trim())
          .join(', ')}.`,
    )
    .replace(/^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/gm, (_, title: string) => ended(title))
    .replace(/^\s*>\s?/gm, '')
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ x]\]\s+)?(.*)$/gim, (_, item: string) => ended(item))
    .replace(/`+([^`]*)`+/g, '$1')
    .replace(/(\*\*\*|\*\*|(?<!\d)\*)(?=\S)([^*]*?\S)\1/g, '$2')
    .replace(/(^|[^\p{L}\p{N}_])(___|__|_)(?=\S)([^_]*?\S)\2(?![\p{L}\p{N}_])/gu, '$1$3')
    .replace(/~~(?=\S)([^~]*?\S)~~/g, '$1')
    .replace(/(?<!\d)\*{1,3}|\*{1,3}(?!\d)|`+/g, '')
    .replace(/[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u200d\ufe0f]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
    .trim();
}

/** A heading or a list item is a sentence, with or without its full stop. */
function ended(line: string): string {
  return /[.!?:;,]\s*$/.test(line) ? line : `${line}.`;
}
