import { spaced, type Rule } from './rule.ts';

/** Numbers that are names: they are read digit by digit. */

export const NUMBER_NAMES: readonly Rule[] = [
  [
    /(?<![\w.])\+(\d[\d ()-]{6,}\d)/g,
    (_, digits = '') =>
      `plus ${digits
        .split(/[ ()-]+/)
        .filter((group) => group !== '')
        .map(spaced)
        .join(', ')}`,
  ],
  [/(?<!\w)#\s?(\d+)\b/g, (_, digits = '') => `number ${digits.length > 3 ? spaced(digits) : digits}`],
  [
    /\b(order|code|reference|ref|extension|flight|account|ticket|invoice|PIN)( number| no\.?)?:? (\d{4,})\b/gi,
    (_, what = '', word, digits = '') => `${what}${word === undefined ? '' : ' number'} ${spaced(digits)}`,
  ],
  [/\bNos?\.\s?(?=\d)/g, 'number '],
  [
    /\b(?:version )?v(?:er(?:sion)?)?\.?\s?(\d+(?:\.\d+)+)\b/gi,
    (_, digits = '') => `version ${digits.split('.').join(' point ')}`,
  ],
  [/\b(?=[A-Z]*\d)(?=\d*[A-Z])([A-Z]{1,3}-?\d{3,}|\d+[A-Z]{2,}\d+)\b/g, (_, name = '') => spaced(name)],
  [/(?<![\d.,])(?:0\d{2,}|\d{8,})\b(?![.,]\d)/g, (digits = '') => spaced(digits)],
];
