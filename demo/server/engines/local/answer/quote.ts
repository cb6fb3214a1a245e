import { daysIn } from '../../../knowledge/days.ts';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Passage } from '../../../knowledge/passages.ts';
import { fitsKind, KIND_WORDS } from '../../../knowledge/question-kind.ts';
import type { Question } from '../../../knowledge/question.ts';
import type { Hit } from '../../../knowledge/search.ts';
import { likeness, readTerms } from '../../../knowledge/terms.ts';
import { certainAnswer } from './polarity.ts';

/** Which sentences of the best page are said: the one that answers, with what it cannot be understood without. */

export interface Quote {
  readonly lead: 'yes' | 'no' | null;
  /** In the order of the page. */
  readonly passages: readonly Passage[];
}

export interface QuoteLimits {
  readonly maxSentences: number;
  readonly maxWords: number;
}

/** Two short sentences, or one long: what can be listened to. */
export const SPOKEN: QuoteLimits = { maxSentences: 2, maxWords: 45 };

/** A list that was asked for whole may take longer. */
const LIST: QuoteLimits = { maxSentences: 5, maxWords: 70 };

const LEANS_BACK =
  /^(?:it|its|they|their|them|this|these|those|that|he|she|otherwise|however|but|then|also|in that case|if so|both|such|instead|there(?:fore|after)|for these|the same)\b/i;
const LEANS_ON =
  /^(?:it|they|otherwise|however|but|then|in that case|if not|if so|after that|you receive|please|instead|both)\b/i;
const ASKS_LIST = /\b(?:which|what (?:\w+ )?(?:are|do|does|can)|list|all|options|types|kinds|prices|plans|languages)\b/i;

export function chooseQuote(knowledge: Knowledge, question: Question, hits: readonly Hit[], limits: QuoteLimits | null): Quote {
  const best = hits[0];
  if (best === undefined) return { lead: null, passages: [] };
  const about = `${best.passage.heading}. ${knowledge.pages[best.passage.page]?.title ?? ''}`;
  const lead = certainAnswer(question, best.passage.text, about);
  const timetable = lead === null ? rows(knowledge, question, hits) : [];
  const wanted =
    lead !== null
      ? [best.passage]
      : timetable.length > 0
        ? timetable
        : asksOverview(question, about)
          ? overview(knowledge, question, best.passage)
          : alike(question, hits);
  const list = wanted.length > 2;
  const core = wanted.includes(best.passage) ? best.passage : (wanted[0] ?? best.passage);
  return { lead, passages: fit(withContext(knowledge, question, wanted, core), core, limits ?? (list ? LIST : SPOKEN)) };
}

/** "tell me about the knot workshop", "shipping": the subject is the heading itself. */
function asksOverview(question: Question, about: string): boolean {
  if (question.kind !== 'open' || question.terms.length === 0) return false;
  const headings = readTerms(about);
  return question.terms
    .filter((term) => !KIND_WORDS.has(term.lemma))
    .every((term) => headings.some((other) => likeness(term, other) >= 0.75));
}

/** "when are you open" without a day: the rows of the timetable that the best hits stand in. */
function rows(knowledge: Knowledge, question: Question, hits: readonly Hit[]): Passage[] {
  if (ASKS_LIST.test(question.text) && question.kind === 'open') return listRows(knowledge, question, hits);
  if ((question.kind !== 'clock' && question.kind !== 'time') || question.days.size > 0) return [];
  const best = hits[0];
  for (const hit of hits.slice(0, 6)) {
    const section = knowledge.sections[hit.passage.section];
    if (section === undefined || best === undefined || hit.passage.page !== best.passage.page || hit.score < best.score * 0.7)
      continue;
    const daily = knowledge.passages
      .slice(section.from, section.to)
      .filter((passage) => daysIn(passage.text).size > 0 && fitsKind('clock', passage.text) >= 1);
    if (daily.length >= 2) return daily.slice(0, LIST.maxSentences);
  }
  return [];
}

/** "what plans do you have": the rows under the heading that names them. */
function listRows(knowledge: Knowledge, question: Question, hits: readonly Hit[]): Passage[] {
  const best = hits[0];
  for (const hit of hits.slice(0, 6)) {
    const section = knowledge.sections[hit.passage.section];
    if (section === undefined || hit.passage.page !== best?.passage.page || !asksOverview(question, section.heading)) continue;
    const listed = knowledge.passages.slice(section.from, section.to).filter((passage) => /^[^:.]{2,40}: \S/.test(passage.text));
    if (listed.length >= 2) return listed.slice(0, LIST.maxSentences);
  }
  return [];
}

/** The beginning of the section, or of the page when the title is what was asked for. */
function overview(knowledge: Knowledge, question: Question, best: Passage): Passage[] {
  const section = asksOverview(question, best.heading) ? knowledge.sections[best.section] : undefined;
  const among = knowledge.passages.filter((passage) =>
    section === undefined ? passage.page === best.page : passage.id >= section.from && passage.id < section.to,
  );
  return among.slice(0, SPOKEN.maxSentences);
}

/** The best one; with a question for several, also those of its section that answer about as well. */
function alike(question: Question, hits: readonly Hit[]): Passage[] {
  const [best, ...others] = hits;
  if (best === undefined) return [];
  const isList = ASKS_LIST.test(question.text) && (question.kind === 'open' || question.kind === 'money');
  const near = others.filter((hit) => hit.passage.section === best.passage.section);
  const most = isList ? 4 : 1;
  const enough = isList ? 0.8 : question.kind === 'money' ? 0.85 : 0.93;
  return [best, ...near.filter((hit) => hit.score >= best.score * enough).slice(0, most)].map((hit) => hit.passage);
}

function withContext(knowledge: Knowledge, question: Question, wanted: readonly Passage[], best: Passage): Passage[] {
  const ids = new Set(wanted.map((passage) => passage.id));
  const section = knowledge.sections[best.section];
  const at = (id: number): Passage | undefined =>
    section !== undefined && id >= section.from && id < section.to ? knowledge.passages[id] : undefined;
  const before = at(best.id - 1);
  const after = at(best.id + 1);
  if (LEANS_BACK.test(best.text) && before !== undefined) ids.add(before.id);
  // "There is no car park." answers "where can I park" only together with what follows.
  const denies = !question.yesNo && /\b(?:no|not|cannot|never)\b|n't\b/i.test(best.text);
  if (after !== undefined && (LEANS_ON.test(after.text) || denies)) ids.add(after.id);
  return [...ids].sort((a, b) => a - b).flatMap((id) => knowledge.passages[id] ?? []);
}

/** The best one always; its neighbours as long as there is room. */
function fit(passages: readonly Passage[], best: Passage, limits: QuoteLimits): Passage[] {
  const kept = new Set([best.id]);
  let words = countWords(best.text);
  const leaning = LEANS_BACK.test(best.text);
  const order = [...passages].sort((a, b) => rank(a, best, leaning) - rank(b, best, leaning));
  for (const passage of order) {
    const more = countWords(passage.text);
    if (kept.has(passage.id) || kept.size >= limits.maxSentences || words + more > limits.maxWords) continue;
    kept.add(passage.id);
    words += more;
  }
  return passages.filter((passage) => kept.has(passage.id));
}

/** What the best sentence leans on comes first, then what follows it. */
function rank(passage: Passage, best: Passage, leaning: boolean): number {
  const distance = passage.id - best.id;
  if (distance === -1 && leaning) return 0;
  return distance > 0 ? distance : 10 - distance;
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
