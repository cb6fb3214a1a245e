import type { Engines, LanguagePair, Translating } from '../engines/engine.ts';
import { hears } from '../realtime/languages.ts';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import { RtvtFault } from './fault.ts';

/** What can be heard, translated and spoken here, and the refusal of what cannot. Languages are BCP 47, compared by their first part. */

/** What a model that may be asked anything is offered for: the languages that the service's own SDKs name. */
const USUAL = 'en zh ja ko es fr de it pt ru ar hi id ms th tr vi'.split(' ');

export interface AvailableLanguages {
  readonly srcLanguage: readonly string[];
  readonly destLanguage: readonly string[];
  /** For each source, what it can be translated into. */
  readonly pairs: Readonly<Record<string, readonly string[]>>;
  /** Languages whose translation can be spoken. */
  readonly tts: readonly string[];
  /** `rough`: rule-based. Null = nothing translates here. */
  readonly quality: 'rough' | 'model' | null;
}

type Roles = Pick<Engines, 'hear' | 'speak' | 'translate'>;

export const base = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

export function availableLanguages({ hear, speak, translate }: Roles): AvailableLanguages {
  const pairs = translationPairs(hear, translate);
  return {
    srcLanguage: hear.languages,
    destLanguage: [...new Set(Object.values(pairs).flat())],
    pairs,
    tts: speak.languages ?? ['en'],
    quality: translate?.quality ?? null,
  };
}

type Pairs = Pick<Translating, 'pairs'> | null | undefined;

/** For each language that is heard, what it can be translated into. */
export function translationPairs(
  hear: Pick<Engines['hear'], 'languages'>,
  translate: Pairs,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(hear.languages.map((source) => [source, targetsOf(translate ?? null, source)]));
}

function targetsOf(translate: Exclude<Pairs, undefined>, source: string): readonly string[] {
  if (translate === null) return [];
  if (translate.pairs === null) return USUAL.filter((target) => target !== base(source));
  return [...new Set(translate.pairs.filter(({ from }) => base(from) === base(source)).map(({ to }) => to))];
}

/** The pair in the engine's own words; null = it has none. */
export function pairFor(translate: Pairs, from: string, to: string): LanguagePair | null {
  if (translate == null) return null;
  // Who translates anything is still asked for languages: no word of a stranger's goes to a model as one.
  if (translate.pairs === null) return isLanguage(from) && isLanguage(to) ? { from, to } : null;
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  return (
    translate.pairs.find((pair) => same(pair.from, from) && same(pair.to, to)) ??
    translate.pairs.find((pair) => base(pair.from) === base(from) && base(pair.to) === base(to)) ??
    null
  );
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function isLanguage(tag: string): boolean {
  try {
    return names.of(tag) !== undefined;
  } catch (cause) {
    if (cause instanceof RangeError) return false;
    throw cause;
  }
}

/** Throws 800105 with what is heard. */
export function checkHeard({ hear }: Roles, name: string, language: string): void {
  if (hears(hear, language)) return;
  throw new RtvtFault(
    RTVT_CODE.language,
    `${name}: '${shown(language)}' is not heard here; languages that are: ${hear.languages.join(', ')}.`,
  );
}

/** Throws 800105 with the pairs that exist. */
export function checkPair(roles: Roles, name: string, from: string, to: string): void {
  if (pairFor(roles.translate, from, to) !== null) return;
  const { pairs } = availableLanguages(roles);
  const list = Object.entries(pairs).flatMap(([source, targets]) => targets.map((target) => `${source}>${target}`));
  const those = list.length === 0 ? 'nothing is translated here' : `pairs that are: ${list.join(', ')}`;
  throw new RtvtFault(RTVT_CODE.language, `${name}: '${shown(from)}' is not translated into '${shown(to)}' here; ${those}.`);
}

/** Throws 800105 with what can be spoken. */
export function checkSpoken({ speak }: Roles, name: string, language: string): void {
  const spoken = speak.languages ?? ['en'];
  if (spoken.some((known) => base(known) === base(language))) return;
  throw new RtvtFault(
    RTVT_CODE.language,
    `${name}: '${shown(language)}' is not spoken here; languages that are: ${spoken.join(', ')}.`,
  );
}

const shown = (language: string): string => language.slice(0, 35);
