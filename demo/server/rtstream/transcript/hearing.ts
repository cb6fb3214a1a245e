import { setMaxListeners } from 'node:events';
import { uuidv7 } from 'uuidv7';
import type { Engines, Heard } from '../../engines/engine.ts';
import type { SoundPiece } from '../../media/media-stream.ts';
import { base, pairFor } from '../../rtvt/languages.ts';
import type { StreamRoles } from '../../rtvt/roles.ts';
import { Sentences } from '../../rtvt/sentences.ts';
import type { FinishedSentence, Sentence } from '../../rtvt/sentences.ts';
import { Sound } from '../../rtvt/sound.ts';
import { asWritten } from './allowed-languages.ts';
import type { AllowedLanguages } from './allowed-languages.ts';
import { Cuts } from './cuts.ts';
import { finishedLines } from './finished-lines.ts';
import { patiently } from './patiently.ts';
import type { FinalLine, TranscriptEvent } from './transcript-event.ts';

/** The sound of one stream becoming lines: sentences cut by pauses, heard while they grow and once more when they are over, translated. */

const PER_MS = 16;
/** Nothing longer is heard at once: recognisers invent at the end of long windows. Samples. */
const LONGEST = 19_500 * PER_MS;
/** Silence of our own where the source was away: it ends every sentence. ms */
const CUT_PAUSE_MS = 1000;
/** No sound for so long: an open sentence is over. ms */
const STALL_MS = 1500;
/** The clock of a source that is away may be behind ours by this. ms */
const CLOCK_SLACK_MS = 5000;
const TICK_MS = 500;
/** Sentences that are over and not told yet; what follows waits as sound. */
const MOST_UNDER_WAY = 6;
/** Sound that waits; what comes beyond it while the engines stand still is left out, and told. Samples, 10 MB. */
const MOST_WAITING = 300_000 * PER_MS;
/** Speech of several languages: which one is known from the first seconds of a sentence. Samples. */
const IDENTIFIED = 3000 * PER_MS;
/** A line may turn out to begin this much before voice activity said so. ms */
const EARLIER_MS = 300;
/** How often it is told how far everything was heard. ms */
const TOLD_EVERY_MS = 500;
/** What is under way when the sound is over is given up after this. ms */
const DRAIN_MS = 60_000;

export interface HearingOptions {
  readonly roles: StreamRoles;
  readonly translator: Engines['translate'];
  readonly languages: AllowedLanguages;
  /** BCP 47 */
  readonly translateTo: readonly string[];
  /** False for recordings: nobody reads along, and what may turn out needless is not heard. */
  readonly live: boolean;
  readonly tell: (event: TranscriptEvent) => void;
  /** `interim`: 1 hearing; `sound`: ms that were never heard. */
  readonly onDropped: (what: 'interim' | 'sound', count: number) => void;
  readonly onFailure: (cause: unknown) => void;
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
  readonly #sound = new Sound();
  readonly #sentences: Sentences;
  readonly #abort = new AbortController();
  /** What is worked on, and where it begins, Unix ms. */
  readonly #underWay = new Map<Promise<void>, number>();
  readonly #clock: NodeJS.Timeout | null;
  #waiting: (() => void)[] = [];
  #open: Open | null = null;
  /** Finals are told in the order of their sentences. */
  #turn: Promise<void> = Promise.resolve();
  #samplesUnderWay = 0;
  #lastPieceAt = performance.now();
  readonly #cuts = new Cuts();
  #skipping = false;
  #toldToMs = -Infinity;

