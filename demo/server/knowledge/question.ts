import { KIND_SUBJECT, KIND_WORDS, kindOfQuestion, type QuestionKind } from './question-kind.ts';
import { daysIn } from './days.ts';
import { namesIn } from './names.ts';
import { digitise } from './spoken-numbers.ts';
import { readTerms, type Term } from './terms.ts';

/** A question read once: its words, its kind, and what is embedded of it. */
export interface Question {
  readonly text: string;
  readonly kind: QuestionKind;
  readonly terms: readonly Term[];
  /** It can be answered by yes or no, whatever its kind. */
  readonly yesNo: boolean;
  /** Days of the week, 0 = Sunday. */
  readonly days: ReadonlySet<number>;
  /** Places and people, lower case. */
  readonly names: readonly string[];
  /** It asks for a kind of thing and nothing else: "what is your phone number". */
  readonly subjectless: boolean;
  /** A sum or the like: no document answers it. */
  readonly arithmetic: boolean;
}

const ARITHMETIC =
  /\b\d+(?:[.,]\d+)? ?(?:times|plus|minus|divided by|multiplied by|over|percent of|[-+*/x×÷]) ?\d+\b|\bsquare root\b/i;

const YES_NO =
  /^(?:(?:so|and|but|well|ok|okay|um|uh|then),? )*(?:is|are|am|was|were|do|does|did|can|could|may|might|will|would|should|must|has|have)\b(?! you (?:tell|say|give|show|explain))/;

export function readQuestion(text: string): Question {
  const kind = kindOfQuestion(text);
  const terms = readTerms(text);
  const hasSubject = terms.some((term) => !KIND_WORDS.has(term.lemma));
  const subject = hasSubject ? undefined : KIND_SUBJECT[kind];
  return {
    text,
    kind,
    terms: subject === undefined ? terms : [...terms, ...readTerms(subject)],
    yesNo: YES_NO.test(text.toLowerCase()),
    subjectless: !hasSubject,
    days: daysIn(text),
    names: namesIn(text),
    arithmetic: ARITHMETIC.test(digitise(text, { ones: true })),
  };
}
