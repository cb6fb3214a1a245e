import type { Knowledge } from '../../../knowledge/knowledge.ts';
import { splitSentences } from '../../../knowledge/language.ts';
import { readTerms } from '../../../knowledge/terms.ts';
import type { Conversation } from './conversation.ts';
import { find, replyWith, shorten } from './documents.ts';
import { text, type Reply } from './emit.ts';
import { resolveFollowUp } from './follow-up.ts';
import { foreignLanguage } from './foreign.ts';
import { readIntent, type Intent } from './intent.ts';
import { navigate } from './navigate.ts';
import { pictureQuestion, tellSighting } from './pictures.ts';
import type { Policy } from './policy.ts';
import type { Respondent } from './respondent.ts';
import { greeting, smallTalk, type TalkContext } from './small-talk.ts';
import { isAbout, mentions } from './subject.ts';
import { readTopic, type Spoken } from './topic.ts';
import { countWords } from './quote.ts';
import { tellOutcomes } from './tools/tell.ts';
import { abilityOf, continueTool, repeatTool, startTool, type ToolMove } from './tools/use.ts';
import { listed, topicList } from './wording.ts';

/** What to say to the last thing said: the order in which the ways of answering are tried. */

const REFUSAL = /\b(?:couldn't|could not) find that in our pages\b/;

/** Small talk that a declared tool may mean as well ("stop", "goodbye", "play me a song"). */
const MAY_BE_TOOL = new Set<Intent>([
  'stop',
  'bye',
  'louder',
  'slower',
  'joke',
  'other-language',
  'person',
  'other',
  'more',
  'what-can-you-do',
]);

/** A page that surely answers a question is quoted rather than a tool asked that lacks its values. */
const DOCUMENTS_FIRST = 0.6;

export async function respond(conversation: Conversation, from: Respondent): Promise<Reply> {
  const { policy, site } = from;
  const { before, asked, outcomes } = conversation;
  if (policy.verbatim !== null) return { ...text(policy.verbatim), asGiven: true };
  if (outcomes.length > 0) return within(text(...tellOutcomes(outcomes)), policy);
  const heard = before.findLast((exchange) => exchange.answered !== null)?.answered ?? null;
  const talk = talkContext(conversation, heard, from);
  const picture = await aboutPicture(conversation, from);
  if (picture !== null) return within(picture, policy);
  if (asked === '')
    return text(conversation.fresh ? (policy.greeting ?? greeting(talk)) : 'Is there anything else you would like to know?');
  const continued = asReply(await continueTool(asked, before, from.tools)) ?? asReply(repeatTool(asked, before, from.tools));
  if (continued !== null) return continued;
  const spoken = readTopic(site, before, policy.name);
  const { intent, rest, detail } = readIntent(asked, policy.name);
  const question = rest === '' ? asked : rest;
  const forced = from.tools.toolChoice === 'required' || typeof from.tools.toolChoice === 'object';
  if (intent === null || forced || MAY_BE_TOOL.has(intent)) {
    const started = await startTool(question, from.tools);
    const reply = asReply(started);
    if (reply !== null && (forced || !(await documentsKnowBetter(started, question, spoken, from)))) return reply;
  }
  if (intent !== null) {
    const said = (await navigate(intent, heard, spoken, from)) ?? smallReply(intent, detail, talk);
    if (said !== null) return close(within(said, policy), policy, intent);
  }
  const language = foreignLanguage(asked);
  if (language !== null)
    return text(`I'm sorry, I only understand English${language === 'another language' ? '' : `, not ${language}`}.`);
  return close(await fromDocuments(question, spoken, heard, from), policy, null);
}

function talkContext(conversation: Conversation, heard: string | null, from: Respondent): TalkContext {
  return {
    policy: from.policy,
    topics: topicList(from.site, 3),
    lastAnswer: heard,
    lastAsked: conversation.before.findLast((exchange) => exchange.asked !== '')?.asked ?? null,
    userName: userNameIn(conversation.before.map((exchange) => exchange.asked)),
    abilities: from.tools.toolChoice === 'none' ? [] : from.tools.profiles.flatMap(({ tool }) => abilityOf(tool) ?? []),
  };
}

function smallReply(intent: Intent, detail: string | null, talk: TalkContext): Reply | null {
  const said = smallTalk(intent, detail, talk);
  return said === null ? null : text(said);
}

function asReply(move: ToolMove): Reply | null {
  switch (move.type) {
    case 'call':
      return { sentences: [], citation: null, calls: move.calls };
    case 'ask':
      return text(move.question);
    case 'none':
      return null;
  }
}

/** "how much does delivery cost" belongs to the pages even where a tool could be asked after more questions. */
async function documentsKnowBetter(move: ToolMove, question: string, spoken: Spoken, from: Respondent): Promise<boolean> {
  if (move.type !== 'ask' || (move.form !== 'question' && move.form !== 'may-i' && move.form !== 'how-to')) return false;
  const followUp = resolveFollowUp(question, spoken.topic);
  const found = await find(
    from.library,
    { readings: followUp.readings, near: null, leans: followUp.leans },
    from.policy,
    from.signal,
  );
  return (found?.confidence ?? 0) >= Math.max(DOCUMENTS_FIRST, move.confidence - 0.2);
}

/** Null = the words are not about a picture, or there is none. */
async function aboutPicture(conversation: Conversation, from: Respondent): Promise<Reply | null> {
  const { asked, images, earlierImage } = conversation;
  const image = images.at(-1) ?? earlierImage;
  const question = pictureQuestion(asked, images.length > 0);
  if (question === null) return null;
  if (image === null)
    return /\b(?:what|who|how many|can you|do you)\b.*\b(?:you )?see\b/i.test(asked)
      ? text("I can't see anything yet. You can show me a picture with the camera or screen button.")
      : null;
  try {
    return text(...tellSighting(await from.see.look(image, { signal: from.signal }), question, asked));
  } catch (error) {
    from.signal.throwIfAborted();
    from.log(`answer: the picture could not be looked at: ${error instanceof Error ? error.message : String(error)}`);
    return text("I'm sorry, I could not look at the picture just now. Please try again.");
  }
}

/** The limits of the instructions hold for everything that is said. */
function within(reply: Reply, policy: Policy): Reply {
  const sentences =
    policy.maxSentences === null ? reply.sentences : reply.sentences.flatMap(splitSentences).slice(0, policy.maxSentences);
  return { ...reply, sentences: shorten(sentences, policy.maxWords) };
}

async function fromDocuments(question: string, spoken: Spoken, heard: string | null, from: Respondent): Promise<Reply> {
  const { policy, library, signal, site } = from;
  const followUp = resolveFollowUp(question, spoken.topic);
  const reading = followUp.readings[0] ?? question;
  const script = policy.scripts.find(({ when }) => mentions(reading, when)) ?? (await nearScript(reading, from));
  if (script !== undefined) return text(script.say);
  const forbidden = policy.never.find((subject) => mentions(reading, subject));
  if (forbidden !== undefined) return text(policy.unsure ?? "I'm sorry, I can't talk about that.");
  const near = pageToStayOn(question, spoken, followUp.leans, site);
  const found = await find(library, { readings: followUp.readings, near, leans: followUp.leans }, policy, signal);
  if (policy.only.length > 0 && !(await isOnTopic(found?.question.text ?? reading, found, from))) {
    return text(`I'm sorry, I can only talk about ${listed(policy.only, 'and')}.`);
  }
  return replyWith(found, site, policy, near, heard !== null && REFUSAL.test(heard));
}

/** The page of the last answer, unless the new words are none of its: "and what about gift cards?" leaves the page on plans. */
function pageToStayOn(question: string, spoken: Spoken, leans: boolean, site: Knowledge): number | null {
  const last = spoken.passages.at(-1) ?? spoken.interrupted?.passage;
  if (!leans || last === undefined) return null;
  const terms = readTerms(question);
  return terms.length === 0 || site.lexicon.compare(terms).coverage(last.id).missing === 0 ? last.page : null;
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
