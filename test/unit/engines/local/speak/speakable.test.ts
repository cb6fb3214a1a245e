import { describe, expect, it } from 'vitest';
import { speakable } from '../../../../../demo/server/engines/local/speak/speakable.ts';

const CASES: Readonly<Record<string, readonly (readonly [written: string, said: string])[]>> = {
  money: [
    ['It costs $12.50 per month.', 'It costs 12 dollars and 50 cents per month.'],
    ['€49 or £5.99', '49 euros or 5 pounds and 99 pence'],
    ['$1, $1.01 and $0.99', '1 dollar, 1 dollar and 1 cent and 99 cents'],
    ['$1.5M, $3 million and £1,299.00', '1.5 million dollars, 3 million dollars and 1,299 pounds'],
    ['12 EUR per month', '12 euros per month'],
  ],
  'times and dates': [
    ['Call at 10:30 am or 17:05.', 'Call at 10 30 a.m. or 17 oh 5.'],
    ['From 8:00, 9am-6pm.', "From 8 o'clock, 9 a.m. to 6 p.m."],
    ['Open Mon-Fri and on Sat.', 'Open Monday to Friday and on Saturday'],
    ['On 2025-10-14.', 'On October 14th, 20 25.'],
    ['In 1984, since 2005 (1999).', 'In 19 84, since 2005, 19 99.'],
    ['It sold 1984 items.', 'It sold 1984 items.'],
    ['Sept 3, Dec. 24', 'September 3, December 24'],
  ],
  'numbers that are names': [
    ['Order #10482 & more.', 'Order number 1 0 4 8 2 and more.'],
    ['order number 10482, room 404', 'order number 1 0 4 8 2, room 404'],
    ['Call +34 912 345 678.', 'Call plus 3 4, 9 1 2, 3 4 5, 6 7 8.'],
    ['flight BA2490, No. 5', 'flight B A 2 4 9 0, number 5'],
    ['version v2.3.1', 'version 2 point 3 point 1'],
    ['1,250,000 of 10,000 people', '1,250,000 of 10,000 people'],
  ],
  addresses: [
    ['Visit https://www.example.com/returns?from=1 now.', 'Visit example dot com slash returns now.'],
    ['Write to first.last@example.com today.', 'Write to first dot last at example dot com today.'],
    ['See docs.example.org.', 'See docs dot example dot org.'],
  ],
  amounts: [
    ['5 km, 1 kg, 30 mph, 2 GB', '5 kilometres, 1 kilogram, 30 miles per hour, 2 gigabytes'],
    ['3-5 days, -5°C, 12.5%', '3 to 5 days, minus 5 degrees Celsius, 12.5 percent'],
    ['1½ cups and 3/4 spoon', '1 and one half cups and three quarters spoon'],
    ['2*3=6', '2 times 3 equals 6'],
    ['10 in the box, 5 s later', '10 in the box, 5 seconds later'],
  ],
  abbreviations: [
    ['by post, e.g. today, i.e. now, etc.', 'by post, for example, today, that is, now, et cetera.'],
    ['Dr. Smith of St. James St.', 'Dr. Smith of Saint James Street'],
    ['the FAQ and the APIs, his/her and/or', "the F A Q and the A P I's, his or her and or"],
    ['A vs. B, approx. 10', 'A versus B, approximately 10'],
  ],
  'marks of writing': [
    ['Use **bold**, _this_ and `code`.', 'Use bold, this and code.'],
    ['# Plans\n\n- One\n- Two.\n\n1. [Three](https://a.test/b_(c))', 'Plans. One. Two. Three.'],
    ['| Plan | Price |\n|---|:-:|\n| Grower | 29 |', 'Plan, Price. Grower, 29.'],
    ['```js\nlet a = 1\n```', 'let a equals 1'],
    ['<b>Now</b>&nbsp;&amp; then 🎉', 'Now and then'],
    ['He said “hi” — then left…', 'He said hi, then left...'],
    ['snake_case_name', 'snake case name'],
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  it.each(cases)('%j', (written, said) => {
    expect(speakable(written)).toBe(said);
  });
});

it('leaves plain sentences and the ends of clauses alone', () => {
  for (const text of ["It isn't late, is it?", 'You can return it within thirty days,', 'I am here; wait.', 'ok'])
    expect(speakable(text)).toBe(text);
});

it('takes whatever comes, quickly', () => {
  for (const text of [
    '',
    '***',
    '(((((',
    '$',
    '#',
    '@',
    '-'.repeat(5000),
    '1'.repeat(5000),
    '[a]('.repeat(500),
    'a/'.repeat(2000),
  ]) {
    const before = performance.now();
    speakable(text);
    expect(performance.now() - before).toBeLessThan(500);
  }
});
