/** Which sentence a result belongs to, across reconnects and with servers that number sentences badly or not at all; pure. */

export type Side = 'original' | 'translation';

/** A result with its times on the stream's clock. */
export interface Heard {
  readonly side: Side;
  readonly final: boolean;
  readonly taskId: bigint | null;
  readonly startMs: number;
  /** Null = not told. */
  readonly endMs: number | null;
  readonly text: string;
}

interface Sentence {
  readonly key: string;
  readonly generation: number;
  readonly numbered: boolean;
  startMs: number;
  endMs: number;
  readonly texts: Record<Side, string | null>;
  readonly finals: Record<Side, boolean>;
}

const MOST_SENTENCES = 64;
const SAME_START_MS = 1;
/** What still lacks its final when so much more is told for good will not get it any more. */
const LOST_MS = 10_000;

export interface SentenceOptions {
  /** Sides whose final is expected; a sentence is done when these came. */
  readonly wanted: readonly Side[];
  /** Protocol B numbers one growing sentence anew: what begins with the open text is the same sentence. */
  readonly growing?: boolean;
}

export class Sentences {
  readonly #wanted: readonly Side[];
  readonly #growing: boolean;
  #sentences: Sentence[] = [];
  readonly #byTask = new Map<bigint, Sentence>();
  #generation = 0;
  #anonymous = 0;
  #settledMs = 0;

  constructor(options: SentenceOptions) {
    this.#wanted = options.wanted;
    this.#growing = options.growing ?? false;
  }

  /** The server begins to number anew; `generation` is greater than all before and unique among what consumers see together. */
  begin(generation: number): void {
    this.#generation = generation;
    this.#byTask.clear();
  }

  /** Where the earliest sentence begins that lacks something; null = none does. */
  get openMs(): number | null {
    const open = this.#sentences.filter((sentence) => !this.#done(sentence) && sentence.endMs > this.#settledMs - LOST_MS);
    return open.length === 0 ? null : Math.min(...open.map(({ startMs }) => startMs));
  }

  /** Everything before this is told for good. */
  get settledMs(): number {
    return this.#settledMs;
  }

  /** The sentence of `heard`; null when it repeats what was told already. */
  take(heard: Heard): { readonly task: string; readonly startMs: number } | null {
    const { side } = heard;
    const sentence = this.#find(heard);
    if (sentence.finals[side]) return null;
    if (!heard.final && sentence.texts[side] === heard.text) return null;
    sentence.texts[side] = heard.text;
    sentence.finals[side] = heard.final;
    // The translation's times are the recognition's; a first guess may move.
    if (side === 'original' || sentence.texts.original === null) sentence.startMs = heard.startMs;
    sentence.endMs = Math.max(sentence.endMs, heard.endMs ?? heard.startMs);
    if (this.#done(sentence)) this.#settledMs = Math.max(this.#settledMs, sentence.endMs);
    return { task: sentence.key, startMs: sentence.startMs };
  }

  /** The sentence that a number, or else the text of its translation, names. */
  named(taskId: bigint | null, translation: string): string | null {
    const numbered = taskId === null ? undefined : this.#byTask.get(taskId);
    return (numbered ?? this.#sentences.findLast(({ texts }) => texts.translation === translation))?.key ?? null;
  }

  #find(heard: Heard): Sentence {
    const { taskId } = heard;
    const known = taskId === null ? undefined : this.#byTask.get(taskId);
    if (known) return known;
    const found = this.#unnumbered(heard) ?? this.#grown(heard) ?? this.#before(heard) ?? this.#add(heard);
    // What is done already may only look like this one so far: it is not to swallow the rest.
    if (taskId !== null && !(found.generation < this.#generation && this.#done(found))) this.#byTask.set(taskId, found);
    return found;
  }

  /** One whose number was not told: the one that begins there, or the earliest that this side can still add to. */
  #unnumbered({ side, taskId, startMs }: Heard): Sentence | undefined {
    const numbers = new Set(this.#byTask.values());
    const here = this.#sentences.filter(
      (sentence) =>
        sentence.generation === this.#generation && (taskId === null || (!sentence.numbered && !numbers.has(sentence))),
    );
    return (
      here.find((sentence) => Math.abs(sentence.startMs - startMs) <= SAME_START_MS) ??
      here.find((sentence) => !sentence.numbered && !sentence.finals[side])
    );
  }

  #grown({ side, text }: Heard): Sentence | undefined {
    if (!this.#growing) return undefined;
    const last = this.#sentences.findLast(({ generation, finals }) => generation === this.#generation && !finals[side]);
    const before = last?.texts[side] ?? '';
    return before !== '' && text.startsWith(before) ? last : undefined;
  }

  /** One of an earlier connection whose sound was sent again. */
  #before({ startMs, endMs }: Heard): Sentence | undefined {
    const until = Math.max(endMs ?? startMs, startMs + 1);
    return this.#sentences.find((old) => {
      if (old.generation === this.#generation) return false;
      // An interim may tell no end: then it is a moment, which what covers it covers whole.
      const oldEndMs = Math.max(old.endMs, old.startMs + 1);
      const both = Math.min(until, oldEndMs) - Math.max(startMs, old.startMs);
      // Where words were told for good, only what lies mostly within them repeats them.
      const enough = old.finals.original || this.#done(old) ? until - startMs : Math.min(until - startMs, oldEndMs - old.startMs);
      return both > 0 && both >= enough / 2;
    });
  }

  #add({ taskId, startMs, endMs }: Heard): Sentence {
    const name = taskId === null ? `u${this.#anonymous++}` : taskId.toString();
    const sentence: Sentence = {
      key: `${this.#generation}.${name}`,
      generation: this.#generation,
      numbered: taskId !== null,
      startMs,
      endMs: endMs ?? startMs,
      texts: { original: null, translation: null },
      finals: { original: false, translation: false },
    };
    this.#sentences.push(sentence);
    if (this.#sentences.length > MOST_SENTENCES) {
      const gone = this.#sentences.splice(0, MOST_SENTENCES / 4);
      for (const [id, kept] of this.#byTask) if (gone.includes(kept)) this.#byTask.delete(id);
    }
    return sentence;
  }

  #done(sentence: Sentence): boolean {
    return this.#wanted.every((side) => sentence.finals[side]);
  }
}
