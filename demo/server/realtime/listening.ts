import type { Engines } from '../engines/engine.ts';
import { ActivityFeed } from './activity-feed.ts';
import { endAfter, newDetector } from './detector-for.ts';
import { ENGINE_RATE } from './input-buffer.ts';
import type { InputBuffer } from './input-buffer.ts';
import { InterimHearing } from './interim-hearing.ts';
import type { Utterance } from './interim-hearing.ts';
import { recognise } from './recognition.ts';
import type { Recognition, RecognitionHints } from './recognition.ts';
import type { TurnDetection } from './session-config.ts';
import type { TurnDetector, TurnEvent } from './turn-detector.ts';

/** Listening to what is appended: who begins and ends to speak, and a first guess at what they said. */

const PER_MS = ENGINE_RATE / 1000;
/** What is kept before anybody speaks, for a commit by hand. */
const IDLE_KEEP = 30 * ENGINE_RATE;
/** Nobody speaks longer than this; a radio does. */
const MAX_TURN = 120 * ENGINE_RATE;
/** A microphone that goes silent on the wire in the middle of a turn ends it. ms */
const STALL_MS = 2000;
const SEMANTIC_PADDING_MS = 300;

export interface FinishedTurn extends Utterance {
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
  /** Somebody reads along. */
  readonly wantsInterim: () => boolean;
  readonly onStarted: (turn: Utterance) => void;
  readonly onInterim: (turn: Utterance, text: string) => void;
  /** The turn may be over: these may be its words. */
  readonly onGuess: (turn: Utterance, recognition: Recognition) => void;
  readonly onResumed: () => void;
  readonly onStopped: (turn: FinishedTurn) => void;
  readonly onDropped: (what: 'interim' | 'guess') => void;
  readonly onFailure: (cause: unknown) => void;
}

export class Listening {
  readonly #options: ListeningOptions;
  readonly #feed: ActivityFeed;
  readonly #interim: InterimHearing;
  #detection: TurnDetection | null = null;
  #detector: TurnDetector | null = null;
  /** Judgements of windows before this position came too late. */
  #since = 0;
  #turn: Utterance | null = null;
  #guess: Recognition | null = null;
  #stall: NodeJS.Timeout | null = null;

