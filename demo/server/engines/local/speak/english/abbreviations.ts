import { spaced, type Rule } from './rule.ts';

/** Short forms, initials, and signs that stand for words. */

export const ABBREVIATIONS: readonly Rule[] = [
  [/\be\.\s?g\.,?/gi, 'for example,'],
  [/\bi\.\s?e\.,?/gi, 'that is,'],
  [/\betc\.(?=\s*$)/gi, 'et cetera.'],
  [/\betc\b\.?/gi, 'et cetera'],
  [/\bvs\b\.?/gi, 'versus'],
  [/\bapprox\b\.?/gi, 'approximately'],
  [/\bincl\b\.?/gi, 'including'],
  [/\bexcl\b\.?/gi, 'excluding'],
  [/\bmax\b\.?/gi, 'maximum'],
  [/\bDept\b\.?/g, 'Department'],
  [/\bSt\.\s(?=[A-Z])/g, 'Saint '],
  [/(?<=[a-z] )St\b\.?/g, 'Street'],
  [/(?<=[A-Z][a-z]+ )Ave\b\.?/g, 'Avenue'],
  [/(?<=[A-Z][a-z]+ )Rd\b\.?/g, 'Road'],
  [
    /\b(?:FAQ|API|URL|HTML|CSS|PDF|SMS|VAT|USB|CEO|GPS|ATM|ID|IT|UI|TV|PC|QR|AI|EU|UK|USA|US)s?\b/g,
    (name = '') => (name.endsWith('s') ? `${spaced(name.slice(0, -1))}'s` : spaced(name)),
  ],
];

export const SIGNS: readonly Rule[] = [
  [/\s?&\s?/g, ' and '],
  [/\band\/or\b/gi, 'and or'],
  [/(?<=[a-z])\s?\/\s?(?=[a-z])/g, ' or '],
  [/(?<=\d)\s?\+\s?(?=\d)/g, ' plus '],
  [/(?<=\d)\+/g, ' plus'],
  [/(?<=\d)\s?[*·]\s?(?=\d)/g, ' times '],
  [/\s=\s|(?<=\d)=(?=\d)/g, ' equals '],
  [/\s?(?:→|->|=>)\s?/g, ' to '],
  [/(?<!\w)~\s?(?=\d)/g, 'about '],
  [/\s[-–—]{1,3}\s|—/g, ', '],
  [/…/g, '...'],
  [/\s*\(([^()]*)\)\s*$/g, ', $1'],
  [/\s*\(([^()]*)\)/g, ', $1,'],
  [/["“”«»()[\]{}<>|\\^_*~#]/g, ' '],
];
