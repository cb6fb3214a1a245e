/** Days of the week that a text speaks of, ranges included: "Monday to Friday" speaks of Wednesday. */

const NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAY = '(?:sun|mon|tues|wednes|thurs|fri|satur)day';
const RANGE = new RegExp(String.raw`\b(${DAY})s?\s*(?:to|till|until|through|thru|–|—|-)\s*(${DAY})s?\b`, 'g');
const SINGLE = new RegExp(String.raw`\b(${DAY})s?\b`, 'g');

/** 0 = Sunday. Days after "except" are among them: the sentence does speak of them. */
export function daysIn(text: string): ReadonlySet<number> {
  const lower = text.toLowerCase();
  const days = new Set<number>();
  for (const match of lower.matchAll(RANGE)) addRange(days, NAMES.indexOf(match[1] ?? ''), NAMES.indexOf(match[2] ?? ''));
  for (const match of lower.matchAll(SINGLE)) days.add(NAMES.indexOf(match[1] ?? ''));
  if (/\bweekends?\b/.test(lower)) addRange(days, 6, 0);
  if (/\b(?:weekdays?|working days)\b/.test(lower)) addRange(days, 1, 5);
  if (/\b(?:every day|daily|all week|seven days a week|all days)\b/.test(lower)) addRange(days, 0, 6);
  return days;
}

function addRange(days: Set<number>, from: number, to: number): void {
  for (let day = from; ; day = (day + 1) % 7) {
    days.add(day);
    if (day === to) return;
  }
}

/** 1 = the sentence speaks of every day that was asked for, −1 = only of other days, 0 = no day was asked for or none is said. */
export function fitsDays(asked: ReadonlySet<number>, said: ReadonlySet<number>): number {
  if (asked.size === 0 || said.size === 0) return 0;
  return [...asked].every((day) => said.has(day)) ? 1 : -1;
}
