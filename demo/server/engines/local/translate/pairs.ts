import type { LanguagePair } from '../../engine.ts';

/** The pairs of Apertium that are offered, by the name of their pipeline and the Debian package that holds it. */

export interface ApertiumPair extends LanguagePair {
  /** File name in `usr/share/apertium/modes`, without `.mode`. */
  readonly mode: string;
  readonly debian: string;
}

const both = (debian: string, one: string, other: string, there: string, back: string): readonly ApertiumPair[] => [
  { from: one, to: other, mode: there, debian },
  { from: other, to: one, mode: back, debian },
];

/** Released pairs of Debian stable between the languages that are most asked for; 30 MB of download with the programs. */
export const APERTIUM_PAIRS: readonly ApertiumPair[] = [
  ...both('apertium-eng-spa', 'en', 'es', 'eng-spa', 'spa-eng'),
  ...both('apertium-eng-cat', 'en', 'ca', 'eng-cat', 'cat-eng'),
  ...both('apertium-fr-es', 'fr', 'es', 'fr-es', 'es-fr'),
  ...both('apertium-fra-cat', 'fr', 'ca', 'fra-cat', 'cat-fra'),
  ...both('apertium-spa-cat', 'es', 'ca', 'spa-cat', 'cat-spa'),
  ...both('apertium-es-pt', 'es', 'pt', 'es-pt', 'pt-es'),
  ...both('apertium-spa-ita', 'es', 'it', 'spa-ita', 'ita-spa'),
];
