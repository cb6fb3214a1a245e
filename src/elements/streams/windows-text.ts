import { counted } from '../counted.ts';
import type { StreamWords } from './stream-strings.ts';

/** What the windows of an index are, from the words of the wire: `every 10 s`, `5 pictures`. Pure. */
export function windowsText(words: StreamWords, windows: Readonly<Record<string, string | number>>): readonly string[] {
  const { time, frame_count: frames, segmenter, segmentation_value: count } = windows;
  const each = { word: 'indexEachWords', sentence: 'indexEachSentences', time: 'indexEachSeconds' } as const;
  return [
    ...(time === undefined ? [] : [counted(words, 'indexEachSeconds', Number(time))]),
    ...(frames === undefined ? [] : [counted(words, 'indexPictures', Number(frames))]),
    ...(count === undefined || (segmenter !== 'word' && segmenter !== 'sentence' && segmenter !== 'time')
      ? []
      : [counted(words, each[segmenter], Number(count))]),
  ];
}
