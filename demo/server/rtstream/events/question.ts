import { KNOWN_APP } from '../visual/app-name.ts';
import { COCO } from '../../engines/local/see/coco.ts';
import { contentWords, escaped } from './content-words.ts';
import { COUNT, range } from './counted.ts';
import { labelBefore, namesIn } from './names.ts';
import { COLOURS, CONCEPTS, KINDS_OF_THINGS, THINGS, type Concept } from './vocabulary.ts';

/** What an event's prompt asks of a scene, taken apart: names, counts, colours, kinds of programs, words; and whether it must be new. */

export type Atom =
  /** Of an application or a site: in the window's name or title. */
  | { readonly kind: 'app'; readonly name: string }
  /** Must be written or spoken literally. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'quote'; readonly words: string }
  | { readonly kind: 'people'; readonly least: number; readonly most: number }
  | { readonly kind: 'thing'; readonly name: string; readonly least: number; readonly most: number }
  | { readonly kind: 'colour'; readonly name: string }
  | { readonly kind: 'light'; readonly dark: boolean }
  | { readonly kind: 'motion' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'text' }
  | { readonly kind: 'concept'; readonly concept: Concept; readonly words: string }
  | { readonly kind: 'element'; readonly element: string; readonly label: string }
  | { readonly kind: 'words'; readonly words: string };

export interface Clause {
  readonly negated: boolean;
  /** All must hold; of alternatives one. */
  readonly atoms: readonly (readonly Atom[])[];
}

export interface EventQuestion {
  readonly clauses: readonly Clause[];
  /** Not there in the scene before, or no longer there. */
  readonly change: 'appears' | 'disappears' | null;
  readonly prompt: string;
}

const APPEARS =
  /\b(?:open(?:s|ed|ing)|launch(?:es|ed|ing)?|start(?:s|ed|ing)?|appear(?:s|ed|ing)?|enter(?:s|ed|ing)?|arriv(?:es|ed|ing|e)|shows? up|showed up|pop(?:s|ped)? up|comes? (?:in|into|up|on)|came (?:in|into|up|on)|joins?|joined|begins?|began|switch(?:es|ed)? to|goes to|went to|turns?|turned|becomes?|became|navigat(?:es|ed) to|is opened|was opened|walks? in(?:to)?|walked in(?:to)?|user open|goes (?:black|dark)|went (?:black|dark))\b/i;
const DISAPPEARS =
  /\b(?:clos(?:es|ed|ing)|quits?|exits?|exited|leaves?|disappear(?:s|ed|ing)?|vanish(?:es|ed)?|goes away|went away|walks? out|walked out|(?:is|was) (?:gone|removed|closed)|left the|ends?|ended)\b/i;
const NEGATED =
  /\b(?:no|not|nobody|no one|noone|without|isn't|aren't|doesn't|don't|never|none|nothing|neither|absence of|lacks?|missing|(?:is|are|room is|desk is|seat is) empty|unattended)\b/i;
const PEOPLE =
  /\b(?:people|persons?|someone|somebody|anyone|anybody|nobody|no one|noone|humans?|faces?|wom[ae]n|m[ae]n|child(?:ren)?|kids?|crowd|pedestrians?|visitors?|intruders?|strangers?|participants?|attendees|passers?-?by|unattended)\b/i;
const OF_APPS =
  /\b(?:open(?:s|ed|ing)?|launch(?:es|ed|ing)?|start(?:s|ed|ing)?|clos(?:es|ed|e|ing)|quits?|exits?|switch(?:es|ed)? (?:to|from)|us(?:es|ing)|running|runs|app|application|program|software|window|website|site|browser tab|workspace)\b/i;
const SPOKEN =
  /\b(?:mentions?|mentioned|says?|said|asks?|asked|talks?|talked|talking|speaks?|spoke|spoken|discuss(?:es|ed)?|complains?|complained|hears?|heard|tells?|told|announces?|requests?|requested|wants?)\b/i;
const ELEMENT =
  /\b(buttons?|dialogs?|pop-?ups?|modals?|menus?|tabs?|check ?box(?:es)?|input fields?|text fields?|search (?:field|box|bar)|links?|title bar)\b/i;

