/** What a transcript can be heard in and translated into, as the gateway tells it. Pure. */

/** For each language that is heard (BCP 47), those it is translated into. */
export type Translations = Readonly<Record<string, readonly string[]>>;

/** Which language is chosen before anybody chose: that of the last time, English, the first there is. */
export function spokenAtFirst(translations: Translations, last: string | null): string {
  const heard = Object.keys(translations);
  if (last === 'auto') return last;
  return [last, 'en'].find((tag) => tag !== null && heard.includes(tag)) ?? heard[0] ?? 'auto';
}

/** What the language that is spoken can be translated into; while it is still to be found out, what any of them can. */
export function targetsOf(translations: Translations, spoken: string): readonly string[] {
  const found = spoken === 'auto' ? Object.values(translations).flat() : (translations[spoken] ?? []);
  return [...new Set(found)].sort();
}
