import type { Engines, VoiceActivityStream } from '../engines/engine.ts';
import { silenceToWaitMs } from './end-of-thought.ts';
import { ENGINE_RATE } from './input-buffer.ts';
import type { InputBuffer } from './input-buffer.ts';
import { recognise } from './recognition.ts';
import type { Recognition, RecognitionHints } from './recognition.ts';
import type { TurnDetection } from './session-config.ts';
import { TurnDetector } from './turn-detector.ts';
import type { TurnEvent } from './turn-detector.ts';

/** Listening to what is appended: who begins and ends to speak, what they say so far, and a first guess at what they said. */

/** Samples of one voice activity window. */
const WINDOW = 512;
const PER_MS = ENGINE_RATE / 1000;
/** A growing utterance is heard again after this much more of it. */
const INTERIM_STEP = 320 * PER_MS;
/** The first hearing of an utterance needs at least this much of it. */
const INTERIM_FIRST = 400 * PER_MS;
/** What is kept before anybody speaks, for a commit by hand. */
const IDLE_KEEP = 30 * ENGINE_RATE;
/** Nobody speaks longer than this; a radio does. */
const MAX_TURN = 120 * ENGINE_RATE;
/** A microphone that goes silent on the wire in the middle of a turn ends it. ms */
const STALL_MS = 2000;
const RESTART_MS = 500;

export interface OpenTurn {
  readonly itemId: string;
  /** Where its sound begins, padding included; samples at 16 kHz. */
  readonly from: number;
}

export interface FinishedTurn extends OpenTurn {
  readonly to: number;
  /** After the last voiced window. */
  readonly voiced: number;
  readonly recognition: Recognition;
}

export interface ListeningOptions {
  readonly buffer: InputBuffer;
  readonly engines: Pick<Engines, 'hear' | 'activity'>;
  readonly newItemId: () => string;
  readonly hints: () => RecognitionHints;
  /** Somebody wants to read along. */
  readonly wantsInterim: () => boolean;
  readonly onStarted: (turn: OpenTurn) => void;
  readonly onInterim: (turn: OpenTurn, text: string) => void;
  /** The turn may be over: these may be its words. */
  readonly onGuess: (turn: OpenTurn, recognition: Recognition) => void;
  readonly onResumed: (turn: OpenTurn) => void;
  readonly onStopped: (turn: FinishedTurn) => void;
  readonly onDropped: (what: 'interim' | 'guess') => void;
  readonly onFailure: (cause: unknown) => void;
}

export class Listening {
  readonly #options: ListeningOptions;
  #detection: TurnDetection | null = null;
  #detector: TurnDetector | null = null;
  #stream: VoiceActivityStream | null = null;
  /** End of what the voice activity engine was given; samples. */
  #fed = 0;
  /** Start of the next window to be judged. */
  #windowAt = 0;
  /** Judgements of windows before this position came too late. */
  #since = 0;
  #pumping = false;
  #closed = false;
  #turn: OpenTurn | null = null;
  #guess: Recognition | null = null;
  #interimAt = 0;
  #interim: AbortController | null = null;
  #stall: NodeJS.Timeout | null = null;
  #restart: NodeJS.Timeout | null = null;

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  get turn(): OpenTurn | null {
    return this.#turn;
  }

