import { ABBREVIATIONS, SIGNS } from './english/abbreviations.ts';
import { ADDRESSES } from './english/addresses.ts';
import { AMOUNTS } from './english/amounts.ts';
import { DATES, YEARS } from './english/dates.ts';
import { MONEY } from './english/money.ts';
import { NUMBER_NAMES } from './english/names.ts';
import { plainText } from './plain-text.ts';

/**
 * English as it is written → as it is said, for what espeak-ng reads wrongly by itself (it was listened to): money, times, years, numbers
 * that are names, addresses, units, abbreviations. Numbers stay digits where espeak-ng says them well.
 */
export function speakable(text: string): string {
  return RULES.reduce((said, [pattern, replacement]) => said.replace(pattern, replacement as string), plainText(text))
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
    .replace(/,+(?=[,.;:!?])|(?<=\.m\.)\.(?!\.)/g, '')
    .replace(/^[,;:\s]+/, '')
    .trim();
}

/** What is longer and more particular comes first. */
const RULES = [...ADDRESSES, ...MONEY, ...DATES, ...NUMBER_NAMES, ...YEARS, ...AMOUNTS, ...ABBREVIATIONS, ...SIGNS];
