import type { SceneFacts } from '../../../demo/server/rtstream/visual/facts.ts';
import type { Screen } from './drawing.ts';

/** What was seen of a screen against what was drawn on it. */

export interface Judgement {
  /** Right, and how many there are to get right. */
  readonly containsText: readonly [right: number, of: number];
  readonly colours: readonly [right: number, of: number];
  readonly app: readonly [right: number, of: number];
  readonly people: readonly [right: number, of: number];
  readonly words: readonly [right: number, of: number];
  readonly elements: readonly [right: number, of: number];
  /** Elements that were not drawn. */
  readonly invented: number;
  readonly faults: readonly string[];
}

const NEXT: readonly (readonly string[])[] = [
  ['black', 'dark grey'],
  ['white', 'light grey'],
  ['navy', 'dark blue', 'blue', 'purple'],
  ['dark red', 'red', 'brown'],
  ['dark green', 'green', 'teal'],
];

export function judged(screen: Screen, facts: SceneFacts): Judgement {
  const faults: string[] = [];
  const check = (isRight: boolean, fault: string): readonly [number, number] => {
    if (!isRight) faults.push(fault);
    return [isRight ? 1 : 0, 1];
  };
  const hasText = facts.text === null ? null : facts.text.length > 0;
  // The two that cover most must be named, and nothing that is told may be made up.
  const told = facts.colours.filter(({ share }) => share >= 0.06).map(({ name }) => name);
  const isNear = (name: string): boolean =>
    screen.colours.some((other) => other === name || NEXT.some((group) => group.includes(other) && group.includes(name)));
  const read = facts.text?.flatMap(({ line }) => wordsOf(line)) ?? [];
  const wanted = screen.words.flatMap(wordsOf);
  const found = facts.elements ?? [];
  const isSame = (a: { kind: string; label: string }, b: { kind: string; label: string }): boolean =>
    a.kind === b.kind && alike(a.label, b.label);
  const missing = screen.elements.filter((drawn) => !found.some((one) => isSame(one, drawn)));
  const extra = found.filter((one) => !screen.elements.some((drawn) => isSame(one, drawn)));
  if (facts.elements !== null)
    faults.push(
      ...missing.map(({ kind, label }) => `no ${kind} "${label}"`),
      ...extra.map(({ kind, label }) => `invented ${kind} "${label}"`),
    );
  return {
    containsText:
      screen.containsText === null ? [0, 0] : check(hasText === screen.containsText, `contains_text ${String(hasText)}`),
    colours: check(told.length > 0 && told.every(isNear), `colours ${told.join(', ')}`),
    app: check(facts.app === screen.app, `app ${String(facts.app)}`),
    people: check(facts.people?.count === screen.people, `people ${String(facts.people?.count)}`),
    words: [wanted.filter((word) => read.includes(word)).length, wanted.length],
    elements: [screen.elements.length - missing.length, screen.elements.length],
    invented: extra.length,
    faults,
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9$]+/g) ?? [];
}

/** The label but for a letter that was misread; a field's label may stand with its hint. */
function alike(found: string, drawn: string): boolean {
  const [a, b] = [wordsOf(found).join(' '), wordsOf(drawn).join(' ')];
  if (a.includes(b) || (b !== '' && b.startsWith(a) && a.length > 0.7 * b.length)) return true;
  return distance(a, b) <= Math.floor(b.length / 8);
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
