import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Passage } from '../../../knowledge/passages.ts';
import type { Conversation } from './conversation.ts';
import { citationOf, find, quoted, replyWith, type Library } from './documents.ts';
import { text, type Reply } from './emit.ts';
import { resolveFollowUp } from './follow-up.ts';
import { foreignLanguage } from './foreign.ts';
import { readIntent, type Intent } from './intent.ts';
import { offeredTitle } from './offer.ts';
import type { Policy } from './policy.ts';
import { greeting, smallTalk, type TalkContext } from './small-talk.ts';
import { isAbout, mentions } from './subject.ts';
import { readTopic, type Spoken } from './topic.ts';
import { countWords } from './quote.ts';
import { listed, pageName, topicList } from './wording.ts';

/** What to say to the last thing said: the order in which the ways of answering are tried. */

export interface Respondent {
  /** The site's own pages. */
  readonly site: Knowledge;
  readonly library: Library;
  readonly policy: Policy;
  /** In words: "book a table". */
  readonly abilities: readonly string[];
  readonly signal: AbortSignal;
}

const REFUSAL = /\b(?:couldn't|could not) find that in our pages\b/;

export async function respond(conversation: Conversation, from: Respondent): Promise<Reply> {
  const { policy, site } = from;
  const { before, asked } = conversation;
  const heard = before.findLast((exchange) => exchange.answered !== null)?.answered ?? null;
  const talk: TalkContext = {
    policy,
    topics: topicList(site, 3),
    lastAnswer: heard,
    lastAsked: before.findLast((exchange) => exchange.asked !== '')?.asked ?? null,
    userName: userNameIn(before.map((exchange) => exchange.asked)),
    abilities: from.abilities,
  };
  if (policy.verbatim !== null) return text(policy.verbatim);
  if (asked === '')
    return text(conversation.fresh ? (policy.greeting ?? greeting(talk)) : 'Is there anything else you would like to know?');
  const spoken = readTopic(site, before, policy.name);
  const { intent, rest, detail } = readIntent(asked, policy.name);
  if (intent !== null) {
    const navigated = await navigate(intent, heard, spoken, from);
    if (navigated !== null) return navigated;
    const said = smallTalk(intent, detail, talk);
    if (said !== null) return close(text(said), policy, intent);
  }
  const language = foreignLanguage(asked);
  if (language !== null)
    return text(`I'm sorry, I only understand English${language === 'another language' ? '' : `, not ${language}`}.`);
  return close(await fromDocuments(rest === '' ? asked : rest, spoken, heard, from), policy, null);
}

async function fromDocuments(question: string, spoken: Spoken, heard: string | null, from: Respondent): Promise<Reply> {
  const { policy, library, signal, site } = from;
  const followUp = resolveFollowUp(question, spoken.topic);
  const reading = followUp.readings[0] ?? question;
  const script = policy.scripts.find(({ when }) => mentions(reading, when)) ?? (await nearScript(reading, from));
  if (script !== undefined) return text(script.say);
  const forbidden = policy.never.find((subject) => mentions(reading, subject));
  if (forbidden !== undefined) return text(policy.unsure ?? "I'm sorry, I can't talk about that.");
  const near = spoken.passages.at(-1)?.page ?? spoken.interrupted?.passage.page ?? null;
  const found = await find(
    library,
    { readings: followUp.readings, near: followUp.leans ? near : null, leans: followUp.leans },
    policy,
    signal,
  );
  if (policy.only.length > 0 && !(await isOnTopic(found?.question.text ?? reading, found, from))) {
    return text(`I'm sorry, I can only talk about ${listed(policy.only, 'and')}.`);
  }
  return replyWith(found, site, policy, followUp.leans ? near : null, heard !== null && REFUSAL.test(heard));
}

/** On topic: the question says so, or what would be quoted stands under such a heading. */
async function isOnTopic(reading: string, found: Awaited<ReturnType<typeof find>>, from: Respondent): Promise<boolean> {
  const { only } = from.policy;
  const best = found?.hits[0];
  if (found !== null && best !== undefined) {
    const around = `${best.passage.heading} ${found.knowledge.pages[best.passage.page]?.title ?? ''} ${best.passage.text}`;
    if (found.confidence >= 0.5 && only.some((subject) => mentions(around, subject))) return true;
  }
  return isAbout(reading, only, from.library.embedder, from.signal);
}

async function nearScript(reading: string, from: Respondent): Promise<{ readonly say: string } | undefined> {
  for (const script of from.policy.scripts) {
    if (countWords(script.when) > 1 && (await isAbout(reading, [script.when], from.library.embedder, from.signal))) return script;
  }
  return undefined;
}

/** Intents that move about in what was said or offered. Null = not one of these, or nothing to move in. */
async function navigate(intent: Intent, heard: string | null, spoken: Spoken, from: Respondent): Promise<Reply | null> {
  switch (intent) {
    case 'yes':
      return readOffer(offeredTitle(heard), spoken, from);
    case 'other':
      return (await readOffer(offeredTitle(heard), spoken, from)) ?? otherPage(spoken, from);
    case 'continue':
      return spoken.interrupted === null ? further(spoken, from) : resume(spoken.interrupted, from);
    case 'more':
      return (await readOffer(offeredTitle(heard), spoken, from)) ?? further(spoken, from);
    case 'source':
      return source(spoken, from);
    case 'person': {
      const found = await find(
        from.library,
        { readings: ['how can i contact you by phone or e-mail'], near: null, leans: false },
        from.policy,
        from.signal,
      );
      const reply = found !== null && found.confidence >= 0.4 ? quoted(found, from.policy, null) : text();
      return { ...reply, sentences: ["I can't connect you to a person.", ...reply.sentences] };
    }
    default:
      return null;
  }
}

async function readOffer(title: string | null, spoken: Spoken, from: Respondent): Promise<Reply | null> {
  if (title === null) return null;
  const page = from.site.pages.findIndex((candidate) => pageName(candidate.title) === pageName(title));
  if (page === -1) return null;
  const asked = spoken.topic?.asked ?? title;
  const found = await find(from.library, { readings: [asked], near: null, leans: false }, from.policy, from.signal, page);
  return found === null ? null : quoted(found, from.policy, null);
}

async function otherPage(spoken: Spoken, from: Respondent): Promise<Reply> {
  if (spoken.topic === null) return text('Which one do you mean?');
  const found = await find(from.library, { readings: [spoken.topic.asked], near: null, leans: false }, from.policy, from.signal);
  const said = new Set(spoken.passages.map((passage) => passage.id));
  const hits = (found?.hits ?? []).filter((hit) => !said.has(hit.passage.id));
  if (found === null || (hits[0]?.confidence ?? 0) < 0.4) return text("I don't have another one. Which one do you mean?");
  return quoted({ ...found, hits, confidence: 1 }, from.policy, null);
}

/** What stands after the last sentence that was said. */
function further(spoken: Spoken, from: Respondent): Reply {
  const last = spoken.passages.at(-1);
  if (last === undefined) return text('What would you like to know more about?');
  const next = from.site.passages.slice(last.id + 1, last.id + 3).filter((passage) => passage.page === last.page);
  const title = from.site.pages[last.page]?.title ?? '';
  if (next.length === 0) return text(`That is all our ${pageName(title)} says.`);
  return readOut(next, from);
}

function resume(interrupted: NonNullable<Spoken['interrupted']>, from: Respondent): Reply {
  const { passage, rest } = interrupted;
  return { sentences: [`${rest.charAt(0).toUpperCase()}${rest.slice(1)}`], citation: citationOf(from.site, passage), calls: [] };
}

function readOut(passages: readonly Passage[], from: Respondent): Reply {
  const first = passages[0];
  const most = from.policy.maxSentences ?? 2;
  return {
    sentences: passages.slice(0, most).map((passage) => passage.text),
    citation: first === undefined ? null : citationOf(from.site, first),
    calls: [],
  };
}

function source(spoken: Spoken, from: Respondent): Reply {
  const last = spoken.passages.at(-1) ?? spoken.interrupted?.passage;
  if (last === undefined) return text('I have not quoted any page yet.');
  const title = from.site.pages[last.page]?.title ?? '';
  const under = last.heading === '' || last.heading === title ? '' : `, under ${last.heading}`;
  return { sentences: [`That is what our ${pageName(title)} says${under}.`], citation: citationOf(from.site, last), calls: [] };
}

function userNameIn(utterances: readonly string[]): string | null {
  for (const utterance of utterances.toReversed()) {
    const { intent, detail } = readIntent(utterance, null);
    if (intent === 'my-name' && detail !== null) return detail;
    const within = /\bmy name(?:'s| is) (\p{L}[\p{L}'-]*)/iu.exec(utterance)?.[1];
    if (within !== undefined) return within;
  }
  return null;
}

const NEEDS_NO_CLOSING = new Set<Intent>(['repeat', 'stop', 'bye', 'slower', 'where-stopped', 'what-did-i-say']);

function close(reply: Reply, policy: Policy, intent: Intent | null): Reply {
  if (policy.closing === null || (intent !== null && NEEDS_NO_CLOSING.has(intent))) return reply;
  return { ...reply, sentences: [...reply.sentences, policy.closing] };
}
