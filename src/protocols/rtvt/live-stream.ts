import type { Subscription } from 'rxjs';
import type { InterpreterDownlink } from '../../shared/interpretation.ts';
import { AssistantError } from '../../shared/errors.ts';
import { Drain, paddingFrames } from './drain.ts';
import { Flight } from './flight.ts';
import { Lag } from './lag.ts';
import type { Link } from './link.ts';
import { readVoiceStartAnswer } from './messages-answers.ts';
import { RTVT_CODE, RtvtError } from './messages-errors.ts';
import type { Push } from './messages-pushes.ts';
import { METHOD, writeVoiceEnd, writeVoiceStart } from './messages.ts';
import type { SpeechStream } from './speech-stream.ts';
import { startOf } from './start-of.ts';

/** One stream of speech on the links that come and go: begun on each, fed, drained and ended. */

/** What a stream needs of its surroundings. */
export interface Surroundings {
  readonly now: () => number;
  readonly emit: (told: InterpreterDownlink) => void;
  /** The link is of no use any more. */
  fail(error: AssistantError): void;
  /** A frame was acknowledged. */
  taken(roundTripMs: number): void;
  dropped(frames: number): void;
  /** A number that no server stream had before. */
  generation(): number;
  /** The stream goes by this id now, and by `old` no more. */
  identified(id: bigint | null, old: bigint | null): void;
}

const MOST_TRIES = 6;
/** A server's stream that lives so long was not begun in vain. */
const LIVED_MS = 5_000;

type Phase =
  | { readonly name: 'waiting'; readonly from: number }
  | { readonly name: 'starting'; readonly asked: Subscription | null }
  | { readonly name: 'live'; readonly id: bigint; readonly since: number; readonly flight: Flight }
  /** The service is told, or knows, that this was all. */
  | { readonly name: 'ending'; readonly id: bigint }
  | { readonly name: 'over' };

export class LiveStream {
  readonly speech: SpeechStream;
  readonly #around: Surroundings;
  #link: Link | null = null;
  #phase: Phase = { name: 'waiting', from: 0 };
  /** A server had this stream before. */
  #lived = false;
  /** Consecutive begins that came to nothing. */
  #tries = 0;
  #complainedAt = -Infinity;
  readonly #lag = new Lag();
  #drain: Drain | null = null;

  constructor(speech: SpeechStream, around: Surroundings) {
    this.speech = speech;
    this.#around = around;
  }

  get over(): boolean {
    return this.#phase.name === 'over';
  }

  get closing(): boolean {
    return this.#drain !== null;
  }