  /** Begins, changes or ends voice activity detection. What is in the buffer already is not judged again. */
  detect(detection: TurnDetection | null): void {
    this.#detection = detection;
    if (detection === null) {
      this.forget();
      this.#detector = null;
      this.#stream?.close();
      this.#stream = null;
      return;
    }
    if (this.#stream === null) this.#open();
    if (this.#turn === null) this.#detector = this.#newDetector(detection);
    else if (this.#detector !== null) this.#detector.endAfter = endAfter(detection, null);
  }

  /** More sound is in the buffer. */
  appended(): void {
    if (this.#detection === null) this.#hearAlong();
    else {
      this.#watchForStall();
      void this.#pump();
    }
  }

  /** Forgets an open turn and every judgement under way; the buffer goes its own way. */
  forget(): void {
    this.#since = this.#options.buffer.end;
    this.#turn = null;
    this.#endHearing();
    if (this.#detection !== null) this.#detector = this.#newDetector(this.#detection);
  }

  /** Ends the turn here and now by somebody's word; without one, what waits in the buffer is the turn. */
  commit(): FinishedTurn {
    const { buffer } = this.#options;
    const to = buffer.end;
    const turn = this.#turn ?? { itemId: this.#options.newItemId(), from: buffer.start };
    const voiced = this.#detector?.speaking === true ? this.#detector.voiced : to;
    const recognition = recognise(this.#options.engines.hear, buffer.heard(turn.from, to), this.#options.hints());
    this.forget();
    return { ...turn, to, voiced, recognition };
  }

  close(): void {
    this.#closed = true;
    this.detect(null);
    if (this.#restart !== null) clearTimeout(this.#restart);
  }

  #open(): void {
    this.#stream = this.#options.engines.activity.open();
    this.#fed = this.#options.buffer.end;
    this.#windowAt = this.#fed;
    this.#since = this.#fed;
  }

  #newDetector(detection: TurnDetection): TurnDetector {
    const end = endAfter(detection, null);
    const threshold = detection.type === 'server_vad' ? detection.threshold : 0.5;
    const probable = Math.min(192, Math.max(64, (detection.type === 'server_vad' ? detection.silence_duration_ms : 500) * 0.4));
    return new TurnDetector({ threshold, probableSamples: probable * PER_MS }, end);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.#stream !== null && this.#fed < this.#options.buffer.end) {
        const stream = this.#stream;
        const to = Math.min(this.#options.buffer.end, this.#fed + ENGINE_RATE);
        const probabilities = await stream.push(this.#options.buffer.heard(this.#fed, to));
        if (stream !== this.#stream) continue;
        this.#fed = to;
        for (const probability of probabilities) this.#judge(probability);
        this.#trim();
      }
    } catch (cause) {
      this.#reopen(cause);
    } finally {
      this.#pumping = false;
    }
  }

  /** The engine died under us: the turn that was open is lost, the next one finds a new engine. */
  #reopen(cause: unknown): void {
    this.#stream?.close();
    this.#stream = null;
    this.forget();
    if (this.#closed || this.#detection === null) return;
    this.#options.onFailure(cause);
    this.#restart = setTimeout(() => {
      this.#restart = null;
      if (this.#closed || this.#detection === null || this.#stream !== null) return;
      this.#open();
      void this.#pump();
    }, RESTART_MS);
  }

  #judge(probability: number): void {
    const from = this.#windowAt;
    const to = from + WINDOW;
    this.#windowAt = to;
    if (from < this.#since || this.#detector === null) return;
    for (const event of this.#detector.push(probability, from, to)) this.#act(event);
    if (this.#turn === null) return;
    if (to - this.#turn.from > MAX_TURN) this.#endTurn(to);
    else if (this.#guess === null) this.#hearAlong();
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
        this.#dropGuess();
        if (this.#turn !== null) this.#options.onResumed(this.#turn);
        return;
      case 'stopped':
        this.#finish(event.at, event.voiced);
    }
  }

  #begin(at: number): void {
    const { buffer } = this.#options;
    const padding = this.#detection?.type === 'server_vad' ? this.#detection.prefix_padding_ms : 300;
    this.#turn = { itemId: this.#options.newItemId(), from: Math.max(buffer.start, Math.round(at - padding * PER_MS)) };
    this.#interimAt = at;
    this.#watchForStall();
    this.#options.onStarted(this.#turn);
  }

  #guessWords(at: number): void {
    const turn = this.#turn;
    if (turn === null) return;
    this.#interim?.abort();
    const guess = recognise(this.#options.engines.hear, this.#options.buffer.heard(turn.from, at), this.#options.hints());
    this.#guess = guess;
    guess.heard.then(
      ({ text }) => {
        if (this.#guess !== guess) return;
        if (this.#detector !== null && this.#detection !== null) this.#detector.endAfter = endAfter(this.#detection, text);
        if (this.#options.wantsInterim()) this.#options.onInterim(turn, text);
      },
      () => {
        // The end of the turn asks once more.
        if (this.#guess !== guess) return;
        this.#guess = null;
        this.#options.onDropped('guess');
      },
    );
    this.#options.onGuess(turn, guess);
  }

  #dropGuess(): void {
    this.#guess?.cancel();
    this.#guess = null;
    if (this.#detector !== null && this.#detection !== null) this.#detector.endAfter = endAfter(this.#detection, null);
  }

  #finish(to: number, voiced: number): void {
    const turn = this.#turn;
    if (turn === null) return;
    const { engines, buffer, hints } = this.#options;
    const recognition = this.#guess ?? recognise(engines.hear, buffer.heard(turn.from, to), hints());
    this.#guess = null;
    this.#turn = null;
    this.#endHearing();
    this.#options.onStopped({ ...turn, to, voiced, recognition });
    if (this.#detection !== null && this.#detector !== null) this.#detector.endAfter = endAfter(this.#detection, null);
  }

  #endTurn(at: number): void {
    const event = this.#detector?.end(at) ?? null;
    if (event !== null) this.#act(event);
  }

  /** What is said so far, for those who read along. Dropped whenever the engine has something better to do. */
  #hearAlong(): void {
    const { buffer, engines, hints } = this.#options;
    if (this.#interim !== null || !this.#options.wantsInterim()) return;
    const manual = this.#detection === null;
    const to = manual ? buffer.end : this.#windowAt;
    if (manual && this.#turn === null && buffer.end > buffer.start) {
      this.#turn = { itemId: this.#options.newItemId(), from: buffer.start };
      this.#interimAt = buffer.start;
    }
    const turn = this.#turn;
    if (turn === null || to - turn.from < INTERIM_FIRST || to - this.#interimAt < INTERIM_STEP) return;
    this.#interimAt = to;
    const abort = new AbortController();
    this.#interim = abort;
    engines.hear
      .transcribe(buffer.heard(turn.from, to), { ...hints(), interim: true, signal: abort.signal })
      .then(({ text }) => {
        if (!abort.signal.aborted && this.#turn === turn) this.#options.onInterim(turn, text.trim());
      })
      // Busy, given up or failed: the final hearing tells what is wrong, if anything is.
      .catch(() => this.#options.onDropped('interim'))
      .finally(() => {
        if (this.#interim === abort) this.#interim = null;
      });
  }

  #endHearing(): void {
    this.#interim?.abort();
    this.#interim = null;
    this.#guess?.cancel();
    this.#guess = null;
    if (this.#stall !== null) clearTimeout(this.#stall);
    this.#stall = null;
  }

  #watchForStall(): void {
    if (this.#stall !== null) clearTimeout(this.#stall);
    this.#stall = this.#turn === null ? null : setTimeout(() => this.#endTurn(this.#options.buffer.end), STALL_MS);
  }

  #trim(): void {
    const { buffer } = this.#options;
    if (this.#turn === null && this.#windowAt - buffer.start > IDLE_KEEP + 5 * ENGINE_RATE)
      buffer.advance(this.#windowAt - IDLE_KEEP);
  }
}

/** Silence that ends the turn, in samples, given the words so far. */
function endAfter(detection: TurnDetection, text: string | null): number {
  const ms = detection.type === 'server_vad' ? detection.silence_duration_ms : silenceToWaitMs(text, detection.eagerness);
  return Math.max(WINDOW, ms * PER_MS);
}
