import { KIND_SUBJECT, KIND_WORDS, kindOfQuestion, type QuestionKind } from './question-kind.ts';
import { readTerms, type Term } from './terms.ts';

/** A question read once: its words, its kind, and what is embedded of it. */
export interface Question {
  readonly text: string;
  readonly kind: QuestionKind;
  readonly terms: readonly Term[];
}

export function readQuestion(text: string): Question {
  const kind = kindOfQuestion(text);
  const terms = readTerms(text);
  const hasSubject = terms.some((term) => !KIND_WORDS.has(term.lemma));
  const subject = hasSubject ? undefined : KIND_SUBJECT[kind];
  return { text, kind, terms: subject === undefined ? terms : [...terms, ...readTerms(subject)] };
}
