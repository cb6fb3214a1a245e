/** Whether a text has Markdown in it, and its words without; without the reader, which is fetched only where there is some. Pure. */

const MARKS =
  /^ {0,3}(?:#{1,6} |[-*+] |\d{1,9}[.)] |>|```|~~~|\|.*\|)|\*\*\S|__\S|`[^`\n]|\]\(|~~\S|https?:\/\/|(?<![\w*])\*[^\s*]+/m;

/** Longer texts keep their marks: nobody listens to that much at once. */
const LONGEST = 20_000;

export const hasMarkdown = (text: string): boolean => MARKS.test(text);

/** The words as a person would read them out: no stars, hashes and addresses; what is no Markdown stays as it is. */
export function plainWords(written: string): string {
  // A picture that came with the answer is longer than all that is said.
  const text = written.replace(/!\[([^[\]]{0,500})\]\(data:[^()\s]*\)/g, '$1');
  if (text.length > LONGEST || !hasMarkdown(text)) return text;
  return (
    text
      .replace(/^ {0,3}(?:```|~~~).*\n?/gm, '')
      .replace(/!?\[([^[\]]{0,500})\]\([^()\s]{0,2000}(?: "[^"]{0,500}")?\)/g, '$1')
      .replace(/^ {0,3}(?:#{1,6}|>) +/gm, '')
      .replace(/(\*\*|__|~~)(?=\S)([^]{0,500}?\S)\1/g, '$2')
      .replace(/(?<![\w*])\*(?=[^\s*])([^*\n]{0,500}[^\s*])\*(?![\w*])/g, '$1')
      .replace(/`([^`\n]{1,500})`/g, '$1')
      // An answer that was cut leaves half a pair.
      .replace(/(?:\*\*|~~)(?=\S)|(?<=\S)(?:\*\*|~~)/g, '')
  );
}

/** A text that is still coming in, without the marks at its end that may yet turn out to be Markdown. */
export const withoutHalfMarks = (text: string): string => text.replace(/[*_~`#|![]+$/, '');
