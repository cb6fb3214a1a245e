import type { InterpreterLanguages } from '../../shared/interpretation.ts';

/** Which pairs of languages can be chosen, by what the interpreter says it can. */

export interface Pair {
  readonly from: string;
  /** Null = transcription alone. */
  readonly to: string | null;
}

const base = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';
const among = (tags: readonly string[], tag: string): boolean => tags.some((each) => base(each) === base(tag));

/** What may be spoken; the language in force is always there, also before anybody told. */
export function heardLanguages(languages: InterpreterLanguages | null, { from }: Pair): readonly string[] {
  const heard = languages?.heard ?? [];
  return among(heard, from) ? heard : [from, ...heard];
}

/** What `from` can be translated into; the language in force is always there. */
export function targetLanguages(languages: InterpreterLanguages | null, { from, to }: Pair): readonly string[] {
  const told = intoOf(languages, from) ?? [];
  return to === null || among(told, to) ? told : [to, ...told];
}

/** Null where nobody has told. */
function intoOf(languages: InterpreterLanguages | null, from: string): readonly string[] | null {
  if (languages === null) return null;
  const { into, heard, spoken } = languages;
  if (into === null) return [...new Set([...heard, ...spoken])].filter((tag) => base(tag) !== base(from));
  return Object.entries(into).find(([tag]) => base(tag) === base(from))?.[1] ?? [];
}

/** The pair with another language spoken: the translation stays where it can, else there is the first that is possible, or none. */
export function withFrom(languages: InterpreterLanguages | null, { to }: Pair, from: string): Pair {
  const targets = intoOf(languages, from);
  if (to === null || targets === null) return { from, to: to !== null && base(to) === base(from) ? null : to };
  return { from, to: targets.find((tag) => base(tag) === base(to)) ?? targets[0] ?? null };
}

/** Both directions exist. What nobody told may be tried. */
export function canSwap(languages: InterpreterLanguages | null, { from, to }: Pair): boolean {
  if (to === null) return false;
  if (languages === null) return true;
  return among(languages.heard, to) && among(intoOf(languages, to) ?? [], from);
}

/** A voice speaks the translation; what nobody told may be tried. */
export const canSpeak = (languages: InterpreterLanguages | null, { to }: Pair): boolean =>
  to !== null && (languages === null || among(languages.spoken, to));
