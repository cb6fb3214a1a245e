import { splitSentences } from '../../../knowledge/language.ts';
import { RULES, type Draft } from './instruction-rules.ts';
import type { Policy } from './policy.ts';
import { readVerbatim } from './verbatim.ts';

/** Reads `instructions` into a policy, sentence by sentence; what it cannot follow is told, and plain statements become facts. */

/** Longer instructions are mostly documents: their statements are facts, but nobody waits for them. */
const MAX_CHARS = 20_000;
const MAX_FACTS = 300;

const DIRECTIVE =
  /^(?:please\b|always\b|never\b|do not\b|don't\b|avoid\b|make sure\b|ensure\b|remember\b|try\b|be\b|keep\b|use\b|act\b|speak\b|talk\b|answer\b|respond\b|reply\b|say\b|ask\b|help\b|greet\b|start\b|begin\b|end\b|only\b|pretend\b|imagine\b|behave\b|refer\b|refuse\b|stick\b|limit\b|when(?:ever)?\b.*,|if\b.*,|you(?:'re|r)?\b|your\b|under no circumstances\b|tell\b|provide\b|give\b|write\b|call\b|check\b|confirm\b|offer\b|explain\b|guide\b|encourage\b|mention\b|include\b|introduce\b|maintain\b|adopt\b|assist\b|focus\b|let\b|take\b)/i;

/** Asked of every assistant, and true of this one. */
const GIVEN =
  /\b(?:helpful|honest|accurate|truthful|useful|knowledgeable)\b|\b(?:make|making) (?:things|anything|facts|it) up\b|\binvent|\bhallucinat|\bhelp (?:the )?(?:users?|visitors?|customers?|people|callers?)\b|\banswer (?:the )?(?:user'?s?|visitors?'?|customers?'?|their)? ?questions\b|\bthese (?:rules|instructions)\b|\bnot (?:a )?human\b|\bknowledge cutoff\b|\bvoice assistant\b|\b(?:assistant|agent|chatbot|concierge|receptionist)\b/i;

export function readInstructions(instructions: string): Policy {
  const draft: Draft = {
    name: null,
    role: null,
    tone: 'neutral',
    maxSentences: null,
    maxWords: null,
    unsure: null,
    greeting: null,
    closing: null,
    verbatim: null,
    addressee: null,
    only: [],
    never: [],
    scripts: [],
    facts: [],
    limits: [],
  };
  // The words may be many sentences, of any language.
  draft.verbatim = readVerbatim(instructions);
  if (draft.verbatim !== null) return draft;
  for (const sentence of sentencesOf(instructions.slice(0, MAX_CHARS))) readSentence(sentence, draft);
  if (instructions.length > MAX_CHARS)
    draft.limits.push(`Only the first ${String(MAX_CHARS)} characters of the instructions are read.`);
  return draft;
}

function readSentence(sentence: string, draft: Draft): void {
  let understood = false;
  for (const rule of RULES) {
    const match = rule.pattern.exec(sentence);
    if (match === null) continue;
    if (rule.apply(draft, match, sentence) === false) continue;
    understood = true;
    if (rule.last === true) break;
  }
  if (understood || GIVEN.test(sentence)) return;
  if (isForeign(sentence)) draft.limits.push(`It reads instructions in English only and does not follow: “${sentence}”`);
  else if (DIRECTIVE.test(sentence)) draft.limits.push(`It does not know how to follow: “${sentence}”`);
  else if (draft.facts.length < MAX_FACTS && /\s/.test(sentence)) draft.facts.push(sentence);
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\r?\n+|(?<=[。！？])/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)]|#+)\s*/, '').trim())
    .filter((line) => line !== '')
    .flatMap(keepQuotes);
}

/** A quotation with several sentences belongs to the sentence around it. */
function keepQuotes(line: string): string[] {
  const joined: string[] = [];
  for (const sentence of splitSentences(line)) {
    const before = joined.at(-1);
    const open = before !== undefined && (before.match(/["“”]/g)?.length ?? 0) % 2 === 1;
    if (open) joined[joined.length - 1] = `${before} ${sentence}`;
    else joined.push(sentence);
  }
  return joined;
}

function isForeign(sentence: string): boolean {
  const letters = sentence.match(/\p{L}/gu)?.length ?? 0;
  const latin = sentence.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters > 0 && latin < letters / 2;
}
