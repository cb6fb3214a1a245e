import { NUMBER, type Rule } from './rule.ts';

/** Amounts of money. */

const CURRENCIES: Readonly<Record<string, readonly [string, string, string, string]>> = {
  $: ['dollar', 'dollars', 'cent', 'cents'],
  USD: ['dollar', 'dollars', 'cent', 'cents'],
  '€': ['euro', 'euros', 'cent', 'cents'],
  EUR: ['euro', 'euros', 'cent', 'cents'],
  '£': ['pound', 'pounds', 'penny', 'pence'],
  GBP: ['pound', 'pounds', 'penny', 'pence'],
  '¥': ['yen', 'yen', '', ''],
  JPY: ['yen', 'yen', '', ''],
};
const SCALES: Readonly<Record<string, string>> = { k: 'thousand', m: 'million', bn: 'billion', b: 'billion', tn: 'trillion' };

function money(currency: string, amount: string, scale = ''): string {
  const [one, many, minorOne, minorMany] = CURRENCIES[currency.toUpperCase()] ?? ['', '', '', ''];
  const word = /^(?:thousand|million|billion|trillion)$/i.test(scale) ? scale : SCALES[scale.toLowerCase()];
  if (word !== undefined) return `${amount} ${word} ${many}`;
  const [whole = '0', minor = '00'] = amount.split('.');
  const major = `${whole} ${whole === '1' ? one : many}`;
  const cents = Number(minor.padEnd(2, '0'));
  if (cents === 0 || minorOne === '') return major;
  const small = `${String(cents)} ${cents === 1 ? minorOne : minorMany}`;
  return whole === '0' ? small : `${major} and ${small}`;
}

export const MONEY: readonly Rule[] = [
  [
    new RegExp(String.raw`([$€£¥])\s?(${NUMBER})(?:\s?(k|m|bn|b|tn|thousand|million|billion|trillion)\b)?`, 'gi'),
    (_, currency = '', amount = '', scale) => money(currency, amount, scale ?? ''),
  ],
  [
    new RegExp(String.raw`\b(${NUMBER})\s?(€|£|(?:EUR|USD|GBP|JPY)\b)`, 'g'),
    (_, amount = '', currency = '') => money(currency, amount),
  ],
];
