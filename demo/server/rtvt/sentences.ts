import type { Engines, Heard, Hearing } from '../engines/engine.ts';
import { ActivityFeed, WINDOW } from '../realtime/activity-feed.ts';
import { InterimHearing } from '../realtime/interim-hearing.ts';
import type { Utterance } from '../realtime/interim-hearing.ts';
import { recognise } from '../realtime/recognition.ts';
import type { Recognition, RecognitionHints } from '../realtime/recognition.ts';
import { TurnDetector } from '../realtime/turn-detector.ts';
import type { TurnEvent } from '../realtime/turn-detector.ts';
import { CUT_WITHIN, LONGEST_SENTENCE, silenceToEnd } from './sentence-length.ts';
import type { Sound } from './sound.ts';

/** Cuts the sound of a stream into sentences by pauses, hears each again and again while it grows, and once more when it is over. */

const PER_MS = 16;
/** Sound before the onset that may hold a quiet first consonant. */
const PADDING = 300 * PER_MS;
const THRESHOLD = 0.5;
/** A voiced window may turn out to be the first of a sentence when the next one is voiced too. */
const ONSET = 2 * WINDOW;
/** Silence after which the sentence may be over: its final hearing begins. */
const PROBABLE = 160 * PER_MS;

export interface Sentence extends Utterance {
  readonly task: number;
  /** Where speech began; samples. */
  readonly begins: number;
}

export interface FinishedSentence {
  readonly sentence: Sentence;
  /** After the last voiced window; samples. */
  readonly voiced: number;
  readonly pcm: Int16Array;
  readonly recognition: Recognition;
}

export interface SentencesOptions {
  readonly sound: Sound;
  readonly hear: Pick<Hearing, 'transcribe' | 'languages'>;
  readonly activity: Engines['activity'];
  readonly silenceMs: number | null;
  /** Whether a pause may be heard as the end before it surely is. */
  readonly mayGuess: () => boolean;
  /** Somebody reads along. */
  readonly interim: boolean;
  /** Where a sentence without any pause is cut at the latest, samples. Default 26 s. */
  readonly longest?: number;
  /** Sound is kept, and its sentences told late, while voice activity is restarted; else what was open is cut there. */
  readonly lossless?: boolean;
  readonly hints: (sentence: Sentence | null) => RecognitionHints;
  /** `to`: how far was heard; samples. */
  readonly onInterim: (sentence: Sentence, heard: Heard, to: number) => void;
  readonly onFinished: (finished: FinishedSentence) => void;
  readonly onDropped: () => void;
  readonly onFailure: (cause: unknown) => void;
}

export class Sentences {
  readonly #options: SentencesOptions;
  readonly #feed: ActivityFeed;
  readonly #interim: InterimHearing;
  #detector = newDetector();
  #sentence: Sentence | null = null;
  #guess: Recognition | null = null;
  #tasks = 0;
  #judged = 0;
  #heardTo = 0;
  /** Where a sentence was cut in the middle of speech: the next one begins there. */
  #cutAt: number | null = null;
  /** The quietest window of the last seconds of the open sentence. */
  #quiet: { readonly probability: number; readonly at: number }[] = [];

