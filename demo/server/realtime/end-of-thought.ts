import type { SemanticVad } from './session-config.ts';

/** semantic_vad: how long to wait for more, from what the words so far sound like. */

export type Completeness = 'complete' | 'open' | 'unsure';

/** A thought does not end on these: articles, prepositions, conjunctions, auxiliaries, determiners, fillers. */
const OPEN_ENDINGS = new Set(
  (
    'a an the this that these those my your his her its our their some any every each no which whose ' +
    'of to in on at by for from with without about into onto over under between through during before after since until as than like ' +
    'and or but nor so then because if when while although though unless whether where who what how why ' +
    'i we they he she is are was were be been being am do does did have has had will would shall should can could may might must ' +
    'not very really just also even only more most ' +
    'um uh er erm hmm well let'
  ).split(' '),
);

/** Short replies that are whole in themselves. */
const WHOLE = new Set('yes no yeah yep nope okay ok sure thanks stop hello hi hey bye goodbye please right exactly'.split(' '));

const QUESTION =
  /^(who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|can|could|will|would|should|have|has|may)\b/i;

/** Pure punctuation and grammar of one utterance so far. */
export function completeness(text: string): Completeness {
  const trimmed = text.trim();
  const words = trimmed.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
  const last = words.at(-1);
  if (last === undefined) return 'unsure';
  if (/(\.\.\.|…|[,;:–—-])$/.test(trimmed)) return 'open';
  if (words.length <= 2 && words.every((word) => WHOLE.has(word))) return 'complete';
  if (/\?$/.test(trimmed))
    return OPEN_ENDINGS.has(last) && !/^(that|this|to|for|about|from|with|in|on|at|of|do|is|are)$/.test(last)
      ? 'open'
      : 'complete';
  if (OPEN_ENDINGS.has(last)) return 'open';
  if (/[.!]$/.test(trimmed)) return words.length >= 3 ? 'complete' : 'unsure';
  return QUESTION.test(trimmed) && words.length >= 4 ? 'complete' : 'unsure';
}

/** ms of silence that end the turn. The longest waits are the protocol's: 8, 4 and 2 s. */
const WAIT_MS: Record<'low' | 'medium' | 'high', Record<Completeness, number>> = {
  low: { complete: 900, unsure: 2500, open: 8000 },
  medium: { complete: 500, unsure: 1200, open: 4000 },
  high: { complete: 250, unsure: 600, open: 2000 },
};

/** `text` null = not heard yet. */
export function silenceToWaitMs(text: string | null, eagerness: SemanticVad['eagerness']): number {
  const waits = WAIT_MS[eagerness === 'auto' ? 'medium' : eagerness];
  return text === null ? waits.open : waits[completeness(text)];
}
