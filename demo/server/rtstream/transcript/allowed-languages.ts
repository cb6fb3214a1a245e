import type { Hearing } from '../../engines/engine.ts';
import { base } from '../../rtvt/languages.ts';

/** Which languages a stream may be in, from what its owner asked for. */

export interface AllowedLanguages {
  /** What is believed where nothing tells them apart; BCP 47 as it was asked for. */
  readonly first: string;
  /** All of them, `first` among them. */
  readonly all: readonly string[];
}

/** Speech of that language is not heard here: an engine would write confident nonsense. */
export class LanguageNotHeardError extends Error {
  override readonly name = 'LanguageNotHeardError';
}

/** What a stream is in when nobody says. */
const USUAL = 'en';

/**
 * `asked`: one language, several with commas between, `auto` (any that is heard here), null = English. Throws `LanguageNotHeardError` with
 * what is heard.
 */
export function allowedLanguages(hear: Pick<Hearing, 'languages'>, asked: string | null): AllowedLanguages {
  // VideoDB's own documents write `en_us`.
  const words = (asked ?? '').split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim().replaceAll('_', '-')]));
  const usual = hear.languages.includes(USUAL) ? USUAL : (hear.languages[0] ?? USUAL);
  if (words.length === 0) return { first: usual, all: [usual] };
  if (words.some((word) => word.toLowerCase() === 'auto' || word.toLowerCase() === 'multi'))
    return { first: usual, all: [usual, ...hear.languages.filter((language) => language !== usual)] };
  const unknown = words.find((word) => !hear.languages.includes(base(word)));
  if (unknown !== undefined)
    throw new LanguageNotHeardError(
      `language: '${unknown.slice(0, 35)}' is not heard here; languages that are: ${hear.languages.join(', ')}, auto.`,
    );
  return { first: words[0] ?? usual, all: [...new Set(words)] };
}

/** A language that was found, as its owner wrote it. */
export const asWritten = (found: string, { all }: AllowedLanguages): string =>
  all.find((language) => base(language) === base(found)) ?? found;
