import { readTokens, type Token } from '../../../knowledge/language.ts';
import { KIND_WORDS } from '../../../knowledge/question-kind.ts';
import { readTerms } from '../../../knowledge/terms.ts';

/** A question that leans on what was said before, made whole: "and on Sundays?", "how much does it cost?", "no, I meant the shop". */

export interface FollowUp {
  /** The readings to try, the likeliest first; the question as it stands is among them unless it means nothing alone. */
  readonly readings: readonly string[];
  /** It does not make sense without what came before. */
  readonly leans: boolean;
}

/** What the conversation is about. */
export interface Topic {
  /** The previous question, already whole. */
  readonly asked: string;
  /** Heading or title of what was quoted for it; null when nothing was. */
  readonly heading: string | null;
}

const PIECE =
  /^(?:and |but |or |so |also |then )*(?:(?:what|how) (?:about|if)|(?:and|or|also)\b|same for|what of|or rather|rather)\s*/i;
const CORRECTION =
  /^(?:no[,.]? |nope[,.]? |wait[,.]? |sorry[,.]? |actually[,.]? |not that[,.]? )*(?:i (?:meant|mean|said|asked (?:about|for)|was asking about|wanted to know(?: about)?|am asking about)|i'm asking about|rather|make that)\s+(?:to (?:say|ask) )?/i;
const NOT_BUT = /^(?:no[,.]? )?not (?:the |on |for |about )?.+?[,.]? (?:but|rather|i meant?|i said) /i;
const REFERRING = /\b(?:it|its|that|this|they|them|their|those|these|there|one|ones|he|she|him|her)\b/i;
const OPENER =
  /^(?:is|are|do|does|did|can|could|will|would|what|when|where|who|which|how|why|i|we|you|tell|give|show|may|must|should)\b/i;
const DAYS =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^weekends?$|^weekdays?$|^today$|^tomorrow$|^tonight$|^christmas$|^easter$/;
const MONTHS =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)$/;

export function resolveFollowUp(question: string, topic: Topic | null): FollowUp {
  if (topic === null) return { readings: [question], leans: false };
  const corrected = question.replace(NOT_BUT, '').replace(CORRECTION, '');
  const piece = corrected
    .replace(PIECE, '')
    .replace(/[?.!]+$/, '')
    .trim();
  const isPiece = corrected !== question || PIECE.test(question);
  const whole = OPENER.test(piece) && readTerms(piece).some((term) => !KIND_WORDS.has(term.lemma));
  if (isPiece && piece !== '' && !whole)
    return { readings: [substitute(topic.asked, piece), `${piece} ${topic.heading ?? ''}`.trim(), piece], leans: true };
  if (isPiece && whole && !REFERRING.test(piece)) return { readings: [piece, `${piece} ${subjectOf(topic)}`], leans: false };
  if (isFragment(piece)) return { readings: [substitute(topic.asked, piece), piece], leans: true };
  if (refersBack(piece)) return { readings: referring(piece, topic), leans: true };
  if (hasNoSubject(piece))
    return { readings: [`${piece} ${subjectOf(topic)}`, `${piece} ${topic.heading ?? ''}`.trim(), piece], leans: true };
  return { readings: [question], leans: false };
}

/** "on sundays", "for children", "the price": no verb, few words. */
function isFragment(text: string): boolean {
  const tokens = readTokens(text);
  return (
    tokens.length > 0 &&
    tokens.length <= 4 &&
    !OPENER.test(text) &&
    /^(?:on|for|in|at|with|by|to|from|during|after|before|per)\b/i.test(text)
  );
}

function refersBack(text: string): boolean {
  const match = REFERRING.exec(
    text
      .replace(/\b(?:is|are|was) (?:it|there)\b(?= (?:an?|any|some|possible|allowed|ok|okay|free|true)\b)/gi, ' ')
      .replace(/\bthere\b(?= (?:is|are|an?|any)\b)/gi, ' '),
  );
  if (match === null) return false;
  const content = readTerms(text)
    .filter((term) => term.pos === 'NOUN' || term.pos === 'PROPN')
    .filter((term) => !KIND_WORDS.has(term.lemma));
  return content.length <= 1;
}

