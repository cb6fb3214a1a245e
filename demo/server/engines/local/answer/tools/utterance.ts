import { roleAt, type Entity } from './entity.ts';
import { extractCodes } from './extract-codes.ts';
import { extractDates } from './extract-dates.ts';
import { extractNames } from './extract-names.ts';
import { extractNumbers } from './extract-numbers.ts';
import type { MappedText } from './mapped-text.ts';
import { rewrite } from './rewrite.ts';

/** An utterance read once for all tools: its words and the values in it. */
export interface Utterance {
  readonly raw: string;
  readonly mapped: MappedText;
  /** Rewritten: numbers and times as digits. */
  readonly text: string;
  readonly words: readonly Word[];
  readonly entities: readonly Entity[];
}

export interface Word {
  /** Lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `about`: what is spoken of, for hours without morning or evening ("at seven" for a dinner). */
export function readUtterance(raw: string, now: Date, about = ''): Utterance {
  const mapped = rewrite(raw.trim());
  const { text } = mapped;
  const codes = extractCodes(text);
  const dates = extractDates(blank(text, codes), now, about);
  const numbers = extractNumbers(text, [...codes, ...dates]);
  const names = extractNames(text, [...codes, ...dates, ...numbers]);
  const words = [...text.matchAll(/[\p{L}\p{N}]+(?:['.:-][\p{L}\p{N}]+)*/gu)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const entities = [...codes, ...dates, ...numbers, ...names].map((entity) => ({
    ...entity,
    role: entity.role ?? roleAt(text, entity.start),
  }));
  return { raw, mapped, text, words, entities: entities.sort((a, b) => a.start - b.start) };
}

/** What is a code is no date: "order 12-05". */
function blank(text: string, codes: readonly Entity[]): string {
  let out = text;
  for (const { start, end } of codes) out = out.slice(0, start) + '_'.repeat(end - start) + out.slice(end);
  return out;
}
