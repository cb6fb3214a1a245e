import { allowedLanguages, LanguageNotHeardError } from '../transcript/allowed-languages.ts';
import { refused } from './api-error.ts';
import type { RtstreamDeps } from './deps.ts';

/** Languages that are asked for, against those that are heard here. */

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
