import { plainText } from './plain-text.ts';

/**
 * English as it is written → as it is said, for what espeak-ng reads wrongly by itself (it was listened to): money, times, years, numbers
 * that are names, addresses, units, abbreviations. Numbers stay digits where espeak-ng says them well.
 */
export function speakable(text: string): string {
  return RULES.reduce((said, [pattern, replacement]) => said.replace(pattern, replacement as string), plainText(text))
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
    .trim();
}

type Replacement = string | ((...match: string[]) => string);
type Rule = readonly [RegExp, Replacement];

const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAY = '(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)';

const dayName = (short: string): string => DAYS.find((day) => day.startsWith(short.slice(0, 3))) ?? short;
const monthName = (short: string): string => MONTHS.find((month) => month.startsWith(short.slice(0, 3))) ?? short;
const spaced = (characters: string): string => [...characters.replace(/[^\p{L}\p{N}]/gu, '')].join(' ');

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

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  km: ['kilometre', 'kilometres'],
  cm: ['centimetre', 'centimetres'],
  mm: ['millimetre', 'millimetres'],
  m: ['metre', 'metres'],
  kg: ['kilogram', 'kilograms'],
  mg: ['milligram', 'milligrams'],
  g: ['gram', 'grams'],
  ml: ['millilitre', 'millilitres'],
  l: ['litre', 'litres'],
  L: ['litre', 'litres'],
  lb: ['pound', 'pounds'],
  lbs: ['pound', 'pounds'],
  oz: ['ounce', 'ounces'],
  ft: ['foot', 'feet'],
  mph: ['mile per hour', 'miles per hour'],
  'km/h': ['kilometre per hour', 'kilometres per hour'],
  kB: ['kilobyte', 'kilobytes'],
  KB: ['kilobyte', 'kilobytes'],
  MB: ['megabyte', 'megabytes'],
  GB: ['gigabyte', 'gigabytes'],
  TB: ['terabyte', 'terabytes'],
  Hz: ['hertz', 'hertz'],
  kHz: ['kilohertz', 'kilohertz'],
  MHz: ['megahertz', 'megahertz'],
  GHz: ['gigahertz', 'gigahertz'],
  kW: ['kilowatt', 'kilowatts'],
  kWh: ['kilowatt hour', 'kilowatt hours'],
  ms: ['millisecond', 'milliseconds'],
  sec: ['second', 'seconds'],
  min: ['minute', 'minutes'],
  hr: ['hour', 'hours'],
  hrs: ['hour', 'hours'],
  h: ['hour', 'hours'],
  s: ['second', 'seconds'],
  '°C': ['degree Celsius', 'degrees Celsius'],
  '°F': ['degree Fahrenheit', 'degrees Fahrenheit'],
  '°': ['degree', 'degrees'],
};
const unit = (amount: string, symbol: string): string => `${amount} ${UNITS[symbol]?.[amount === '1' ? 0 : 1] ?? symbol}`;

const FRACTIONS: Readonly<Record<string, string>> = {
  '1/2': 'one half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
  '½': 'one half',
  '⅓': 'one third',
  '⅔': 'two thirds',
  '¼': 'one quarter',
  '¾': 'three quarters',
};

