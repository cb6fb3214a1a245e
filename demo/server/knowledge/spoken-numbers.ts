/** Numbers said in words to digits: "twenty five" → "25", "nineteen ninety" → "1990", "one two three four" stays four digits. */

const UNITS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1_000_000 };

function isNumberWord(word: string): boolean {
  return word in UNITS || word in TENS || word in SCALES;
}

/**
 * Every run of number words becomes digits; the rest stays as it is. "one" alone stays a word (it is mostly a pronoun: "the other one"),
 * unless `ones` is set.
 */
export function digitise(text: string, options: { readonly ones?: boolean } = {}): string {
  const pieces = text.split(/(\s+|(?<=\p{L})-(?=\p{L}))/u);
  const out: string[] = [];
  let index = 0;
  while (index < pieces.length) {
    const run = takeRun(pieces, index);
    if (run === null) {
      out.push(pieces[index] ?? '');
      index++;
      continue;
    }
    const alone = run.words.length === 1 && run.words[0] === 'one' && options.ones !== true;
    out.push(alone ? pieces.slice(index, run.end).join('') : `${valuesOf(run.words).join(' ')}${run.tail}`);
    index = run.end;
  }
  return out.join('');
}

interface Run {
  readonly words: readonly string[];
  /** Punctuation that stuck to the last word. */
  readonly tail: string;
  readonly end: number;
}

/** Pieces alternate word and separator. */
function takeRun(pieces: readonly string[], from: number): Run | null {
  const words: string[] = [];
  let tail = '';
  let end = from;
  for (let at = from; at < pieces.length && tail === ''; at += 2) {
    const [, word = '', rest = ''] = /^(\p{L}+)(\P{L}*)$/u.exec((pieces[at] ?? '').toLowerCase()) ?? [];
    const joins =
      word === 'and' &&
      SCALES[words.at(-1) ?? ''] !== undefined &&
      isNumberWord((pieces[at + 2] ?? '').toLowerCase().replace(/\P{L}+$/u, ''));
    if (joins && rest === '') continue;
    if (!isNumberWord(word) || (words.length === 0 && word in SCALES)) break;
    words.push(word);
    tail = rest;
    end = at + 1;
  }
  return words.length === 0 ? null : { words, tail, end };
}

/** One or more values: a new one begins where the words cannot belong to the same number ("one two", "nineteen ninety" is 19 90 = 1990). */
function valuesOf(words: readonly string[]): number[] {
  const values: number[] = [];
  let total = 0;
  let current: number | null = null;
  let last = Number.POSITIVE_INFINITY;
  const close = (): void => {
    if (current !== null) values.push(total + current);
    total = 0;
    current = null;
    last = Number.POSITIVE_INFINITY;
  };
  for (const word of words) {
    const scale = SCALES[word];
    if (scale !== undefined) {
      if (scale === 100) current = (current ?? 1) * 100;
      else {
        total += (current ?? 1) * scale;
        current = 0;
      }
      last = scale;
      continue;
    }
    const value = UNITS[word] ?? TENS[word] ?? 0;
    const fits = current === null || last >= 100 || (last >= 20 && last < 100 && value < 10 && value > 0);
    if (!fits) close();
    current = (current ?? 0) + value;
    last = value === 0 ? 1 : value;
  }
  close();
  const [century, year] = values;
  if (
    values.length === 2 &&
    century !== undefined &&
    year !== undefined &&
    century >= 11 &&
    century <= 20 &&
    year >= 10 &&
    year <= 99
  )
    return [century * 100 + year];
  return values;
}
