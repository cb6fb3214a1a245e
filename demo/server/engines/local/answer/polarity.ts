import { readTokens } from '../../../knowledge/language.ts';
import type { Question } from '../../../knowledge/question.ts';
import { likeness, readTerms, type Term } from '../../../knowledge/terms.ts';

/** Whether a sentence answers a yes-no question with certainty; null leaves it to the listener. */

const CONDITION =
  /\b(?:if|unless|only|otherwise|above|over|below|under|between|before|after|until|most|some|usually|normally|generally|sometimes|depend\w*|when|while|without|up to|at least|from|during|but|however|either|instead|may be|might|limited|selected|certain|partly|almost|for example)\b/i;
const NEGATION = /\b(?:not|no|never|cannot|none|neither|nor|nobody|nothing)\b|n't\b/gi;

/** What says the opposite of a question's word. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/^open/, /\bclosed|\bshut\b/i],
  [/^clos/, /\bopen\b/i],
  [/^(allow|permit|welcom|ok)/, /\b(?:forbidden|prohibited|banned|refused)\b/i],
  [/^includ/, /\bexcluded?\b/i],
  [/^(avail|possibl)/, /\b(?:unavailable|impossible)\b/i],
  [/^accept/, /\brefused?\b/i],
];

/** Said of any subject: they need not stand in the answer. */
const LIGHT = /^(?:go|come|bring|use|take|make|find|offer|work|happen|visit|enter|put|allow|permit)$/;

