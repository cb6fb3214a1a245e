/** English names of languages and their ISO 639 codes, as the runtime knows them. */

const CODES =
  'en es fr de it pt ca nl zh ja ko ru uk pl ar he hi bn ur tr el sv no da fi cs sk hu ro bg hr sr vi th id ms ta sw la eu gl cy ga is eo'.split(
    ' ',
  );

let byName: Map<string, string> | null = null;

/** "Spanish" → "es"; null when it is not known. */
export function languageCode(name: string): string | null {
  if (byName === null) {
    const names = new Intl.DisplayNames(['en'], { type: 'language' });
    byName = new Map(CODES.map((code) => [(names.of(code) ?? code).toLowerCase(), code]));
    byName.set('mandarin', 'zh');
  }
  return byName.get(name.toLowerCase()) ?? null;
}