  constructor(options: HearingOptions) {
    this.#options = options;
    // Everything that is under way listens to it; how much that is, is bounded.
    setMaxListeners(0, this.#abort.signal);
    const { roles, live } = options;
    this.#sentences = new Sentences({
      sound: this.#sound,
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

  push({ atMs, pcm, cut }: SoundPiece): void {
    this.#lastPieceAt = performance.now();
    const waiting = this.#sentences.backlog + this.#samplesUnderWay;
    if (waiting > (this.#skipping ? MOST_WAITING / 2 : MOST_WAITING)) {
      this.#skipping = true;
      this.#options.onDropped('sound', pcm.length / PER_MS);
      return;
    }
    const from = this.#sound.end;
    const isCut = (cut || this.#skipping) && from > 0;
    this.#skipping = false;
    if (isCut) this.#sound.pause(CUT_PAUSE_MS);
    this.#sound.append(pcm, atMs);
    if (isCut) this.#cuts.add({ from, to: this.#sound.end - pcm.length, atMs });
    this.#judge();
    this.#tellHeard();
  }

  /** Resolves when more can be pushed without piling up; for sound that comes faster than it is spoken. */
  async room(): Promise<void> {
    while (!this.#abort.signal.aborted && (this.#underWay.size >= MOST_UNDER_WAY || this.#sentences.backlog > LONGEST))
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
    this.#tellHeard(this.#sound.end === 0 ? null : this.#sound.timeOf(this.#sound.end));
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
    if (stalledMs < STALL_MS || this.#sound.end === 0 || this.#sentences.speaking || this.#underWay.size > 0) return;
    // The source is away and its clock goes on.
    if (this.#sentences.backlog < PER_MS * TICK_MS)
      this.#tellHeard(this.#sound.timeOf(this.#sound.end) + stalledMs - CLOCK_SLACK_MS);
  }

  #opened(sentence: Sentence): Open {
    if (this.#open?.sentence === sentence) return this.#open;
    const { begins } = sentence;
    const startMs = this.#cuts.began(begins, this.#sound.timeOf(begins));
    this.#open = { sentence, line: `ln-${uuidv7()}`, startMs, endMs: startMs, heard: null, language: null };
    return this.#open;
  }

  #hints(sentence: Sentence | null): { readonly language: string; readonly among?: readonly string[] } {
    const { first, all } = this.#options.languages;
    const known = sentence !== null && this.#open?.sentence === sentence ? this.#open.language : null;
    if (known !== null) return { language: known };
    return all.length > 1 ? { language: first, among: all } : { language: first };
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
    const { begins, from } = finished.sentence;
    // Its padding may be silence of ours, which has no time: what counts is where speech begins.
    const atMs = open.startMs - (begins - from) / PER_MS;
    open.endMs = this.#sound.timeOf(finished.voiced);
    const before = this.#turn;
    let told = (): void => undefined;
    this.#turn = new Promise((resolve) => (told = resolve));
    const { recognition, pcm } = finished;
    const giveUp = (): void => recognition.cancel();
    this.#abort.signal.addEventListener('abort', giveUp, { once: true });
    this.#samplesUnderWay += pcm.length;
    const done: Promise<void> = before
      .then(() => this.#conclude(open, finished, atMs, told))
      .catch((cause: unknown) => {
        if (!this.#abort.signal.aborted) this.#options.onFailure(cause);
      })
      .finally(() => {
        told();
        this.#abort.signal.removeEventListener('abort', giveUp);
        this.#samplesUnderWay -= pcm.length;
        this.#underWay.delete(done);
        this.#wake();
        if (this.#abort.signal.aborted) return;
        this.#judge();
        this.#tellHeard();
      });
    this.#underWay.set(done, open.startMs);
  }

  async #conclude(
    open: Open,
    { sentence, voiced, recognition, pcm }: FinishedSentence,
    atMs: number,
    told: () => void,
  ): Promise<void> {
    const { roles, languages, onFailure } = this.#options;
    const { signal } = this.#abort;
    let first = true;
    const heard = await patiently(() => {
      if (!first) return roles.hear.transcribe(pcm, { ...this.#hints(null), signal });
      first = false;
      return recognition.heard;
    }, signal).catch((cause: unknown) => {
      if (!signal.aborted) onFailure(cause);
      // What was told while it grew is better than nothing.
      return open.heard ?? { text: '', language: languages.first };
    });
    if (signal.aborted) return;
    const lines = finishedLines({ pcm, heard, atMs, voicedMs: (voiced - sentence.from) / PER_MS });
    const language = asWritten(heard.language === 'und' ? languages.first : heard.language, languages);
    const finals = lines.map((line, index): FinalLine => {
      const id = index === 0 ? open.line : `ln-${uuidv7()}`;
      return { type: 'final', line: id, language, ...line };
    });
    for (const final of finals) this.#tell(final);
    // Noise that looked like words until now.
    if (finals.length === 0 && open.heard !== null) this.#tellInterim(open, '');
    told();
    await Promise.all(finals.flatMap((final) => this.#options.translateTo.map((target) => this.#translate(final, target))));
  }

  async #translate({ line, text, language }: FinalLine, target: string): Promise<void> {
    if (base(language) === base(target)) return;
    const { roles, translator, onFailure } = this.#options;
    const { signal } = this.#abort;
    const pair = pairFor(translator, language, target);
    if (pair === null) return;
    try {
      const translated = await patiently(() => roles.translate(text, pair, false, signal), signal);
      if (translated.trim() !== '') this.#tell({ type: 'translation', line, language: target, text: translated });
    } catch (cause) {
      if (!signal.aborted) onFailure(cause);
    }
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.keys());
  }

  /** `atMs`: everything before it is known to be over; null = as far as was judged. */
  #tellHeard(atMs: number | null = null): void {
    const { settledTo } = this.#sentences;
    const settledMs = atMs ?? this.#cuts.settled(settledTo, this.#sound.timeOf(settledTo));
    const toMs = Math.min(settledMs, ...this.#underWay.values()) - (atMs === null ? EARLIER_MS : 0);
    if (toMs < this.#toldToMs + TOLD_EVERY_MS && atMs === null) return;
    if (toMs <= this.#toldToMs || this.#sound.end === 0) return;
    this.#toldToMs = toMs;
    this.#tell({ type: 'heard', toMs });
  }

  #tell(event: TranscriptEvent): void {
    if (!this.#abort.signal.aborted) this.#options.tell(event);
  }
}