function address(host: string, path = ''): string {
  const spoken = `${host}${path.replace(/[?#].*$/, '').replace(/\/$/, '')}`;
  return spoken.replace(/\./g, ' dot ').replace(/\//g, ' slash ').replace(/[-_]+/g, ' ');
}

const HOST = String.raw`((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|dev|app|ai|edu|gov|info|shop|example|test|uk|de|es|fr|eu|us|co|it|nl|ca|au))`;
const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;

/** In order: what is longer and more particular comes first. */
const RULES: readonly Rule[] = [
  // addresses
  [/\b(?:mailto:)?([\w.+-]+)@((?:[\w-]+\.)+[a-z]{2,})\b/gi, (_, user = '', host = '') => `${address(user)} at ${address(host)}`],
  [
    /\bhttps?:\/\/(?:www\.)?([\w.-]+(?::\d+)?)((?:\/[^\s)\]>"']*[^\s)\]>"'.,;:!?])?\/?)/gi,
    (_, host = '', path = '') => address(host, path),
  ],
  [new RegExp(String.raw`\b(?:www\.)?${HOST}\b(\/[\w/.-]*\w)?`, 'gi'), (_, host = '', path = '') => address(host, path)],
  // dates
  [
    /\b((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g,
    (_, y = '', month = '', day = '') => `${MONTHS[Number(month) - 1] ?? ''} ${ordinal(Number(day))}, ${year(y)}`,
  ],
  [/\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b\.?(?=\s+\d)/g, (_, month = '') => monthName(month)],
  [
    new RegExp(String.raw`\b${DAY}\.?\s?[-–—]\s?${DAY}\b\.?`, 'g'),
    (_, from = '', to = '') => `${dayName(from)} to ${dayName(to)}`,
  ],
  [new RegExp(String.raw`\b${DAY}\b(?=[,.]?\s+(?:\d|(?:${MONTHS.join('|')})))\.?`, 'g'), (_, day = '') => dayName(day)],
  // money
  [
    new RegExp(String.raw`([$€£¥])\s?(${NUMBER})(?:\s?(k|m|bn|b|tn|thousand|million|billion|trillion)\b)?`, 'gi'),
    (_, currency = '', amount = '', scale) => money(currency, amount, scale ?? ''),
  ],
  [
    new RegExp(String.raw`\b(${NUMBER})\s?(€|£|(?:EUR|USD|GBP|JPY)\b)`, 'g'),
    (_, amount = '', currency = '') => money(currency, amount),
  ],
  // times
  [
    /\b([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?:\s?([ap])\.?m\b\.?)?/gi,
    (_, hours = '', minutes = '', half) => clock(hours, minutes, half ?? ''),
  ],
  [/\b(1[0-2]|\d)\s?([ap])\.?m\b(?:\.(?=\s+[a-z,]))?/gi, (_, hours = '', half = '') => `${hours} ${half.toLowerCase()}.m.`],
  [/\.m\.\s?[-–—]\s?(?=\d)/g, '.m. to '],
  // numbers that are names
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
  [/\bv(?:er(?:sion)?)?\.?\s?(\d+(?:\.\d+)+)\b/gi, (_, digits = '') => `version ${digits.split('.').join(' point ')}`],
  [/\b(?=[A-Z]*\d)(?=\d*[A-Z])([A-Z]{1,3}-?\d{3,}|\d+[A-Z]{2,}\d+)\b/g, (_, name = '') => spaced(name)],
  [/\b(?:0\d{2,}|\d{8,})\b/g, (digits = '') => spaced(digits)],
  // years
  [
    new RegExp(
      String.raw`\b((?:in|since|by|from|until|till|of|for|before|after|around|circa|year|©|${MONTHS.join('|')})\s(?:\d{1,2}(?:st|nd|rd|th)?,\s)?)(1[1-9]\d\d|20\d\d)(?![\d,]*\d|\s?(?:%|percent|people|items|dollars|euros|pounds))\b`,
      'gi',
    ),
    (_, before = '', digits = '') => before + year(digits),
  ],
  [/\((1[1-9]\d\d|20\d\d)\)/g, (_, digits = '') => `(${year(digits)})`],
  [/\b(1[1-9]\d\d|20\d\d)\s?[-–—]\s?(1[1-9]\d\d|20\d\d)\b/g, (_, from = '', to = '') => `${year(from)} to ${year(to)}`],
  // amounts
  [/(\d)\s?([½⅓⅔¼¾])/g, (_, whole = '', part = '') => `${whole} and ${FRACTIONS[part] ?? part}`],
  [/(?<![\d/])(?:[1-3]\/[2-4](?![\d/])|[½⅓⅔¼¾])/g, (part = '') => FRACTIONS[part] ?? part],
  [/\b24\/7\b/g, '24 7'],
  [new RegExp(String.raw`(?<![\w.])[-−](?=\d)`, 'g'), 'minus '],
  [new RegExp(String.raw`\b(${NUMBER})\s?[-–—]\s?(?=\d)`, 'g'), '$1 to '],
  [/(\d)\s?%/g, '$1 percent'],
  [/(\d)\s?[x×]\s?(?=\d)/g, '$1 by '],
  [
    new RegExp(
      String.raw`\b(${NUMBER})\s?(km\/h|${Object.keys(UNITS)
        .filter((key) => /^[A-Za-z]+$/.test(key))
        .sort((a, b) => b.length - a.length)
        .join('|')})\b`,
      'g',
    ),
    (_, amount = '', symbol = '') => unit(amount, symbol),
  ],
  [
    new RegExp(String.raw`\b(${NUMBER})\s?(°\s?[CF]\b|°)`, 'g'),
    (_, amount = '', symbol = '') => unit(amount, symbol.replace(/\s/g, '')),
  ],
  // abbreviations
  [/\be\.\s?g\.,?/gi, 'for example,'],
  [/\bi\.\s?e\.,?/gi, 'that is,'],
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
  // signs
  [/\s?&\s?/g, ' and '],
  [/(\w)\s?\/\s?(?=[a-z])/gi, '$1 or '],
  [/(?<=\d)\s?\+\s?(?=\d)/g, ' plus '],
  [/(?<=\d)\+/g, ' plus'],
  [/\s=\s/g, ' equals '],
  [/\s?(?:→|->|=>)\s?/g, ' to '],
  [/(?<!\w)~\s?(?=\d)/g, 'about '],
  [/\s[-–—]{1,3}\s|—/g, ', '],
  [/…/g, '...'],
  [/["“”«»()[\]{}<>|\\^_*~#]/g, ' '],
];

function ordinal(day: number): string {
  const suffix =
    day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th';
  return `${String(day)}${suffix}`;
}
