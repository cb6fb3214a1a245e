import { fill } from './strings.ts';

/** Texts that depend on a number, by the plural rules of their language. */

/**
 * A table of words: beside `key` (the form “other”) stand `key#one`, `key#few` and so on; `lang` is the BCP 47 tag of all of them, English
 * when it is not there.
 */
type Words = Readonly<Record<string, string | undefined>>;

/**
 * The text of `key` for `count`, with `{count}` as the language writes numbers and `values` filled in. A form that the table does not have
 * is read as “other”.
 */
export function counted(
  words: Words,
  key: string,
  count: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const lang = words['lang'] ?? 'en';
  const form = words[`${key}#${new Intl.PluralRules(lang).select(count)}`] ?? words[key] ?? '';
  return fill(form, { count: count.toLocaleString(lang), ...values });
}