/** `about`: title and heading over the sentence, which may name its subject. */
export function certainAnswer(question: Question, sentence: string, about: string): 'yes' | 'no' | null {
  const asked = question.text.toLowerCase();
  if (!question.yesNo || question.terms.length === 0 || question.terms.length > 6) return null;
  if (/\b(?:or|not|never|than|still)\b|n't\b|\d/.test(asked)) return null;
  const said = readTerms(sentence);
  const excepted = /\bexcept(?: for)?(?: on)?\b(.*)$/i.exec(sentence)?.[1];
  if (excepted !== undefined) return isExcepted(question, sentence, said, readTerms(excepted)) ? 'no' : null;
  const clause = predicateClause(question, sentence);
  const negated = (clause.match(NEGATION)?.length ?? 0) > 0;
  // "Tickets cannot be refunded, but …" is a no whatever follows.
  const relevant = negated ? (sentence.split(/[,;] but\b/i)[0] ?? sentence) : sentence;
  if (CONDITION.test(relevant)) return null;
  const known = [...said, ...readTerms(about).filter((term) => isNoun(term.pos))];
  let flips = 0;
  for (const term of question.terms) {
    if (LIGHT.test(term.lemma) || known.some((other) => likeness(term, other) >= 0.75)) continue;
    if (OPPOSITES.some(([word, opposite]) => word.test(term.stem) && opposite.test(sentence))) flips++;
    else return null;
  }
  for (const term of question.terms) {
    const opposed = OPPOSITES.some(
      ([word, opposite]) => word.test(term.stem) && opposite.test(sentence) && !said.some((other) => other.stem === term.stem),
    );
    if (opposed && flips === 0) flips++;
  }
  if (isNarrower(question, sentence)) return null;
  const negations = (clause.match(NEGATION)?.length ?? 0) + flips;
  const elsewhere = (relevant.match(NEGATION)?.length ?? 0) - (clause.match(NEGATION)?.length ?? 0);
  if (negations > 1 || elsewhere > 0) return null;
  const denied = negations - flips === 1;
  if (denied ? !deniesIt(question, sentence, clause) : !affirmsIt(question, said, sentence, flips)) return null;
  return negations === 1 ? 'no' : 'yes';
}

const EXISTS =
  /\b(?:there (?:is|are)|we (?:have|offer|sell|provide|serve|run|stock|keep)|(?:is|are) (?:\w+ )?(?:available|offered|provided|sold))\b/i;
const PERMITS = /\b(?:allowed|permitted|welcome|possible|available|accepted|may|can)\b/i;
const ASKS_EXISTENCE =
  /^(?:\W|so |and |but )*(?:(?:is|are) there\b|do (?:you|they) (?:have|offer|sell|provide)\b|does (?:it|the \w+) (?:have|offer)\b|have you got\b|can i (?:get|find|buy)\b)/i;

/** What "not" or "no" belongs to must be what was asked about: "you do not need a ticket to visit the café" denies no café. */
function deniesIt(question: Question, sentence: string, clause: string): boolean {
  if (/^\W*(?:please )?(?:do not|don't|never)\b/i.test(sentence))
    return /\b(?:can|may|could|should|am i allowed|is it ok)\b/i.test(question.text);
  const after = /\b(?:not|no|never|cannot|none of|neither|nobody)\b(.*)$|n't\b(.*)$/i.exec(clause);
  const [next] = readTokens(after?.[1] ?? after?.[2] ?? '').filter(
    (token) => !/^(?:be|been|being|longer|yet|currently|also|any|the|a|an|to|our|your|such)$/.test(token.text),
  );
  if (next === undefined) return false;
  if (PERMITS.test(next.text)) return true;
  return (
    readTerms(next.text).some((term) => question.terms.some((asked) => likeness(asked, term) >= 0.75)) ||
    isModifierOf(next.text, clause, question)
  );
}

/** "no live plants": the word after "no" only narrows a noun that was asked for. */
function isModifierOf(word: string, clause: string, question: Question): boolean {
  const following =
    clause
      .slice(clause.toLowerCase().indexOf(word) + word.length)
      .trim()
      .split(/\s+/)[0] ?? '';
  return (
    readTerms(following).some((term) => isNoun(term.pos) && question.terms.some((asked) => asked.stem === term.stem)) &&
    question.terms.some((asked) => asked.text === word)
  );
}

/** A yes needs the verb or adjective that was asked, or that the thing exists or is permitted where that was asked. */
function affirmsIt(question: Question, said: readonly Term[], sentence: string, flips: number): boolean {
  if (flips > 0) return true;
  if (ASKS_EXISTENCE.test(question.text))
    return EXISTS.test(sentence) || question.terms.some((term) => term.pos === 'VERB' && covers(said, term));
  const predicates = question.terms.filter((term) => term.pos === 'VERB' || term.pos === 'ADJ' || term.pos === 'ADV');
  if (predicates.some((term) => covers(said, term))) return true;
  return /^(?:\W|so |and )*(?:can|may|could|am|are we)\b/i.test(question.text) && PERMITS.test(sentence);
}

function covers(said: readonly Term[], term: Term): boolean {
  return said.some((other) => likeness(term, other) >= 0.75);
}

/** "open every day except Monday" and the question is about Monday; "closed, except in April" says no such thing of April. */
function isExcepted(question: Question, sentence: string, said: readonly Term[], excepted: readonly Term[]): boolean {
  const before = sentence.slice(0, sentence.toLowerCase().indexOf('except'));
  if (before.search(NEGATION) !== -1 || OPPOSITES.some(([, opposite]) => opposite.test(before) && !/\bopen\b/i.test(before)))
    return false;
  if (!question.terms.every((term) => covers(said, term))) return false;
  return question.terms.some(
    (term) => isNoun(term.pos) && excepted.length <= 2 && excepted.some((other) => other.stem === term.stem),
  );
}

/** The part of the sentence that holds the question's last verb or adjective. */
function predicateClause(question: Question, sentence: string): string {
  const clauses = sentence.split(/[,;:]|\b(?:and|while)\b/i);
  const predicate = question.terms.findLast((term) => term.pos === 'VERB' || term.pos === 'ADJ') ?? question.terms.at(-1);
  const found = clauses.find(
    (clause) => predicate !== undefined && readTerms(clause).some((term) => likeness(predicate, term) >= 0.75),
  );
  return found ?? sentence.split(/[,;] but\b/i)[0] ?? sentence;
}

/** The sentence speaks of a kind of what was asked for: "assistance dogs are welcome" says little of dogs. */
function isNarrower(question: Question, sentence: string): boolean {
  for (const clause of sentence.split(/[,;:]|\band\b/i)) {
    const tokens = readTokens(clause);
    for (let index = 1; index < tokens.length; index++) {
      const noun = tokens[index];
      const before = tokens[index - 1];
      if (noun === undefined || before === undefined || !isNoun(noun.pos)) continue;
      if (!question.terms.some((term) => term.stem === noun.stem || term.lemma === noun.lemma)) continue;
      const isModifier = (before.pos === 'ADJ' || isNoun(before.pos)) && readTerms(before.text).length > 0;
      const asked = question.terms.some((term) => likeness(term, { ...term, ...termLike(before) }) >= 0.75);
      if (isModifier && !asked && !LIGHT.test(before.lemma)) return true;
    }
  }
  return false;
}

function termLike(token: { readonly stem: string; readonly lemma: string; readonly text: string }): Partial<Term> {
  return (
    readTerms(token.text)[0] ?? {
      stem: token.stem,
      lemma: token.lemma,
      text: token.text,
      meanings: [],
      senses: { sets: [], kin: [] },
    }
  );
}

function isNoun(pos: string): boolean {
  return pos === 'NOUN' || pos === 'PROPN';
}
