import { setMaxListeners } from 'node:events';
import { uuidv7 } from 'uuidv7';
import type { Heard } from '../../engines/engine.ts';
import type { SoundPiece } from '../../media/media-stream.ts';
import { Sentences } from '../../rtvt/sentences.ts';
import type { FinishedSentence, Sentence } from '../../rtvt/sentences.ts';
import { asWritten } from './allowed-languages.ts';
import { finalLines, hintsOf, translated } from './breath.ts';
import type { BreathParts } from './breath.ts';
import { StreamSound } from './stream-sound.ts';
import type { FinalLine, TranscriptEvent } from './transcript-event.ts';

/** The sound of one stream becoming lines: sentences cut by pauses, heard while they grow and once more when they are over, translated. */

const PER_MS = 16;
/** Nothing longer is heard at once: recognisers invent at the end of long windows. Samples. */
const LONGEST = 19_500 * PER_MS;
/** No sound for so long: an open sentence is over. ms */
const STALL_MS = 1500;
/** The clock of a source that is away may be behind ours by this. ms */
const CLOCK_SLACK_MS = 5000;
const TICK_MS = 500;
/** Sentences that are over and not told yet; what follows waits as sound. */
const MOST_UNDER_WAY = 6;
/** Translations that are under way; those of later lines are left out, and told. */
const MOST_TRANSLATIONS = 64;
/** Speech of several languages: which one is known from the first seconds of a sentence. Samples. */
const IDENTIFIED = 3000 * PER_MS;
/** A line may turn out to begin this much before voice activity said so. ms */
const EARLIER_MS = 300;
/** How often it is told how far everything was heard. ms */
const TOLD_EVERY_MS = 500;
/** What is under way when the sound is over is given up after this. ms */
const DRAIN_MS = 60_000;

export interface HearingOptions extends BreathParts {
  /** BCP 47 */
  readonly translateTo: readonly string[];
  /** False for recordings: nobody reads along, and what may turn out needless is not heard. */
  readonly live: boolean;
  readonly tell: (event: TranscriptEvent) => void;
  /** `interim`, `translation`: 1 of them; `sound`: ms that were never heard. */
  readonly onDropped: (what: 'interim' | 'translation' | 'sound', count: number) => void;
}

/** A sentence while it is said. */
interface Open {
  readonly sentence: Sentence;
  readonly line: string;
  readonly startMs: number;
  /** Last interim. */
  heard: Heard | null;
  endMs: number;
  /** Found in its first seconds, where several are possible. */
  language: string | null;
}

export class StreamHearing {
  readonly #options: HearingOptions;
  readonly #sound = new StreamSound();
  readonly #sentences: Sentences;
  readonly #abort = new AbortController();
  /** What is worked on, and where it begins, Unix ms. */
  readonly #underWay = new Map<Promise<void>, number>();
  readonly #translations = new Set<Promise<void>>();
  readonly #clock: NodeJS.Timeout | null;
  #waiting: (() => void)[] = [];
  #open: Open | null = null;
  /** Finals are told in the order of their sentences. */
  #turn: Promise<void> = Promise.resolve();
  #samplesUnderWay = 0;
  #lastPieceAt = performance.now();
  #toldToMs = -Infinity;

