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
  /** When the server knew it, on the server's own clock, ms; null = not told. */
  readonly knownMs?: number | null;
}

/** What a spoken translation belongs to. */
export interface Voiced {
  /** Null = nobody knows which sentence it is. */
  readonly task: string | null;
  /** It was spoken on an earlier connection: its sound was sent again, not said again. */
  readonly again: boolean;
}

interface Sentence {
  readonly key: string;
  readonly generation: number;
  readonly numbered: boolean;
  startMs: number;
  endMs: number;
  readonly texts: Record<Side, string | null>;
  readonly finals: Record<Side, boolean>;
  /** When the server knew what is told of each side, on the clock of the connection that stands. */
  readonly known: Record<Side, number | null>;
  /** The connection that spoke its translation. */
  spoken: number | null;
}

const MOST_SENTENCES = 64;
const SAME_START_MS = 1;
/** What still lacks its final when so much more is told for good will not get it any more. */
const LOST_MS = 10_000;
/** A server that works sentences off side by side may overtake itself by so much; more is another clock. */
const OVERTAKEN_MS = 5_000;

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
  /** Tasks of this connection that so far only repeat what an earlier one told for good. */
  readonly #repeats = new Map<bigint, Sentence>();
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
    this.#repeats.clear();
    for (const { known } of this.#sentences) known.original = known.translation = null;
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
    if (!heard.final && (sentence.texts[side] === heard.text || isOvertaken(heard, sentence.known[side]))) return null;
    sentence.known[side] = heard.knownMs ?? null;
    sentence.texts[side] = heard.text;
    sentence.finals[side] = heard.final;
    // The translation's times are the recognition's; a first guess may move.
    if (side === 'original' || sentence.texts.original === null) sentence.startMs = heard.startMs;
    sentence.endMs = Math.max(sentence.endMs, heard.endMs ?? heard.startMs);
    if (this.#done(sentence)) this.#settledMs = Math.max(this.#settledMs, sentence.endMs);
    return { task: sentence.key, startMs: sentence.startMs };
  }

  /** The sentence that a number, or else the text of its translation, names; it counts as spoken from here on. */
  voiced(taskId: bigint | null, translation: string): Voiced {
    const numbered = taskId === null ? undefined : (this.#byTask.get(taskId) ?? this.#repeats.get(taskId));
    const sentence = numbered ?? this.#sentences.findLast(({ texts }) => texts.translation === translation);
    if (!sentence) return { task: null, again: false };
    const again = sentence.spoken !== null && sentence.spoken < this.#generation;
    if (!again) sentence.spoken = this.#generation;
    return { task: sentence.key, again };
  }

  #find(heard: Heard): Sentence {
    const { taskId } = heard;
    const known = taskId === null ? undefined : this.#byTask.get(taskId);
    if (known) return known;
    const found = this.#unnumbered(heard) ?? this.#grown(heard) ?? this.#before(heard) ?? this.#add(heard);
    // What is done already may only look like this one so far: it is not to swallow the rest.
    if (taskId !== null) {
      const repeats = found.generation < this.#generation && this.#done(found);
      (repeats ? this.#repeats : this.#byTask).set(taskId, found);
    }
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
      known: { original: null, translation: null },
      spoken: null,
    };
    this.#sentences.push(sentence);
    if (this.#sentences.length > MOST_SENTENCES) {
      const gone = this.#sentences.splice(0, MOST_SENTENCES / 4);
      for (const tasks of [this.#byTask, this.#repeats])
        for (const [id, kept] of tasks) if (gone.includes(kept)) tasks.delete(id);
    }
    return sentence;
  }

  #done(sentence: Sentence): boolean {
    return this.#wanted.every((side) => sentence.finals[side]);
  }
}

/** Newer words came before it. A final is never too late. */
const isOvertaken = ({ knownMs }: Heard, lastMs: number | null): boolean =>
  knownMs != null && lastMs !== null && knownMs < lastMs && lastMs - knownMs < OVERTAKEN_MS;