export function readQuestion(prompt: string): EventQuestion {
  const text = prompt.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim().slice(0, 1000);
  const parts = text
    .split(
      /\s*(?:,? but |;|,? while |,? and (?=(?:no|not|the|an?|there|more|at|\w+ (?:is|are|opens?|enters?|appears?|leaves?))\b))\s*/i,
    )
    .filter((part) => part !== '');
  const clauses = parts.map(readClause).filter(({ atoms }) => atoms.length > 0);
  const isState = /\b(?:is|are|being|remains?|stays?|still) (?:open|closed|visible|shown|displayed|on)\b/i.test(text);
  const change = isState ? null : DISAPPEARS.test(text) ? 'disappears' : APPEARS.test(text) ? 'appears' : null;
  return { clauses, change, prompt: text };
}

function readClause(clause: string): Clause {
  const atoms: Atom[][] = [];
  let rest = clause;
  const take = (found: RegExp, atom: (words: string) => Atom | null): void => {
    const match = found.exec(rest);
    if (match === null) return;
    const made = atom(match[0]);
    if (made === null) return;
    atoms.push([made]);
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  };
  // A page mentions, too.
  const isSpoken =
    SPOKEN.test(clause) && !/\b(?:screen|page|site|website|window|document|app|application|slide|article|text)\b/i.test(clause);

  take(/"([^"]{2,200})"|(?<!\w)'([^']{2,200})'(?!\w)/, (words) => ({ kind: 'quote', words: words.slice(1, -1) }));
  takeNames();
  for (const concept of CONCEPTS) if (!isSpoken) take(concept.asked, (words) => ({ kind: 'concept', concept, words }));
  takeElement();
  if (!isSpoken) takeCounted();
  take(
    /\b(?:text|writing|words) (?:is |are )?(?:visible|shown|displayed|readable|on (?:the )?screen)\b|\b(?:contains?|shows?|any|readable|visible) text\b/i,
    () => ({ kind: 'text' }),
  );
  if (!isSpoken) {
    take(
      /\b(?:goes|turns?|turned|becomes?|is|gets?|too|very|completely)\s+(?:completely |very |too )?dark\b|\blights? (?:go(?:es)?|went|are|is|turned?) (?:out|off)\b|\bdark (?:theme|mode|room|screen|picture)\b/i,
      () => ({ kind: 'light', dark: true }),
    );
    take(
      /\b(?:is|turns?|becomes?|gets?|very) bright\b|\blights? (?:go|went|are|is|turned?) on\b|\bbright (?:room|screen|picture)\b/i,
      () => ({ kind: 'light', dark: false }),
    );
    take(
      new RegExp(`\\b(?:${Object.keys(COLOURS).join('|')})\\b(?! (?:button|link|text|label|shirt|hat|jacket|coat))`, 'i'),
      (words) => ({ kind: 'colour', name: words.toLowerCase() }),
    );
    take(/\b(?:nothing (?:moves|happens|changes)|(?:any )?(?:movement|motion)|moves|moving)\b/i, () => ({ kind: 'motion' }));
    take(/\b(?:scene|shot|slide|screen|picture|camera|view) (?:has )?(?:changes?|changed|switch(?:es|ed)?|cuts?)\b/i, () => ({
      kind: 'cut',
    }));
  }
  // "A person wearing a helmet", "the tests failed": what is said of somebody, and what a state is of, must be there too. Of a program's name it is only told what is done with it.
  const isOfSomebody = atoms
    .flat()
    .some(
      (atom) => atom.kind === 'people' || atom.kind === 'thing' || (atom.kind === 'concept' && atom.concept.isState === true),
    );
  const words = contentWords(isOfSomebody ? rest.replace(PRESENCE, ' ') : rest);
  if (words !== '' && (atoms.length === 0 || isOfSomebody || !atoms.some(isDefinite))) atoms.push([{ kind: 'words', words }]);
  return { negated: NEGATED.test(clause.replace(/"[^"]*"/g, ' ')), atoms };

  function takeNames(): void {
    const named = namesIn(rest, isSpoken);
    if (named.length === 0) return;
    const isApp = OF_APPS.test(clause) && !isSpoken;
    const made = named.map((name): Atom =>
      (isApp || KNOWN_APP.test(name)) &&
      !isSpoken &&
      !/\b(?:text|word|name|message|written|says?|titled?|mentions?|mentioned|about)\b/.test(clause)
        ? { kind: 'app', name }
        : { kind: 'name', name },
    );
    // "Slack or Teams"
    const isChoice =
      named.length > 1 && new RegExp(`${escaped(named[0] ?? '')}[^.]*\\bor\\b[^.]*${escaped(named[1] ?? '')}`, 'i').test(rest);
    if (isChoice) atoms.push(made);
    else atoms.push(...made.map((one) => [one]));
    for (const name of named) rest = rest.replace(new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`, 'i'), ' ');
  }

  function takeElement(): void {
    const match = ELEMENT.exec(rest);
    if (match === null || isSpoken) return;
    const kind = (match[1] ?? '').toLowerCase();
    const element = /^(?:pop|modal|dialog)/.test(kind)
      ? 'dialog'
      : /field|box$|bar$/.test(kind) && !/^check|^title/.test(kind)
        ? 'field'
        : /^check/.test(kind)
          ? 'checkbox'
          : kind.replace(/s$/, '');
    const before = labelBefore(rest.slice(0, match.index));
    const names = atoms
      .flat()
      .flatMap((atom) => (atom.kind === 'name' || atom.kind === 'app' ? [atom.name] : atom.kind === 'quote' ? [atom.words] : []));
    // The button's name was taken for a proper name: it is its label.
    for (let index = atoms.length - 1; index >= 0; index--)
      if (atoms[index]?.some(({ kind: of }) => of === 'name' || of === 'app' || of === 'quote') === true) atoms.splice(index, 1);
    atoms.push([{ kind: 'element', element, label: names.length > 0 ? names.join(' ') : before }]);
    rest = `${names.length > 0 ? rest.slice(0, match.index) : rest.slice(0, match.index).replace(before, ' ')} ${rest.slice(match.index + match[0].length)}`;
  }

  /** "Someone creates an account": what is done is looked for, not who does it. */
  function isActing(): boolean {
    return (
      /\b(?:someone|somebody|anyone|(?:a |the )?person)\b/i.test(rest) &&
      contentWords(rest.replace(PRESENCE, ' ').replace(PEOPLE, ' ')) !== ''
    );
  }

  function takeCounted(): void {
    const person = PEOPLE.exec(rest);
    const isActor = atoms.length > 0 || isActing();
    if (person !== null && !(isActor && /^(?:someone|somebody|anyone|visitor|participant|person)s?$/i.test(person[0]))) {
      atoms.push([{ kind: 'people', ...range(rest.slice(0, person.index), person[0]) }]);
      rest = `${rest.slice(0, person.index).replace(COUNT, ' ')} ${rest.slice(person.index + person[0].length)}`;
    } else if (/\b(?:(?:room|desk|seat|office|chair) is empty|empty (?:room|desk|seat|office|chair))\b/i.test(rest)) {
      atoms.push([{ kind: 'people', least: 1, most: Infinity }]);
      rest = '';
    } else if (
      !isActor &&
      /\b(?:customer|employee|guest|driver|worker|student|user)s?\b/i.test(rest) &&
      /\b(?:enters?|entered|walks?|arrives?|leaves?|appears?|sits?|comes?) ?(?:in|into|at|the|up|down)?\b/i.test(rest)
    ) {
      atoms.push([{ kind: 'people', least: 1, most: Infinity }]);
      rest = '';
    }
    for (const [word, name] of THING_WORDS) {
      const match = new RegExp(`\\b${escaped(word)}(?:s|es)?\\b`, 'i').exec(rest);
      if (match === null) continue;
      atoms.push([{ kind: 'thing', name, ...range(rest.slice(0, match.index), match[0]) }]);
      rest = `${rest.slice(0, match.index).replace(COUNT, ' ')} ${rest.slice(match.index + match[0].length)}`;
      break;
    }
  }
}

const THING_WORDS: readonly (readonly [word: string, name: string])[] = [
  ...COCO.filter((name) => name !== '' && name !== 'person' && !['mouse', 'book', 'orange', 'tie', 'remote'].includes(name)).map(
    (name) => [name, name] as const,
  ),
  ...Object.entries(THINGS),
  ...Object.keys(KINDS_OF_THINGS).map((name) => [name, name] as const),
].sort(([a], [b]) => b.length - a.length);

function isDefinite(atoms: readonly Atom[]): boolean {
  return atoms.every(({ kind }) => kind !== 'words' && kind !== 'text');
}

/** Being there, and where. */
const PRESENCE =
  /\b(?:walks?|walked|sits?|sitting|stands?|standing|waits?|waiting|present|visible|room|desk|door|doors|entrance|office|building|front|hall|table|camera|picture|frame|street|house|garden|kitchen|area|zone|corridor|shop|store|seen|detected|passes|passing|by)\b/gi;