  /** Throws `bad-option` for a frame of another size. */
  audio(pcm: Int16Array, at: number): void {
    if (this.#drain) return;
    const { ring } = this.speech;
    if (this.#phase.name === 'live' && this.#lag.tooMuch(this.#around.now(), ring.backlog)) this.#around.dropped(1);
    else if (this.speech.push(pcm, at)) this.#around.dropped(1);
    this.#pump();
  }

  /** No more speech comes. */
  close(): void {
    if (this.#drain) return;
    this.#drain = new Drain(this.#around.now());
    if (this.speech.ring.end > 0) this.speech.pad(paddingFrames(this.speech.settings.silenceMs));
    this.#pump();
    this.tick();
  }

  connected(link: Link): void {
    this.#link = link;
    this.#start();
  }

  lost(): void {
    this.#link = null;
    if (this.#phase.name === 'starting') this.#phase.asked?.unsubscribe();
    if (this.#phase.name === 'over') return;
    // Before its end was answered the service may have had words that it never told.
    const ended = this.#drain?.isEnded === true;
    this.#unidentify();
    this.#tries = 0;
    this.#drain?.again();
    this.#phase = { name: 'waiting', from: 0 };
    if (ended && this.#settled()) this.#end({ type: 'closed', stream: this.speech.name });
  }

  push(push: Push): void {
    this.speech.tell(push, this.#around.emit);
  }

  /** Several times a second: begins again what failed, ends what is drained. */
  tick(): void {
    const now = this.#around.now();
    if (this.#phase.name === 'waiting' && now >= this.#phase.from) this.#start();
    if (!this.#drain || this.over) return;
    const { ring, open } = this.speech;
    const never = ring.end === 0 && this.#phase.name !== 'live';
    const taken = this.#phase.name === 'live' && ring.takenThrough === ring.end;
    const due = never ? 'over' : this.#drain.step(now, { taken, open });
    if (due === 'over') this.#finish();
    else if (due === 'end' && this.#phase.name === 'live') this.#askEnd(this.#phase, this.#drain);
  }

  /** Nothing is missing that would be worth a new stream. */
  #settled(): boolean {
    const { ring, open } = this.speech;
    return ring.takenThrough === ring.end && !open;
  }

  #start(): void {
    const link = this.#link;
    if (!link || this.#phase.name !== 'waiting') return;
    this.#phase = { name: 'starting', asked: null };
    const asked = link.ask(METHOD.voiceStart, writeVoiceStart(startOf(this.speech.settings))).subscribe({
      next: (fields) => {
        this.#started(link, readVoiceStartAnswer(fields));
      },
      error: (cause: unknown) => {
        this.#notStarted(AssistantError.from(cause, 'bad-message'));
      },
    });
    // The answer may have come at once.
    if ((this.#phase as Phase).name === 'starting') this.#phase = { name: 'starting', asked };
  }

  #started(link: Link, id: bigint): void {
    const around = this.#around;
    this.#lived = true;
    this.#lag.reset();
    this.#drain?.again();
    const flight = new Flight({
      ...{ link, id, speech: this.speech, lag: this.#lag, now: around.now },
      taken: (ms) => around.taken(ms),
      refused: (error) => this.#frameRefused(error),
    });
    this.#phase = { name: 'live', id, since: around.now(), flight };
    around.identified(id, null);
    this.speech.begin(around.generation());
    around.emit({ type: 'opened', stream: this.speech.name });
    this.#pump();
  }

  #notStarted(error: AssistantError): void {
    const rtvtCode = error instanceof RtvtError ? error.rtvtCode : null;
    if (rtvtCode === RTVT_CODE.closed) return;
    if (isNotLoggedIn(rtvtCode)) {
      this.#around.fail(new AssistantError('socket-closed', 'the connection is not logged in any more', { cause: error }));
      return;
    }
    this.#tries += 1;
    // A server that is full says so at once; one that had this stream before may not have noticed that it is gone.
    const again = error.retryable && (error.code !== 'server-busy' || this.#lived) && this.#tries < MOST_TRIES;
    if (again) this.#wait();
    else this.#end({ type: 'refused', stream: this.speech.name, error });
  }

  /** Tries again a little later, the later the oftener it failed. */
  #wait(): void {
    this.#unidentify();
    this.#phase = { name: 'waiting', from: this.#around.now() + (this.#tries === 0 ? 0 : 250 * 2 ** this.#tries) };
    this.tick();
  }

  #pump(): void {
    if (this.#phase.name === 'live') this.#phase.flight.pump();
  }

  /** Whether the others go on without it. */
  #frameRefused(error: RtvtError): boolean {
    if (error.rtvtCode === RTVT_CODE.noStream && this.#phase.name === 'live') {
      // It expired: the sound that it did not take goes into a new one.
      this.#tries = this.#around.now() - this.#phase.since < LIVED_MS ? this.#tries + 1 : 0;
      if (this.#tries >= MOST_TRIES) this.#end({ type: 'refused', stream: this.speech.name, error });
      else this.#wait();
      return false;
    }
    if (isNotLoggedIn(error.rtvtCode)) {
      this.#around.fail(new AssistantError('socket-closed', 'the connection is not logged in any more', { cause: error }));
      return false;
    }
    this.#complain(error);
    return true;
  }

  #complain(error: AssistantError): void {
    const now = this.#around.now();
    if (now - this.#complainedAt < 1_000) return;
    this.#complainedAt = now;
    this.#around.emit({ type: 'complaint', error });
  }

  #askEnd({ id, flight }: Extract<Phase, { readonly name: 'live' }>, drain: Drain): void {
    this.#phase = { name: 'ending', id };
    const ended = (): void => {
      if (this.#phase.name === 'ending' && this.#phase.id === id) drain.ended(this.#around.now());
    };
    // An unknown stream, or no answer in time, is an end as well.
    this.#link?.ask(METHOD.voiceEnd, writeVoiceEnd({ streamId: id, lastSeq: flight.lastSeq })).subscribe({
      error: ended,
      complete: ended,
    });
  }

  #finish(): void {
    const phase = this.#phase;
    if (phase.name === 'live') {
      const ignored = (): void => undefined;
      this.#link?.ask(METHOD.voiceEnd, writeVoiceEnd({ streamId: phase.id })).subscribe({ error: ignored });
    }
    this.#end({ type: 'closed', stream: this.speech.name });
  }

  #end(told: InterpreterDownlink): void {
    if (this.#phase.name === 'starting') this.#phase.asked?.unsubscribe();
    this.#unidentify();
    this.#phase = { name: 'over' };
    this.#around.emit(told);
  }

  #unidentify(): void {
    if (this.#phase.name === 'live') this.#phase.flight.stop();
    if ('id' in this.#phase) this.#around.identified(null, this.#phase.id);
  }
}

const isNotLoggedIn = (rtvtCode: number | null): boolean => rtvtCode === RTVT_CODE.notLoggedIn || rtvtCode === 800001;
