import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Passage } from '../../../knowledge/passages.ts';
import type { Exchange } from './conversation.ts';
import { resolveFollowUp, type Topic } from './follow-up.ts';
import { readIntent } from './intent.ts';

/** What the conversation has been about: the last question made whole, and the sentences the user heard for it. */

export interface Spoken {
  readonly topic: Topic | null;
  /** Wholly heard sentences of the last answer that quoted any, in order. */
  readonly passages: readonly Passage[];
  /** The sentence in which the last answer was interrupted, with what was not heard of it. */
  readonly interrupted: { readonly passage: Passage; readonly rest: string } | null;
}

/** Further back nobody refers to. */
const LOOK_BACK = 6;

export function readTopic(knowledge: Knowledge, before: readonly Exchange[], ownName: string | null): Spoken {
  let topic: Topic | null = null;
  let passages: readonly Passage[] = [];
  let interrupted: Spoken['interrupted'] = null;
  for (const exchange of before.slice(-LOOK_BACK)) {
    const heard = exchange.answered === null ? [] : passagesIn(knowledge, exchange.answered);
    const cut = exchange.answered === null ? null : interruptedIn(knowledge, exchange.answered);
    const shown: Passage | undefined = heard[0] ?? cut?.passage;
    const { intent, rest } = readIntent(exchange.asked, ownName);
    // "Where did you stop?" quotes nothing, and leaves open what was cut off before.
    if (shown !== undefined || intent === null) {
      passages = heard;
      interrupted = cut;
    }
    const heading: string | null = shown === undefined ? null : headingOf(knowledge, shown);
    if (intent === null && rest !== '') topic = { asked: resolveFollowUp(rest, topic).readings[0] ?? rest, heading };
    else if (topic !== null && heading !== null) topic = { asked: topic.asked, heading };
  }
  return { topic, passages, interrupted };
}

function headingOf(knowledge: Knowledge, passage: Passage): string {
  return passage.heading || (knowledge.pages[passage.page]?.title ?? '');
}

function passagesIn(knowledge: Knowledge, answered: string): Passage[] {
  return knowledge.passages
    .map((passage) => ({ passage, at: answered.indexOf(passage.text) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)
    .map(({ passage }) => passage);
}

/** Fewer words may be the beginning of anything. */
const CUT_WORDS = 2;

function interruptedIn(knowledge: Knowledge, answered: string): Spoken['interrupted'] {
  const heard = answered.trim().replace(/[…]+$/, '').trim();
  let longest: Spoken['interrupted'] = null;
  let most = 0;
  for (const passage of knowledge.passages) {
    const start = passage.text.split(/\s+/).slice(0, CUT_WORDS).join(' ');
    const at = heard.lastIndexOf(start);
    if (at === -1) continue;
    const said = heard.slice(at);
    if (said.length <= most || said.length >= passage.text.length || !passage.text.startsWith(said)) continue;
    most = said.length;
    longest = { passage, rest: passage.text.slice(said.length).trim() };
  }
  return longest;
}