  constructor(options: HearingOptions) {
    this.#options = options;
    // Everything that is under way listens to it; how much that is, is bounded.
    setMaxListeners(0, this.#abort.signal);
    const { roles, live } = options;
    this.#sentences = new Sentences({
      sound: this.#sound.samples,
      hear: roles.hear,
      activity: roles.activity,
      silenceMs: null,
      mayGuess: () => live && roles.mayGuess(),
      interim: live,
      longest: LONGEST,
      lossless: true,
      hints: (sentence) => this.#hints(sentence),
      onInterim: (sentence, heard, to) => this.#grow(sentence, heard, to),
      onFinished: (finished) => this.#finished(finished),
      onDropped: () => options.onDropped('interim', 1),
      onFailure: options.onFailure,
    });
    this.#clock = live ? setInterval(() => this.#tick(), TICK_MS) : null;
    this.#clock?.unref();
  }

  push(piece: SoundPiece): void {
    this.#lastPieceAt = performance.now();
    if (!this.#sound.append(piece, this.#sentences.backlog + this.#samplesUnderWay)) {
      this.#options.onDropped('sound', piece.pcm.length / PER_MS);
      return;
    }
    this.#judge();
    this.#tellHeard();
  }

  /** Resolves when more can be pushed without piling up; for sound that comes faster than it is spoken. */
  async room(): Promise<void> {
    const isFull = (): boolean =>
      this.#underWay.size >= MOST_UNDER_WAY ||
      this.#translations.size >= MOST_TRANSLATIONS / 2 ||
      this.#sentences.backlog > LONGEST;
    while (!this.#abort.signal.aborted && isFull())
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        setTimeout(resolve, TICK_MS).unref();
      });
  }

  /** No more sound: resolves when everything that was said has been told. */
  async finish(): Promise<void> {
    const patience = AbortSignal.timeout(DRAIN_MS);
    const over = new Promise<void>((resolve) => patience.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([this.#sentences.finish().then(() => this.#settled()), over]);
    if (!this.#sound.isEmpty) this.#tellHeard(this.#sound.endMs);
    this.close();
  }

  /** Gives everything up. */
  close(): void {
    this.#abort.abort();
    this.#sentences.close();
    if (this.#clock !== null) clearInterval(this.#clock);
    this.#wake();
  }

  #judge(): void {
    if (this.#underWay.size < MOST_UNDER_WAY) this.#sentences.appended();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #tick(): void {
    const stalledMs = performance.now() - this.#lastPieceAt;
    if (stalledMs > STALL_MS && this.#sentences.speaking) this.#sentences.cut();
    this.#judge();
    if (stalledMs < STALL_MS || this.#sound.isEmpty || this.#sentences.speaking || this.#underWay.size > 0) return;
    // The source is away and its clock goes on.
    if (this.#sentences.backlog < PER_MS * TICK_MS) this.#tellHeard(this.#sound.endMs + stalledMs - CLOCK_SLACK_MS);
  }

  #opened(sentence: Sentence): Open {
    if (this.#open?.sentence === sentence) return this.#open;
    const startMs = this.#sound.beganMs(sentence.begins);
    this.#open = { sentence, line: `ln-${uuidv7()}`, startMs, endMs: startMs, heard: null, language: null };
    return this.#open;
  }

  #hints(sentence: Sentence | null): ReturnType<typeof hintsOf> {
    const known = sentence !== null && this.#open?.sentence === sentence ? this.#open.language : null;
    return known === null ? hintsOf(this.#options.languages) : { language: known };
  }

  #grow(sentence: Sentence, heard: Heard, to: number): void {
    const open = this.#opened(sentence);
    const text = heard.text.trim();
    if (to - sentence.begins >= IDENTIFIED && text !== '') open.language = heard.language;
    if (text === '' || text === open.heard?.text) return;
    open.heard = { ...heard, text };
    open.endMs = this.#sound.timeOf(to);
    this.#tellInterim(open, text);
  }

  #tellInterim({ line, heard, startMs, endMs }: Open, text: string): void {
    const language = asWritten(heard?.language ?? this.#options.languages.first, this.#options.languages);
    this.#tell({ type: 'interim', line, text, language, startMs, endMs });
  }

  #finished(finished: FinishedSentence): void {
    const open = this.#opened(finished.sentence);
    this.#open = null;
    open.endMs = this.#sound.timeOf(finished.voiced);
    const { recognition, pcm } = finished;
    const giveUp = (): void => recognition.cancel();
    this.#abort.signal.addEventListener('abort', giveUp, { once: true });
    this.#samplesUnderWay += pcm.length;
    const done: Promise<void> = this.#turn
      .then(() => this.#conclude(open, finished))
      .catch(this.#options.onFailure)
      .finally(() => {
        this.#abort.signal.removeEventListener('abort', giveUp);
        this.#samplesUnderWay -= pcm.length;
        this.#underWay.delete(done);
        this.#wake();
        if (this.#abort.signal.aborted) return;
        this.#judge();
        this.#tellHeard();
      });
    this.#turn = done;
    this.#underWay.set(done, open.startMs);
  }

  async #conclude(open: Open, finished: FinishedSentence): Promise<void> {
    const { line, startMs, heard } = open;
    const finals = await finalLines({ finished, line, startMs, heard }, this.#options, this.#abort.signal);
    if (this.#abort.signal.aborted) return;
    for (const final of finals) this.#tell(final);
    // Noise that looked like words until now.
    if (finals.length === 0 && heard !== null) this.#tellInterim(open, '');
    for (const final of finals) for (const target of this.#options.translateTo) this.#translate(final, target);
  }

  /** Later lines do not wait for it. */
  #translate(final: FinalLine, language: string): void {
    if (this.#translations.size >= MOST_TRANSLATIONS) {
      this.#options.onDropped('translation', 1);
      return;
    }
    const done: Promise<void> = translated(final, language, this.#options, this.#abort.signal).then((text) => {
      this.#translations.delete(done);
      if (text !== null) this.#tell({ type: 'translation', line: final.line, language, text });
    });
    this.#translations.add(done);
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.keys());
    await Promise.all(this.#translations);
  }

  /** `atMs`: everything before it is known to be over; null = as far as was judged. */
  #tellHeard(atMs: number | null = null): void {
    const settledMs = atMs ?? this.#sound.settledMs(this.#sentences.settledTo);
    const toMs = Math.min(settledMs, ...this.#underWay.values()) - (atMs === null ? EARLIER_MS : 0);
    if (toMs < this.#toldToMs + TOLD_EVERY_MS && atMs === null) return;
    if (toMs <= this.#toldToMs || this.#sound.isEmpty) return;
    this.#toldToMs = toMs;
    this.#tell({ type: 'heard', toMs });
  }

  #tell(event: TranscriptEvent): void {
    if (!this.#abort.signal.aborted) this.#options.tell(event);
  }
}
