import type { RecorderChoice } from '../../session/recorder.ts';

/** What a list of words in an attribute chooses. */

export type Wish = keyof RecorderChoice;

const WORDS: readonly (readonly [word: string, wish: Wish])[] = [
  ['microphone', 'microphone'],
  ['camera', 'camera'],
  ['screen', 'screen'],
  ['system-audio', 'systemAudio'],
];

/** In the order they are shown; words that are not known are left out. */
export function wishesIn(text: string): readonly Wish[] {
  const given = new Set(text.toLowerCase().split(/[\s,]+/));
  return WORDS.filter(([word]) => given.has(word)).map(([, wish]) => wish);
}

/** The sound of what is shared comes with sharing only, which asks for a picture. */
export function choiceOf(chosen: ReadonlySet<Wish>, offered: readonly Wish[]): RecorderChoice {
  const has = (wish: Wish): boolean => chosen.has(wish) && offered.includes(wish);
  return { microphone: has('microphone'), camera: has('camera'), screen: has('screen'), systemAudio: has('systemAudio') };
}

export const isEmpty = (choice: RecorderChoice): boolean => !Object.values(choice).some(Boolean);
