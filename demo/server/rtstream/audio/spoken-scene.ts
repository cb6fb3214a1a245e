import { askedJson, fillAsked } from '../visual/asked-json.ts';
import type { NewScene } from '../scene.ts';
import { keywordsOf } from './keywords.ts';
import { knownValue } from './known-values.ts';
import { quotesFor } from './quotes.ts';
import type { Meaning } from './quotes.ts';
import type { SpokenWindow } from './windows.ts';

/** What is told of a window without a model: quotes of what was said, and JSON of what they tell. Pure. */

export const AUDIO_TIERS = ['mini', 'basic', 'pro', 'ultra'] as const;
export type AudioTier = (typeof AUDIO_TIERS)[number];

/** Sentences that are quoted. */
const QUOTED: Readonly<Record<AudioTier, number>> = { mini: 1, basic: 2, pro: 3, ultra: 5 };
/** Tiers that compare sentences by meaning, where a model is here. */
export const BY_MEANING: ReadonlySet<AudioTier> = new Set<AudioTier>(['pro', 'ultra']);

export const audioTier = (name: string | null): AudioTier => AUDIO_TIERS.find((tier) => tier === name) ?? 'basic';

const EXTRACTIVE = 'extractive (local)';

/** `meaning`: of the window's sentences. */
export function spokenScene(window: SpokenWindow, prompt: string, tier: AudioTier, meaning: Meaning | null = null): NewScene {
  const { sentences, language, words } = window;
  const asked = askedJson(prompt);
  const said = sentences.join(' ');
  const most = QUOTED[tier];
  // What the JSON shall look like is not what is to be found.
  const quotes = quotesFor(asked === null ? prompt : '', sentences, most, meaning);
  const spoken = { sentences, language, words: words.length, summary: quotes.sentences, most: 2 * most };
  const data = asked === null ? null : fillAsked(asked, (value) => knownValue(spoken, value));
  return {
    startMs: window.startMs,
    endMs: window.endMs,
    text: data === null ? quotes.sentences.join(' ') : JSON.stringify(data),
    data,
    metadata: {
      ...factsOf(window),
      engine: EXTRACTIVE,
      tier,
      ...(asked === null && !quotes.matched ? { matched: false } : {}),
      ...(tier === 'ultra' ? { keywords: keywordsOf(said, 8) } : {}),
    },
    evidence: said,
  };
}

/** What is told of every window, whoever speaks of it. */
export const factsOf = ({ words, sentences, language }: SpokenWindow) => ({
  words: words.length,
  sentences: sentences.length,
  language,
});
