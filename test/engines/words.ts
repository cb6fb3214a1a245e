/** Word errors, after what is only a way of writing is made equal. */

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const SAME: Readonly<Record<string, string>> = { mr: 'mister', dr: 'doctor', ok: 'okay', ill: 'ill' };

function plainWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/\$(\d+)/g, '$1 dollars')
    .replace(/[-–—/]/g, ' ')
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap((word) => (/^\d+$/.test(word) ? inWords(Number(word)).split(' ') : [SAME[word] ?? word]));
}

function inWords(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  if (value < 100) return `${TENS[Math.floor(value / 10)] ?? ''} ${value % 10 === 0 ? '' : inWords(value % 10)}`.trim();
  if (value < 1000) return `${inWords(Math.floor(value / 100))} hundred ${value % 100 === 0 ? '' : inWords(value % 100)}`.trim();
  return value < 1e6
    ? `${inWords(Math.floor(value / 1000))} thousand ${value % 1000 === 0 ? '' : inWords(value % 1000)}`.trim()
    : String(value);
}

/** Words to insert, leave out or replace until `heard` is `said`. */
function wordErrors(said: string, heard: string): { readonly errors: number; readonly words: number } {
  const [left, right] = [plainWords(said), plainWords(heard)];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  left.forEach((word, index) => {
    const next = [index + 1];
    right.forEach((other, at) => {
      next.push(Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (word === other ? 0 : 1)));
    });
    row = next;
  });
  return { errors: row.at(-1) ?? 0, words: left.length };
}

/** Of all pairs together, 0–1. */
export function errorRate(pairs: readonly (readonly [said: string, heard: string])[]): number {
  const counts = pairs.map(([said, heard]) => wordErrors(said, heard));
  return counts.reduce((sum, { errors }) => sum + errors, 0) / counts.reduce((sum, { words }) => sum + words, 0);
}