/** "how much is that": nothing but what is asked for. */
function hasNoSubject(text: string): boolean {
  return (
    OPENER.test(text) &&
    !/\byou(?:r|rs)?\b|\bi\b|\bme\b/i.test(text) &&
    readTerms(text).every((term) => KIND_WORDS.has(term.lemma))
  );
}

function referring(text: string, topic: Topic): string[] {
  const subject = subjectOf(topic);
  const readings = [replaceReference(text, subject)];
  if (topic.heading !== null) readings.push(replaceReference(text, topic.heading));
  return [...readings, text];
}

function replaceReference(text: string, subject: string): string {
  return subject === ''
    ? text
    : text.replace(
        /\b(?:it|that one|this one|those ones|that|this|they|them|those|these|there|one|ones|he|she|him|her)\b/i,
        `the ${subject.replace(/^the /i, '')}`,
      );
}

/** What the previous question was about: its last group of nouns, or the heading of the answer. */
function subjectOf(topic: Topic): string {
  const groups = nounGroups(readTokens(topic.asked)).filter((group) =>
    group.some((token) => readTerms(token.text).some((term) => !KIND_WORDS.has(term.lemma))),
  );
  const subjects = groups.filter((group) => !group.every((token) => DAYS.test(token.text) || MONTHS.test(token.text)));
  const last = subjects.at(-1);
  if (last === undefined) return topic.heading ?? '';
  // "how much does the knot workshop cost": what was asked of it is no part of its name.
  const words = last.map((token) => token.text).filter((word, index, all) => !(KIND_WORDS.has(word) && index === all.length - 1));
  return words.length === 0 ? (topic.heading ?? '') : words.join(' ');
}

function nounGroups(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  let group: Token[] = [];
  const close = (): void => {
    if (group.some((token) => isNoun(token))) groups.push(group);
    group = [];
  };
  for (const token of tokens) {
    if (isNoun(token) || token.pos === 'ADJ' || token.pos === 'NUM') group.push(token);
    else close();
  }
  close();
  return groups;
}

function isNoun(token: Token): boolean {
  return token.pos === 'NOUN' || token.pos === 'PROPN';
}

/** The previous question with the like part exchanged: a day for a day, "for …" for "for …", else the last nouns. */
function substitute(asked: string, piece: string): string {
  const bare = piece.replace(/^(?:the|an?)\s+/i, '');
  for (const kind of [DAYS, MONTHS]) {
    const fresh = readTokens(piece).find((token) => kind.test(token.text));
    const old = readTokens(asked).find((token) => kind.test(token.text));
    if (fresh !== undefined && old !== undefined)
      return asked.replace(new RegExp(`(?:\\b(?:on|in|at) )?\\b${old.text}\\b`, 'i'), withPreposition(piece));
    if (fresh !== undefined) return `${asked.replace(/[?.!]+$/, '')} ${withPreposition(piece)}`;
  }
  const preposition = /^(?:for|in|with|by|to|from|during|after|before|at|on|per)\b/i.exec(piece)?.[0];
  if (preposition !== undefined) {
    const place = new RegExp(`\\b${preposition}\\b (?:the |an? |my |your )?[\\p{L}\\p{N}' -]+$`, 'iu');
    return place.test(asked) ? asked.replace(place, piece) : `${asked.replace(/[?.!]+$/, '')} ${piece}`;
  }
  const last = nounGroups(readTokens(asked))
    .at(-1)
    ?.map((token) => token.text)
    .join(' ');
  const exchanged = last === undefined ? asked : replaceLast(asked, last, bare);
  return exchanged === asked ? `${asked.replace(/[?.!]+$/, '')} ${piece}` : exchanged;
}

function replaceLast(text: string, part: string, by: string): string {
  const at = text.toLowerCase().lastIndexOf(part.toLowerCase());
  return at === -1 ? text : text.slice(0, at) + by + text.slice(at + part.length);
}

function withPreposition(piece: string): string {
  return /^(?:on|in|at|for|during|over|the)\b/i.test(piece) ? piece : `on ${piece}`;
}
