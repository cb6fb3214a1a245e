/** Words of a growing utterance that will not change any more: those on which two hearings in a row agree. */
export class StableWords {
  #previous: readonly string[] = [];
  #told = 0;
  #words: readonly string[] = [];

  /** Takes the newest hearing of the whole utterance; returns the words to append to what was told, or ''. */
  push(text: string): string {
    const words = text.split(/\s+/).filter((word) => word !== '');
    let agreed = 0;
    while (agreed < words.length && agreed < this.#previous.length && same(words[agreed], this.#previous[agreed])) agreed++;
    // The newest word may still be cut in the middle by the end of the sound.
    const stable = Math.min(agreed, words.length - 1);
    this.#previous = words;
    if (stable <= this.#told || !this.#agreesWithTold(words)) return '';
    const fresh = words.slice(this.#told, stable);
    const glue = this.#told === 0 ? '' : ' ';
    this.#words = words.slice(0, stable);
    this.#told = stable;
    return glue + fresh.join(' ');
  }

  #agreesWithTold(words: readonly string[]): boolean {
    return this.#words.every((word, index) => same(word, words[index]));
  }
}

const bare = (word: string | undefined): string => (word ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const same = (a: string | undefined, b: string | undefined): boolean => bare(a) === bare(b);
