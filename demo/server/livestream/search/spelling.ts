/** How words are misspelt: by how much two differ, how much is forgiven, and what a run without spaces may have meant. Pure. */

/** A shorter word differs from too many others by one letter. */
const SHORTEST_FORGIVEN = 4;
/** Characters of a run without spaces. */
export const SHORTEST_DOUBTED = 3;
const SHORTEST_FORGIVEN_TWICE = 8;

/** How many slips are forgiven in a word of letters. */
export const slipsForgiven = (word: string): number =>
  word.length < SHORTEST_FORGIVEN ? 0 : word.length < SHORTEST_FORGIVEN_TWICE ? 1 : 2;

/** Letters that are missing, too many, wrong, or swapped with their neighbour, to come from one to the other. */
export function slipsBetween(one: string, other: string): number {
  const from = Array.from(one);
  const to = Array.from(other);
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

/** Characters of the longest run of which one is doubted: each more is another pattern. */
const LONGEST_DOUBTED = 16;

export const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Patterns of SQL's `like` for a run without spaces in which one character is wrong, too many, missing or swapped; none for a short one. */
export function nearPatterns(run: string): readonly string[] {
  const characters = Array.from(run);
  const { length } = characters;
  if (length < SHORTEST_DOUBTED || length > LONGEST_DOUBTED) return [];
  const pattern = (parts: readonly string[]): string => `%${parts.join('')}%`;
  const text = (from: number, to?: number): string => likeText(characters.slice(from, to).join(''));
  const near = characters.flatMap((_, at) => {
    const edge = at === 0 || at === length - 1;
    return [
      // At an edge, anything may stand beside what is sought anyway.
      ...(edge ? [] : [pattern([text(0, at), '_', text(at + 1)])]),
      pattern([text(0, at), text(at + 1)]),
      ...(at === 0
        ? []
        : [pattern([text(0, at), '_', text(at)]), pattern([text(0, at - 1), text(at, at + 1), text(at - 1, at), text(at + 1)])]),
    ];
  });
  return [...new Set(near)];
}

/** ASCII for a trigram index: databases of the C locale take no other letters for letters. Two characters for each other letter. */
export const trigramKey = (word: string): string =>
  Array.from(word)
    .map((letter) => (/[\x21-\x7e]/.test(letter) ? letter : ((letter.codePointAt(0) ?? 0) % 1296).toString(36).padStart(2, '0')))
    .join('');

/** Patterns of which one fits wherever one of `nearPatterns` does: one slip leaves one of three parts whole. */
export function partPatterns(run: string): readonly string[] {
  const characters = Array.from(run);
  if (characters.length < 6) return [];
  const third = Math.floor(characters.length / 3);
  return [characters.slice(0, third), characters.slice(third, -third), characters.slice(-third)].map(
    (part) => `%${likeText(part.join(''))}%`,
  );
}

/** What in `text` differs from `run` by one slip, as it stands there; '' = nothing does. */
export function nearIn(text: string, run: string): string {
  const characters = Array.from(text);
  const { length } = Array.from(run);
  for (const size of [length, length + 1, length - 1]) {
    for (let from = 0; from + size <= characters.length; from++) {
      const part = characters.slice(from, from + size).join('');
      if (slipsBetween(part, run) === 1) return part;
    }
  }
  return '';
}
