/** Keeps a transcript only as far as the sound can hold it: a recogniser that is given noise or a cut-off word may invent. */

/** Faster than the fastest talker: Moonshine's own limit is 6.5 tokens a second, about five words. */
const MOST_WORDS_PER_S = 6.5;
/** The first half second may hold a few quick words. */
const WORDS_FOR_FREE = 3;
/** −60 dBFS: less than the noise of any microphone with someone before it. */
const SILENT_PEAK = 0.001;
/** Shorter than the shortest word. */
const SHORTEST_S = 0.1;
/** So many equal words or phrases in a row are a decoder in a loop. */
const LOOP = 4;

/** `samples`: what `text` was heard in, −1…1. Empty = nothing was said. */
export function believable(text: string, samples: Float32Array, rate: number): string {
  const seconds = samples.length / rate;
  if (seconds < SHORTEST_S || samples.every((sample) => Math.abs(sample) < SILENT_PEAK)) return '';
  const said = withoutLoop(text.trim());
  if (!/\p{L}|\p{N}/u.test(said)) return '';
  const words = said.split(/\s+/);
  const most = Math.ceil(WORDS_FOR_FREE + seconds * MOST_WORDS_PER_S);
  return words.length > most ? words.slice(0, most).join(' ') : said;
}

/** Ends the text after the first of four or more equal runs of one to six words. */
function withoutLoop(text: string): string {
  const words = text.split(/\s+/);
  const plain = words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, ''));
  for (let start = 0; start < words.length; start++) {
    for (let length = 1; length <= 6; length++) {
      let repeats = 1;
      while (equalRun(plain, start, start + repeats * length, length)) repeats++;
      if (repeats >= LOOP) return words.slice(0, start + length).join(' ');
    }
  }
  return text;
}

function equalRun(words: readonly string[], first: number, second: number, length: number): boolean {
  if (second + length > words.length) return false;
  for (let index = 0; index < length; index++) if (words[first + index] !== words[second + index]) return false;
  return true;
}
