import { fill } from '../strings.ts';
import type { StreamWords } from './stream-strings.ts';

/** What the windows of an index are, from the words of the wire: `every 10 s`, `5 pictures`. Pure. */
export function windowsText(words: StreamWords, windows: Readonly<Record<string, string | number>>): readonly string[] {
  const { time, frame_count: frames, segmenter, segmentation_value: count } = windows;
  const each = { word: words.indexEachWords, sentence: words.indexEachSentences, time: words.indexEachSeconds };
  return [
    ...(time === undefined ? [] : [fill(words.indexEachSeconds, { count: time })]),
    ...(frames === undefined ? [] : [fill(words.indexPictures, { count: frames })]),
    ...(count === undefined || (segmenter !== 'word' && segmenter !== 'sentence' && segmenter !== 'time')
      ? []
      : [fill(each[segmenter], { count })]),
  ];
}
