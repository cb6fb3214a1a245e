import { localeTags, type LocaleTag } from '../locales/tags.ts';

/** Which of the languages we have is shown, decided from what a tag, a page and a browser ask for. */

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

/** Other names of the same language in tags that pages and browsers still use. */
const aliases: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', tl: 'fil', sh: 'sr' };

/**
 * The tag of ours that serves `wanted` (BCP 47) best: itself, its language in the same script (`zh-HK` → `zh-TW`), its language; null when
 * there is none, or when it is no language tag at all. English is `en`.
 */
export function localeFor(wanted: string): LocaleTag | 'en' | null {
  const locale = parsed(wanted);
  if (locale === null) return null;
  const language = aliases[locale.language] ?? locale.language;
  if (language === 'en') return 'en';
  const { script, region } = locale.maximize();
  const among = localeTags.filter((tag) => tag === language || tag.startsWith(`${language}-`));
  const named = `${language}-${region ?? ''}`;
  const sameScript = among.find((tag) => new Intl.Locale(tag).maximize().script === script);
  return among.find((tag) => tag === wanted || tag === named) ?? sameScript ?? among[0] ?? null;
}

export const directionOf = (tag: string): 'ltr' | 'rtl' => (rightToLeft.has(tag.split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** The language around an element, also through shadow roots; else the first the browser asks for. */
export function languageAround(element: Element): string {
  for (let at: Element | null = element; at !== null;) {
    const near: Element | null = at.closest('[lang]:not([lang=""])');
    if (near !== null) return near.getAttribute('lang') ?? '';
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}

function parsed(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    // What is no tag names no language: English is shown.
    return null;
  }
}
