/** Languages by name, in whichever language the reader has. */

/** The reader's own language, as the browser tells it. */
export const viewerLanguage = (): string => navigator.languages[0] ?? navigator.language;

/** `es` → `Spanish` for an English reader; the tag itself where nobody knows a name. */
export function languageName(tag: string, reader: string): string {
  try {
    const name = new Intl.DisplayNames([reader], { type: 'language' }).of(tag) ?? tag;
    return capitalised(name, reader);
  } catch (cause) {
    // A tag that is none is shown as it is; a reader's language that is none is not the speaker's fault.
    if (cause instanceof RangeError) return reader === 'en' ? tag : languageName(tag, 'en');
    throw cause;
  }
}

/** What Chromium calls by English names alone, to save itself some bytes. */
const leftOut: ReadonlyMap<string, string> = new Map([
  ['be', 'Беларуская'],
  ['cy', 'Cymraeg'],
  ['eu', 'Euskara'],
  ['ga', 'Gaeilge'],
  ['gl', 'Galego'],
  ['hy', 'Հայերեն'],
  ['is', 'Íslenska'],
  ['ka', 'ქართული'],
  ['mk', 'Македонски'],
  ['ne', 'नेपाली'],
  ['sq', 'Shqip'],
]);

/** `es` → `Español`: what its speakers call it. */
export const ownName = (tag: string): string => leftOut.get(tag) ?? languageName(tag, tag);

/** Many languages write their names small; at the head of a button they stand alone. */
function capitalised(name: string, language: string): string {
  const [first = ''] = name;
  return first.toLocaleUpperCase(language) + name.slice(first.length);
}

/** By name, as the reader's language orders names. */
export function sortedByName(
  tags: readonly string[],
  reader: string,
): readonly { readonly tag: string; readonly name: string }[] {
  const order = new Intl.Collator(reader);
  return [...new Set(tags)]
    .map((tag) => ({ tag, name: languageName(tag, reader) }))
    .sort((one, other) => order.compare(one.name, other.name));
}