  constructor(options: SentencesOptions) {
    this.#options = options;
    const { sound, hear, activity } = options;
    this.#feed = new ActivityFeed({
      buffer: sound,
      engine: activity,
      lossless: options.lossless === true,
      onWindow: (probability, from, to) => this.#judge(probability, from, to),
      onFailure: (cause) => {
        // What was said so far is a sentence; the next one finds a new engine.
        if (options.lossless !== true) {
          this.cut();
          this.#judged = sound.end;
        }
        options.onFailure(cause);
      },
    });
    this.#interim = new InterimHearing({
      buffer: sound,
      engine: hear,
      hints: () => options.hints(this.#sentence),
      onText: (utterance, _text, heard) => {
        if (this.#sentence === utterance) options.onInterim(this.#sentence, heard, this.#heardTo);
      },
      onDropped: options.onDropped,
    });
    this.#feed.start();
  }

  /** Samples that wait to be judged. */
  get backlog(): number {
    return this.#options.sound.end - this.#judged;
  }

  get speaking(): boolean {
    return this.#sentence !== null;
  }

  /** Before here no sentence will begin any more; samples. */
  get settledTo(): number {
    return this.#sentence?.begins ?? Math.max(0, this.#judged - ONSET);
  }

  /** More sound is there. */
  appended(): void {
    this.#feed.appended();
  }

  /** Ends an open sentence here and now. */
  cut(): void {
    const event = this.#detector.end(this.#options.sound.end);
    if (event !== null) this.#act(event);
  }

  /** Judges what is left and ends an open sentence. */
  async finish(): Promise<void> {
    this.#feed.appended();
    await this.#feed.idle();
    this.cut();
    this.close();
  }

  /** Gives everything up. */
  close(): void {
    this.#feed.stop();
    this.#interim.stop();
    this.#guess?.cancel();
    this.#guess = null;
    this.#sentence = null;
  }

  #judge(probability: number, from: number, to: number): void {
    this.#judged = to;
    for (const event of this.#detector.push(probability, from, to)) this.#act(event);
    const sentence = this.#sentence;
    if (sentence === null) {
      this.#options.sound.forgetBefore(to - PADDING - 2 * (to - from));
      return;
    }
    const length = to - sentence.begins;
    this.#detector.endAfter = silenceToEnd(this.#options.silenceMs, length);
    this.#quiet.push({ probability, at: (from + to) >> 1 });
    if ((this.#quiet[0]?.at ?? to) < to - CUT_WITHIN) this.#quiet.shift();
    if (length > (this.#options.longest ?? LONGEST_SENTENCE)) this.#cutInSpeech();
    else if (this.#guess === null && this.#options.interim) this.#consider(sentence, to);
  }

  #consider(sentence: Sentence, to: number): void {
    this.#interim.consider(sentence, to);
    this.#heardTo = to;
  }

  #act(event: TurnEvent): void {
    switch (event.type) {
      case 'started':
        this.#begin(event.at);
        return;
      case 'probable-end':
        this.#guessWords(event.at);
        return;
      case 'resumed':
        this.#guess?.cancel();
        this.#guess = null;
        return;
      case 'stopped':
        this.#finish(event.at, event.voiced);
    }
  }

  #begin(at: number): void {
    const cutAt = this.#cutAt;
    this.#cutAt = null;
    const from = cutAt ?? Math.max(0, at - PADDING);
    const task = ++this.#tasks;
    this.#sentence = { itemId: String(task), task, from, begins: cutAt ?? at };
    this.#detector.endAfter = silenceToEnd(this.#options.silenceMs, 0);
    this.#quiet = [];
    this.#interim.begin(at);
  }

  #guessWords(at: number): void {
    const sentence = this.#sentence;
    if (sentence === null || !this.#options.mayGuess()) return;
    const { hear, sound, hints } = this.#options;
    this.#interim.stop();
    const guess = recognise(hear, sound.heard(sentence.from, at), hints(null));
    this.#guess = guess;
    guess.heard.then(
      (heard) => {
        if (this.#guess === guess && this.#options.interim) this.#options.onInterim(sentence, heard, at);
      },
      () => {
        // The end of the sentence asks once more.
        if (this.#guess === guess) this.#guess = null;
      },
    );
  }

  #finish(to: number, voiced: number): void {
    const sentence = this.#sentence;
    if (sentence === null) return;
    const { hear, sound, hints, onFinished } = this.#options;
    const pcm = sound.heard(sentence.from, to);
    const recognition = this.#guess ?? recognise(hear, pcm, hints(null));
    this.#guess = null;
    this.#sentence = null;
    this.#interim.stop();
    onFinished({ sentence, voiced, pcm, recognition });
  }

  /** Nobody paused for too long: the quietest place of the last seconds has to do, and the next sentence begins there. */
  #cutInSpeech(): void {
    const { at } = this.#quiet.reduce((least, window) => (window.probability < least.probability ? window : least));
    const after = this.#quiet.filter((window) => window.at > at);
    this.#guess?.cancel();
    this.#guess = null;
    this.#finish(at, at);
    this.#detector = newDetector();
    this.#cutAt = at;
    // What was judged behind the cut is judged again, by a detector that knows somebody to be speaking.
    const again = [...Array.from({ length: 2 }, () => ({ probability: 1, at })), ...after];
    for (const window of again) {
      for (const event of this.#detector.push(window.probability, window.at - WINDOW / 2, window.at + WINDOW / 2))
        this.#act(event);
    }
  }
}

const newDetector = (): TurnDetector =>
  new TurnDetector({ threshold: THRESHOLD, probableSamples: PROBABLE }, silenceToEnd(null, 0));
