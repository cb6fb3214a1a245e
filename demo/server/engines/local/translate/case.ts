/** Capitals as the source had them: the stages of Apertium lose track of where a sentence began. */

const FIRST_LETTER = /^[^\p{L}\p{N}]*\p{L}/u;
/** A capital in front of a word that begins no sentence; English's own `I` is none. */
const INNER_CAPITAL = /(?<=[^.!?…¿¡\s]["'»”)]*\s+["'«“(]*)(?!I\b(?!\.))\p{Lu}/gu;

/** `to`: BCP 47 primary subtag. */
export function casedLike(source: string, text: string, to: string): string {
  const first = FIRST_LETTER.exec(source)?.[0] ?? '';
  const began = text.replace(FIRST_LETTER, (start) =>
    first === ''
      ? start
      : isUpper(first)
        ? start.toLocaleUpperCase(to)
        : startsWithName(text, to)
          ? start
          : start.toLocaleLowerCase(to),
  );
  // English writes days, months and languages with capitals that the source did not need.
  if (to === 'en' || new RegExp(INNER_CAPITAL).test(source)) return began;
  return began.replace(INNER_CAPITAL, (letter) => letter.toLocaleLowerCase(to));
}

const isUpper = (text: string): boolean => /\p{Lu}/u.test(text);
const startsWithName = (text: string, to: string): boolean => to === 'en' && /^\W*I\b/.test(text);
