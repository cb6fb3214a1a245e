import { base, pairFor, translationPairs } from '../../rtvt/languages.ts';
import { allowedLanguages, LanguageNotHeardError } from '../transcript/allowed-languages.ts';
import { refused } from './api-error.ts';
import type { RtstreamDeps } from './deps.ts';

/** Languages that are asked for, against those that are heard and translated here. */

/** `asked`: as `allowedLanguages` reads it. Throws `ApiError` 400 with the field and what is heard. */
export function checkHeard({ hear }: Pick<RtstreamDeps, 'hear'>, field: string, asked: string | undefined): void {
  if (asked === undefined) return;
  try {
    allowedLanguages(hear, asked);
  } catch (cause) {
    if (!(cause instanceof LanguageNotHeardError)) throw cause;
    throw refused(field, cause.message.replace(/^language:/, `${field}:`), 'language_not_heard');
  }
}

/**
 * What may be spoken, as `allowedLanguages` reads it and hears it, must be translatable into each target; of several languages one may be
 * the target itself. Throws `ApiError` 400 with the field and the pairs that exist.
 */
export function checkTranslated(
  { hear, translate }: Pick<RtstreamDeps, 'hear' | 'translate'>,
  field: string,
  spoken: string | null,
  targets: readonly string[] = [],
): void {
  const { all } = allowedLanguages(hear, spoken);
  for (const to of targets) {
    const from = (all.length === 1 ? all : all.filter((language) => base(language) !== base(to))).find(
      (language) => pairFor(translate, language, to) === null,
    );
    if (from === undefined) continue;
    const pairs = Object.entries(translationPairs(hear, translate)).flatMap(([one, others]) =>
      others.map((other) => `${one}>${other}`),
    );
    const those = pairs.length === 0 ? 'nothing is translated here' : `pairs that are: ${pairs.join(', ')}`;
    const words = `${field}: '${from.slice(0, 35)}' is not translated into '${to.slice(0, 35)}' here; ${those}.`;
    throw refused(field, words, 'language_not_translated');
  }
}
