import { KIND_SUBJECT, KIND_WORDS, kindOfQuestion, type QuestionKind } from './question-kind.ts';
import { readTerms, type Term } from './terms.ts';

/** A question read once: its words, its kind, and what is embedded of it. */
export interface Question {
  readonly text: string;
  readonly kind: QuestionKind;
  readonly terms: readonly Term[];
  /** It can be answered by yes or no, whatever its kind. */
  readonly yesNo: boolean;
}

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
  };
}
