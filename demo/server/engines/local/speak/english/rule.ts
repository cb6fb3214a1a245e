/** One rewriting: what is looked for, and what is said instead. */
export type Rule = readonly [RegExp, string | ((...match: (string | undefined)[]) => string)];

/** A number as people write it: 12, 1,250,000, 3.5. */
export const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;

/** Letters and digits one by one. */
export function spaced(characters: string): string {
  return Array.from(characters.replace(/[^\p{L}\p{N}]/gu, '')).join(' ');
}
