/**
 * Markdown that is still being written, made so that more of it only ever adds to what is seen: half a mark is left out, what is begun is
 * closed, half a link is its words, a table waits for the row that makes it one. Pure.
 */

const fences = /^ {0,3}(?:```|~~~)/;
/** A line that may yet turn out to be the beginning of something: `-`, `3.`, `##`, `>`, “``”, an underline of a heading. */
const begun = /^\s*(?:[-*+]|\d{1,9}[.)]?|#{1,6}|>|`{1,2}|~{1,2}|-+|=+|\*{1,3}|_{1,3})\s*$/;
const row = /^\s*\|/;
const rule = /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/;

export function steady(text: string): string {
  // A line's end alone ends no paragraph and no table.
  const lines = text.replace(/\n$/, '').split('\n');
  const open = lines.filter((line) => fences.test(line)).length % 2 === 1;
  const last = lines.at(-1) ?? '';
  if (open) return /^\s*[`~]{1,2}$/.test(last) ? lines.slice(0, -1).join('\n') : text;
  if (begun.test(last)) lines.pop();
  const table = lines.slice(lines.findLastIndex((line) => !row.test(line)) + 1);
  if (table.length > 0 && !isTable(table)) lines.splice(-table.length);
  const from = lines.findLastIndex((line) => line.trim() === '' || /^\s*(?:[-*+]|\d{1,9}[.)]|>|#{1,6}|\|)\s*/.test(line));
  const first = Math.max(0, lines[from]?.trim() === '' ? from + 1 : from);
  if (first >= lines.length) return lines.join('\n');
  return [...lines.slice(0, first), closed(lines.slice(first).join('\n'))].join('\n');
}

/** The last paragraph with everything closed that is open. */
function closed(tail: string): string {
  const marker = /^\s*(?:[-*+]|\d{1,9}[.)]|>|#{1,6})\s+/.exec(tail)?.[0] ?? '';
  let body = tail.slice(marker.length);
  if (count(body, /`/g) % 2 === 1) return `${marker}${body.endsWith('`') ? body.slice(0, -1) : `${body}\``}`;
  const code = /`[^`]*`/g;
  body = body
    .replace(/!\[[^\]]*(?:\](?:\([^)]*)?)?$/, '')
    .replace(/\[([^[\]]*)(?:\](?:\([^)]*)?)?$/, '$1')
    .replace(/[*_~]+$/, (marks) => (closes(body.slice(0, -marks.length).replace(code, ''), marks) ? marks : ''));
  const words = body.replace(code, '');
  const ends: string[] = [];
  const thin = words.replace(/\*\*|__|~~/g, '');
  if (count(thin, /(?<=\S)\*|\*(?=\S)/g) % 2 === 1) ends.push('*');
  if (count(thin, /(?<!\w)_(?=\S)/g) > count(thin, /(?<=\S)_(?!\w)/g)) ends.push('_');
  for (const mark of ['**', '__', '~~']) if (words.split(mark).length % 2 === 0) ends.unshift(mark);
  return ends.length === 0 ? `${marker}${body}` : `${marker}${body.trimEnd()}${ends.join('')}`;
}

/** Marks at the end that close what is open before them, rather than begin something. */
const closes = (before: string, marks: string): boolean => /\S$/.test(before) && before.split(marks).length % 2 === 0;

/** The row under the head is there, with as many cells. */
const isTable = ([head = '', second = '']: readonly string[]): boolean =>
  rule.test(second) && count(second, /\|/g) >= count(head, /(?<!\\)\|/g);

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
