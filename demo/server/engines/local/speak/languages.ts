/** What espeak-ng says here: the languages that are translated into, and its voices for the names of the English ones. */

/** BCP 47 primary subtag → espeak-ng's name, and of regions that it speaks differently. */
const VOICES: ReadonlyMap<string, string> = new Map([
  ['es', 'es'],
  ['es-419', 'es-419'],
  ['es-mx', 'es-419'],
  ['fr', 'fr'],
  ['ca', 'ca'],
  ['pt', 'pt'],
  ['pt-br', 'pt-br'],
  ['it', 'it'],
]);

export const ESPEAK_LANGUAGES: readonly string[] = ['es', 'fr', 'ca', 'pt', 'it'];

/** Null = not said here. */
export function espeakVoice(language: string, voice: string): string | null {
  const tag = language.toLowerCase();
  const name = VOICES.get(tag) ?? VOICES.get(tag.split('-')[0] ?? '');
  return name === undefined ? null : `${name}+${VARIANTS.get(voice) ?? 'f2'}`;
}

/** High and low as the English voices of these names are; the low ones are those of its variants that a recogniser made for people understands best. */
const VARIANTS: ReadonlyMap<string, string> = new Map([
  ['alloy', 'f1'],
  ['coral', 'f3'],
  ['sage', 'f4'],
  ['shimmer', 'f5'],
  ['marin', 'f2'],
  ['ash', 'm1'],
  ['ballad', 'm2'],
  ['echo', 'm3'],
  ['verse', 'Diogo'],
  ['cedar', 'antonio'],
]);