  constructor(options: ListeningOptions) {
    this.#options = options;
    const { buffer, engines, hints } = options;
    this.#feed = new ActivityFeed({
      buffer,
      engine: engines.activity,
      onWindow: (probability, from, to) => this.#judge(probability, from, to),
      onFailure: (cause) => {
        // The turn that was open is lost; the next one finds a new engine.
        this.forget();
        options.onFailure(cause);
      },
    });
    this.#interim = new InterimHearing({
      buffer,
      engine: engines.hear,
      hints,
      onText: (turn, text) => {
        if (this.#turn === turn) options.onInterim(turn, text);
      },
      onDropped: () => options.onDropped('interim'),
    });
  }

  get turn(): Utterance | null {
    return this.#turn;
  }

  /** Begins, changes or ends voice activity detection. What is in the buffer already is not judged again. */
  detect(detection: TurnDetection | null): void {
    const before = this.#detection;
    this.#detection = detection;
    if (detection === null) {
      this.forget();
      this.#detector = null;
      this.#feed.stop();
      return;
    }
    // By hand there is no beginning to be told: what waits stays for a commit, what comes is judged.
    if (before === null) this.forget();
    this.#feed.start();
    if (this.#turn === null || this.#detector === null) this.#detector = newDetector(detection);
    else this.#detector.endAfter = endAfter(detection, null);
  }

  /** More sound is in the buffer. */
  appended(): void {
    if (this.#detection === null) {
      this.#followByHand();
      return;
    }
    this.#watchForStall();
    this.#feed.appended();
  }

  /** Forgets an open turn and every judgement under way; the buffer goes its own way. */
  forget(): void {
    this.#since = this.#options.buffer.end;
    this.#turn = null;
    this.#stopWork();
    this.#guess?.cancel();
    this.#guess = null;
    if (this.#detection !== null) this.#detector = newDetector(this.#detection);
  }

  /** Ends the turn here and now by somebody's word; without one, what waits in the buffer is the turn. */
  commit(): FinishedTurn {
    const { buffer, engines, hints, newItemId } = this.#options;
    const to = buffer.end;
    const turn = this.#turn ?? { itemId: newItemId(), from: buffer.start };
    const voiced = this.#detector?.speaking === true ? this.#detector.voiced : to;
    const recognition = recognise(engines.hear, buffer.heard(turn.from, to), hints());
    this.forget();
    return { ...turn, to, voiced, recognition };
  }

  close(): void {
    this.detect(null);
  }

  #judge(probability: number, from: number, to: number): void {
    if (from < this.#since || this.#detector === null) return;
    for (const event of this.#detector.push(probability, from, to)) this.#act(event);
    if (this.#turn === null) this.#trim(to);
    else if (to - this.#turn.from > MAX_TURN) this.#endTurn(to);
    else if (this.#guess === null && this.#options.wantsInterim()) this.#interim.consider(this.#turn, to);
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
        this.#waitFor(null);
        this.#options.onResumed();
        return;
      case 'stopped':
        this.#finish(event.at, event.voiced);
    }
  }

  #begin(at: number): void {
    const { buffer, newItemId, onStarted } = this.#options;
    const padding = this.#detection?.type === 'server_vad' ? this.#detection.prefix_padding_ms : SEMANTIC_PADDING_MS;
    this.#turn = { itemId: newItemId(), from: Math.max(buffer.start, Math.round(at - padding * PER_MS)) };
    this.#interim.begin(at);
    this.#watchForStall();
    onStarted(this.#turn);
  }

  #guessWords(at: number): void {
    const turn = this.#turn;
    if (turn === null) return;
    const { engines, buffer, hints, onGuess, onInterim, onDropped, wantsInterim } = this.#options;
    this.#interim.stop();
    const guess = recognise(engines.hear, buffer.heard(turn.from, at), hints());
    this.#guess = guess;
    guess.heard.then(
      ({ text }) => {
        if (this.#guess !== guess) return;
        this.#waitFor(text);
        if (wantsInterim()) onInterim(turn, text);
      },
      () => {
        // The end of the turn asks once more.
        if (this.#guess !== guess) return;
        this.#guess = null;
        onDropped('guess');
      },
    );
    onGuess(turn, guess);
  }

  #finish(to: number, voiced: number): void {
    const turn = this.#turn;
    if (turn === null) return;
    const { engines, buffer, hints, onStopped } = this.#options;
    const recognition = this.#guess ?? recognise(engines.hear, buffer.heard(turn.from, to), hints());
    this.#guess = null;
    this.#turn = null;
    this.#stopWork();
    this.#waitFor(null);
    onStopped({ ...turn, to, voiced, recognition });
  }

  #endTurn(at: number): void {
    const event = this.#detector?.end(at) ?? null;
    if (event !== null) this.#act(event);
  }

  /** How much silence ends the turn, now that its words may be `text`. */
  #waitFor(text: string | null): void {
    if (this.#detector !== null && this.#detection !== null) this.#detector.endAfter = endAfter(this.#detection, text);
  }

  /** With turns by hand, everything since the last commit is being said. */
  #followByHand(): void {
    const { buffer, newItemId, wantsInterim } = this.#options;
    if (!wantsInterim()) return;
    if (this.#turn === null) {
      this.#turn = { itemId: newItemId(), from: buffer.start };
      this.#interim.begin(buffer.start);
    }
    this.#interim.consider(this.#turn, buffer.end);
  }

  #stopWork(): void {
    this.#interim.stop();
    if (this.#stall !== null) clearTimeout(this.#stall);
    this.#stall = null;
  }

  #watchForStall(): void {
    if (this.#stall !== null) clearTimeout(this.#stall);
    this.#stall = this.#turn === null ? null : setTimeout(() => this.#endTurn(this.#options.buffer.end), STALL_MS);
  }

  #trim(judged: number): void {
    const { buffer } = this.#options;
    if (judged - buffer.start > IDLE_KEEP + 5 * ENGINE_RATE) buffer.advance(judged - IDLE_KEEP);
  }
}
