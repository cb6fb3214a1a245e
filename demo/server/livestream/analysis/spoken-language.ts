import type { Manuscript } from './analysis.ts';

/** In which language a broadcast probably is, by what is written in it, and whether that is heard here. Pure. */

export interface Hearable {
  readonly listen: boolean;
  /** For the log and the report; '' = nothing to say. */
  readonly note: string;
}

/** Share of what is written that is Chinese: from here on the broadcast is. */
const CHINESE = 0.8;
/** Less is a name or two. */
const SOME_CHINESE = 0.1;
/** Characters and words that are enough to tell. */
const ENOUGH = 12;

/** `languages`: BCP 47, of the engine. An engine that is given another language writes confident nonsense. */
export function hearable(manuscript: Manuscript, languages: readonly string[]): Hearable {
  if (languages.some((language) => language.split('-')[0] === 'zh')) return { listen: true, note: '' };
  const share = chineseShare(manuscript.data.map(({ content }) => content).join('\n'));
  const heard = `heard here: ${languages.join(', ')}`;
  if (share === null || share < SOME_CHINESE) return { listen: true, note: '' };
  if (share < CHINESE)
    return {
      listen: true,
      note: `Some of what was shown is Chinese. Chinese speech is not heard here (${heard}): what is quoted of it is not to be trusted.`,
    };
  return {
    listen: false,
    note: `What was shown is Chinese, and Chinese speech is not heard here (${heard}): nothing of what was said is in this report.`,
  };
}

/** Chinese characters beside words of letters; null = too little is written to tell. */
export function chineseShare(text: string): number | null {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}]{2,}/gu)?.length ?? 0;
  // A Chinese word is two characters.
  return han / 2 + words < ENOUGH ? null : han / (han + 2 * words);
}
