import type { Manuscript } from './analysis.ts';
import type { Unheard } from './task-files.ts';

/** In which language a broadcast probably is, by what is written in it, and whether that is heard here. Pure. */

/** Share of what is written that is Chinese: from here on the broadcast is. */
const CHINESE = 0.8;
/** Less is a name or two. */
const SOME_CHINESE = 0.1;
/** Characters and words that are enough to tell. */
const ENOUGH = 12;

/** `hears`: BCP 47, of the engine. An engine that is given another language writes confident nonsense. */
export function unheardOf(manuscript: Manuscript, hears: readonly string[]): Unheard {
  if (hears.some((language) => language.split('-')[0] === 'zh')) return 'nothing';
  const share = chineseShare(manuscript.data.map(({ content }) => content).join('\n'));
  if (share === null || share < SOME_CHINESE) return 'nothing';
  return share < CHINESE ? 'some-chinese' : 'chinese';
}

/** Chinese characters beside words of letters; null = too little is written to tell. */
export function chineseShare(text: string): number | null {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}]{2,}/gu)?.length ?? 0;
  // A Chinese word is two characters.
  return han / 2 + words < ENOUGH ? null : han / (han + 2 * words);
}

/** For the log and the report; '' = nothing to say. */
export function unheardWords(unheard: Unheard, hears: readonly string[], language: 'en' | 'zh'): string {
  const list = hears.join(', ');
  switch (unheard) {
    case 'nothing':
      return '';
    case 'silent':
      return language === 'en' ? 'The recording has no sound.' : '录制内容没有声音。';
    case 'some-chinese':
      return language === 'en'
        ? `Some of what was shown is Chinese. Chinese speech is not heard here (heard: ${list}): where it was spoken, what is quoted of it is not to be trusted.`
        : `画面中有中文，而本机不识别中文语音（可识别：${list}）：若发言为中文，其摘录不可信。`;
    case 'chinese':
      return language === 'en'
        ? `What was shown is Chinese, and Chinese speech is not heard here (heard: ${list}): nothing of what was said is in the transcript.`
        : `画面为中文，而本机不识别中文语音（可识别：${list}）：发言内容未写入文稿。`;
  }
}
