/**
 * Utterances that are heard again and again while they grow, by a recogniser that goes on where it was: only what is new is worked on, and
 * what is heard in the end does not depend on how often was asked before.
 */

export interface ConfidentWord {
  readonly word: string;
  /** 0–1 */
  readonly confidence: number;
  /** Since the first sample that was fed; in what `GrowingUtterances` tells, since the first of the utterance. */
  readonly startSeconds: number;
  readonly seconds: number;
}

export interface GrowingRecognizer {
  /** The words of a sentence that ended in these samples, usually none. */
  feed(samples: Int16Array): Promise<readonly ConfidentWord[]>;
  /** What it thinks of the sentence that has not ended. */
  pending(): readonly ConfidentWord[];
  /** The words of the sentence under way. */
  finish(): Promise<readonly ConfidentWord[]>;
  close(): void;
}

interface Utterance {
  readonly recognizer: GrowingRecognizer;
  fed: Int16Array;
  words: readonly ConfidentWord[];
}

/** Samples that are fed at once, 100 ms: always the same ones, from the beginning on, because sentence ends are looked for after each. */
const BLOCK = 1600;
/** A quiet room before the first word, which the recogniser's idea of the channel starts from; without it first words are lost. */
const LEAD_LEVEL = 30;
const LEAD = Int16Array.from({ length: 4800 }, (_, at) => Math.round(LEAD_LEVEL * Math.sin(at * at)));
/** Silence behind the last word, without which it may be held back. */
const TAIL = new Int16Array(4800);

export class GrowingUtterances {
  readonly #open: () => GrowingRecognizer;
  readonly #most: number;
  #kept: readonly Utterance[] = [];

  /** `most`: utterances kept open between two calls; the one that was longest not heard of goes first. */
  constructor(open: () => GrowingRecognizer, most: number) {
    this.#open = open;
    this.#most = most;
  }

  /** The words of `pcm`. `final`: it grows no more. `wanted`: asked between blocks. */
  async hear(pcm: Int16Array, final: boolean, wanted: () => boolean = () => true): Promise<readonly ConfidentWord[]> {
    const known = this.#take(pcm);
    const utterance = known ?? { recognizer: this.#open(), fed: new Int16Array(0), words: [] };
    try {
      if (known === undefined) await utterance.recognizer.feed(LEAD);
      await this.#feed(utterance, pcm, wanted);
      if (!final || !wanted()) {
        const words = [...utterance.words, ...utterance.recognizer.pending()];
        this.#keep(utterance);
        return words.map(withoutLead);
      }
      const words = [...utterance.words];
      const rest = pcm.slice(utterance.fed.length);
      for (const samples of [rest, TAIL]) if (samples.length > 0) words.push(...(await utterance.recognizer.feed(samples)));
      words.push(...(await utterance.recognizer.finish()));
      utterance.recognizer.close();
      return words.map(withoutLead);
    } catch (error) {
      utterance.recognizer.close();
      throw error;
    }
  }

  async #feed(utterance: Utterance, pcm: Int16Array, wanted: () => boolean): Promise<void> {
    let at = utterance.fed.length;
    for (; at + BLOCK <= pcm.length && wanted(); at += BLOCK) {
      // A copy: the native thread reads it while this one goes on.
      const ended = await utterance.recognizer.feed(pcm.slice(at, at + BLOCK));
      if (ended.length > 0) utterance.words = [...utterance.words, ...ended];
    }
    utterance.fed = pcm.slice(0, at);
  }

  /** The one that `pcm` goes on with; taken out, so that no two calls feed it. */
  #take(pcm: Int16Array): Utterance | undefined {
    const found = this.#kept.find(({ fed }) => startsWith(pcm, fed));
    this.#kept = this.#kept.filter((one) => one !== found);
    return found;
  }

  #keep(utterance: Utterance): void {
    const kept = [utterance, ...this.#kept];
    for (const stale of kept.slice(this.#most)) stale.recognizer.close();
    this.#kept = kept.slice(0, this.#most);
  }
}

const LEAD_SECONDS = LEAD.length / 16_000;

const withoutLead = (word: ConfidentWord): ConfidentWord => ({
  ...word,
  startSeconds: Math.max(0, word.startSeconds - LEAD_SECONDS),
});

function startsWith(pcm: Int16Array, start: Int16Array): boolean {
  return start.length > 0 && start.length <= pcm.length && bytes(pcm, start.length).equals(bytes(start, start.length));
}

const bytes = (pcm: Int16Array, length: number): Buffer => Buffer.from(pcm.buffer, pcm.byteOffset, 2 * length);
