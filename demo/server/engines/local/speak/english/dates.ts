import type { Rule } from './rule.ts';

/** Days, months, years and times of day. */

const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAY = '(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)';

const dayName = (short: string): string => DAYS.find((day) => day.startsWith(short.slice(0, 3))) ?? short;
const monthName = (short: string): string => MONTHS.find((month) => month.startsWith(short.slice(0, 3))) ?? short;
function clock(hours: string, minutes: string, half = ''): string {
  const part = half === '' ? '' : ` ${half.charAt(0).toLowerCase()}.m.`;
  if (minutes === '00') return part === '' ? `${String(Number(hours))} o'clock` : `${String(Number(hours))}${part}`;
  return `${String(Number(hours))} ${minutes.startsWith('0') ? `oh ${minutes.slice(1)}` : minutes}${part}`;
}

/** `1984` → `19 84`, `1905` → `19 oh 5`, `1900` → `19 hundred`; the years around 2000 are said as numbers. */
function year(digits: string): string {
  const [century, rest] = [digits.slice(0, 2), digits.slice(2)];
  if (/^20[0-9]$/.test(digits.slice(0, 3)) && digits[2] === '0') return digits;
  if (rest === '00') return `${century} hundred`;
  return `${century} ${rest.startsWith('0') ? `oh ${rest.slice(1)}` : rest}`;
}

function ordinal(day: number): string {
  const suffix =
    day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th';
  return `${String(day)}${suffix}`;
}

export const DATES: readonly Rule[] = [
  [
    /\b((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g,
    (_, y = '', month = '', day = '') => `${MONTHS[Number(month) - 1] ?? ''} ${ordinal(Number(day))}, ${year(y)}`,
  ],
  [/\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b\.?(?=\s+\d)/g, (_, month = '') => monthName(month)],
  [
    new RegExp(String.raw`\b${DAY}\.?\s?[-–—]\s?${DAY}\b\.?`, 'g'),
    (_, from = '', to = '') => `${dayName(from)} to ${dayName(to)}`,
  ],
  [new RegExp(String.raw`(?<=\b(?:on|and|or|to|every|until|by)\s)${DAY}\b\.?`, 'g'), (_, day = '') => dayName(day)],
  [new RegExp(String.raw`\b${DAY}\b(?=[,.]?\s+(?:\d|(?:${MONTHS.join('|')})))\.?`, 'g'), (_, day = '') => dayName(day)],
  [
    /\b([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?:\s?([ap])\.?m\b\.?)?/gi,
    (_, hours = '', minutes = '', half) => clock(hours, minutes, half ?? ''),
  ],
  [/\b(1[0-2]|\d)\s?([ap])\.?m\b(?:\.(?=\s+[a-z,]))?/gi, (_, hours = '', half = '') => `${hours} ${half.toLowerCase()}.m.`],
  [/\.m\.\s?[-–—]\s?(?=\d)/g, '.m. to '],
];

export const YEARS: readonly Rule[] = [
  [
    new RegExp(
      String.raw`\b((?:in|since|by|from|until|till|of|for|before|after|around|circa|year|between|and|during|early|late|mid|©|${MONTHS.join('|')})\s(?:\d{1,2}(?:st|nd|rd|th)?,\s)?)(1[1-9]\d\d|20\d\d)(?![\d,]*\d|\s?(?:%|percent|people|items|dollars|euros|pounds))\b`,
      'gi',
    ),
    (_, before = '', digits = '') => before + year(digits),
  ],
  [/\((1[1-9]\d\d|20\d\d)\)/g, (_, digits = '') => `(${year(digits)})`],
  [/\b(1[1-9]\d\d|20\d\d)\s?[-–—]\s?(1[1-9]\d\d|20\d\d)\b/g, (_, from = '', to = '') => `${year(from)} to ${year(to)}`],
];
