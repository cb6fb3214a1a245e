import type { Passage } from '../../../knowledge/passages.ts';
import { citationOf, find, quoted, replyWith } from './documents.ts';
import { text, type Reply } from './emit.ts';
import type { Intent } from './intent.ts';
import { offeredTitle } from './offer.ts';
import type { Respondent } from './respondent.ts';
import type { Spoken } from './topic.ts';
import { pageName } from './wording.ts';

/** Intents that move about in what was said or offered. Null = not one of these, or nothing to move in. */
export async function navigate(intent: Intent, heard: string | null, spoken: Spoken, from: Respondent): Promise<Reply | null> {
  switch (intent) {
    case 'yes':
      return readOffer(offeredTitle(heard), spoken, from);
    case 'other':
      return (await readOffer(offeredTitle(heard), spoken, from)) ?? otherPage(spoken, from);
    case 'continue':
      return spoken.interrupted !== null
        ? resume(spoken.interrupted, from)
        : spoken.passages.length > 0
          ? further(spoken, from)
          : again(spoken, from);
    case 'more':
      return (await readOffer(offeredTitle(heard), spoken, from)) ?? further(spoken, from);
    case 'source':
      return source(spoken, from);
    case 'person': {
      const found = await find(
        from.library,
        { readings: ['what is your phone number', 'how can i contact you'], near: null, leans: false },
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

/** Interrupted before the quote began: the question is answered once more. */
async function again(spoken: Spoken, from: Respondent): Promise<Reply> {
  if (spoken.topic === null) return text('What would you like to know?');
  const found = await find(from.library, { readings: [spoken.topic.asked], near: null, leans: false }, from.policy, from.signal);
  return replyWith(found, from.site, from.policy, null, false);
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
