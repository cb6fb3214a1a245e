import type { Embedder } from '../../../knowledge/embedder.ts';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Passage } from '../../../knowledge/passages.ts';
import { readQuestion, type Question } from '../../../knowledge/question.ts';
import { search, type Hit } from '../../../knowledge/search.ts';
import { text, type Reply } from './emit.ts';
import { offerAsWell, offerToRead } from './offer.ts';
import type { Policy } from './policy.ts';
import { chooseQuote, countWords, SPOKEN } from './quote.ts';
import { mentions } from './subject.ts';
import { pageName, sayQuote, topicList } from './wording.ts';

/** Answers that stand on documents: quote when it is likely right, offer the nearest when unsure, say so when there is nothing. */

/** Below, the nearest page is offered instead of quoted; below the second, nothing is. Chosen with the weights of the search. */
const SURE = 0.5;
const CLOSE = 0.25;

/** A second page is offered beside an answer that may be mistaken. */
const DOUBTFUL = 0.75;
const SECOND_SCORE = 0.92;

export interface Library {
  /** The site's pages, then what the instructions and the host page told. */
  readonly shelves: readonly Knowledge[];
  readonly embedder: Embedder;
}

export interface Ask {
  /** Readings of the question, the likeliest first. */
  readonly readings: readonly string[];
  /** Page (of the first shelf) the last answer stood on. */
  readonly near: number | null;
  /** The first reading is to be preferred: the words alone mean little. */
  readonly leans: boolean;
}

export interface Found {
  readonly knowledge: Knowledge;
  readonly question: Question;
  readonly hits: readonly Hit[];
  readonly confidence: number;
}

/** The best reading on the best shelf; null when there is nothing to search. */
export async function find(
  library: Library,
  ask: Ask,
  policy: Policy,
  signal: AbortSignal,
  onlyPage: number | null = null,
): Promise<Found | null> {
  const readings = [...new Set(ask.readings)];
  const vectors = await library.embedder.embed(readings, signal);
  let best: Found | null = null;
  let bestWorth = -1;
  for (const [index, reading] of readings.entries()) {
    const question = readQuestion(reading);
    const vector = vectors[index];
    if (vector === undefined) continue;
    for (const [shelf, knowledge] of library.shelves.entries()) {
      if (onlyPage !== null && shelf > 0) continue;
      const hits = search(knowledge, question, vector, { near: shelf === 0 ? ask.near : null, only: onlyPage }).filter(
        (hit) => !policy.never.some((word) => mentions(hit.passage.text, word)),
      );
      const confidence = hits[0]?.confidence ?? 0;
      const worth = confidence - (ask.leans ? 0.15 * index : 0.05 * index) + (shelf > 0 ? 0.05 : 0);
      if (hits.length === 0 || worth <= bestWorth) continue;
      bestWorth = worth;
      best = { knowledge, question, hits, confidence };
    }
  }
  return best;
}

export function replyWith(found: Found | null, site: Knowledge, policy: Policy, near: number | null, repeated: boolean): Reply {
  const best = found?.hits[0];
  if (found === null || best === undefined || found.confidence < CLOSE) return refuse(site, policy, repeated);
  const title = found.knowledge.pages[best.passage.page]?.title ?? '';
  if (found.confidence < SURE) {
    if (title === '') return refuse(site, policy, repeated);
    const unsure = policy.unsure ?? "I'm not sure about that.";
    const nearest = `The closest I have is on our ${pageName(title)}. Shall I read it?`;
    return policy.maxSentences === 1 ? text(policy.unsure ?? offerToRead(title)) : text(unsure, nearest);
  }
  return quoted(found, policy, near);
}

/** Says the answer, names its page, offers a second one when the first may be mistaken. */
export function quoted(found: Found, policy: Policy, near: number | null): Reply {
  const { knowledge, question, hits, confidence } = found;
  const limits =
    policy.maxSentences === null && policy.maxWords === null
      ? null
      : { maxSentences: policy.maxSentences ?? SPOKEN.maxSentences, maxWords: policy.maxWords ?? SPOKEN.maxWords };
  const quote = chooseQuote(
    knowledge,
    question,
    hits,
    policy.tone === 'brief' && limits === null ? { maxSentences: 1, maxWords: 45 } : limits,
  );
  const first = quote.passages[0];
  if (first === undefined) return text();
  const sentences = sayQuote(knowledge, quote, {
    tone: policy.tone,
    samePage: first.page === near && knowledge.pages[first.page]?.url !== '',
  });
  const second = hits.find((hit) => hit.passage.page !== first.page);
  const doubtful =
    quote.lead === null &&
    confidence < DOUBTFUL &&
    policy.tone !== 'brief' &&
    policy.maxSentences === null &&
    policy.maxWords === null;
  const other =
    second !== undefined && second.confidence >= SURE && second.score >= (hits[0]?.score ?? 0) * SECOND_SCORE
      ? (knowledge.pages[second.passage.page]?.title ?? null)
      : null;
  if (doubtful && other !== null && other !== '') sentences.push(offerAsWell(other));
  return { sentences: shorten(sentences, policy.maxWords), citation: citationOf(knowledge, first), calls: [] };
}

export function citationOf(knowledge: Knowledge, passage: Passage): Reply['citation'] {
  const page = knowledge.pages[passage.page];
  if (page === undefined || page.url === '') return null;
  const anchor = knowledge.sections[passage.section]?.anchor ?? null;
  return { url: anchor === null || page.url.includes('#') ? page.url : `${page.url}#${anchor}`, title: page.title };
}

function refuse(site: Knowledge, policy: Policy, repeated: boolean): Reply {
  if (policy.unsure !== null) return text(policy.unsure);
  const known =
    policy.tone === 'formal' ? 'I regret that I could not find that in our pages.' : "I couldn't find that in our pages.";
  if (policy.maxSentences === 1 || policy.tone === 'brief') return text(known);
  const contact = site.passages.find((passage) =>
    /\bcontact\b/i.test(`${passage.heading} ${site.pages[passage.page]?.title ?? ''}`),
  );
  if (repeated && contact !== undefined) {
    const title = site.pages[contact.page]?.title ?? '';
    return { ...text(known, `Our ${pageName(title)} says how to ask a person.`), citation: citationOf(site, contact) };
  }
  const topics = topicList(site, 3);
  return topics === ''
    ? text("I don't know, and I have no documents to look it up in.")
    : text(known, `You can ask me about ${topics}.`);
}

/** A hard limit of words is kept, at the end of a word. */
export function shorten(sentences: readonly string[], maxWords: number | null): string[] {
  if (maxWords === null) return [...sentences];
  const kept: string[] = [];
  let room = maxWords;
  for (const sentence of sentences) {
    const words = countWords(sentence);
    if (words <= room) kept.push(sentence);
    else if (kept.length === 0)
      kept.push(
        `${sentence
          .split(/\s+/)
          .slice(0, room)
          .join(' ')
          .replace(/[,;:]$/, '')}…`,
      );
    if (words > room) break;
    room -= words;
  }
  return kept;
}
