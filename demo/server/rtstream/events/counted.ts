import { NUMBERS } from './vocabulary.ts';

/** How many a prompt asks for. Pure. */

export const COUNT =
  /\b(more than|over|at least|no fewer than|fewer than|less than|under|at most|no more than|up to|exactly|only)?\s*(\d{1,3}|an?|one|single|two|three|four|five|six|seven|eight|nine|ten|(?:a )?couple(?: of)?|several|many)\s+(?:or more\s+)?(?:\w+\s+){0,1}$/i;

/** "more than two" before what is counted. */
export function range(before: string, counted: string): { readonly least: number; readonly most: number } {
  if (/^crowd$/i.test(counted)) return { least: 4, most: Infinity };
  const match = COUNT.exec(before);
  if (match === null) return { least: 1, most: Infinity };
  const word = (match[2] ?? '').toLowerCase().replace(/^a couple.*|^couple.*/, 'couple');
  const count = NUMBERS[word] ?? Number(word);
  const orMore = /or more\s+$/i.test(match[0]);
  switch ((match[1] ?? '').toLowerCase()) {
    case 'more than':
    case 'over':
      return { least: count + 1, most: Infinity };
    case 'at least':
    case 'no fewer than':
      return { least: count, most: Infinity };
    case 'fewer than':
    case 'less than':
    case 'under':
      return { least: 0, most: count - 1 };
    case 'at most':
    case 'no more than':
    case 'up to':
      return { least: 0, most: count };
    case 'exactly':
    case 'only':
      return { least: count, most: count };
    default:
      return { least: count, most: orMore || count === 1 || /several|many/.test(word) ? Infinity : count };
  }
}
