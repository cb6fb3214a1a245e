import { NUMBER, type Rule } from './rule.ts';

/** Amounts with units, ranges, fractions, signs between numbers. */

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

export const AMOUNTS: readonly Rule[] = [
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
];
