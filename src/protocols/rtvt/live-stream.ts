import type { Subscription } from 'rxjs';
import type { InterpreterDownlink, StreamSettings } from '../../shared/interpretation.ts';
import { AssistantError } from '../../shared/errors.ts';
import { Lag } from './lag.ts';
import type { Link } from './link.ts';
import { readVoiceStartAnswer } from './messages-answers.ts';
import { RTVT_CODE, RtvtError } from './messages-errors.ts';
import type { Push } from './messages-pushes.ts';
import { METHOD, writeVoiceEnd, writeVoiceStart, type VoiceStart } from './messages.ts';
import type { SpeechStream } from './speech-stream.ts';

/** One stream of speech on the links that come and go: begun, fed as fast as it is acknowledged, drained and ended. */

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

/** Frames without an answer: 2 s of sound, so that a round trip may take as long. */
const MOST_IN_FLIGHT = 100;
const PADDING_FRAMES = 50;
const DRAIN_MS = 5_000;
const LINGER_MS = 3_000;
const GIVE_UP_MS = 30_000;
const MOST_TRIES = 6;

type Phase =
  | { readonly name: 'waiting'; readonly from: number }
  | { readonly name: 'starting'; readonly asked: Subscription | null }
  | { readonly name: 'live'; readonly id: bigint; readonly since: number }
  | { readonly name: 'ending'; readonly id: bigint }
  | { readonly name: 'lingering'; readonly id: bigint; readonly since: number }
  | { readonly name: 'over' };

export class LiveStream {
  readonly speech: SpeechStream;
  readonly #around: Surroundings;
  #link: Link | null = null;
  #phase: Phase = { name: 'waiting', from: 0 };
  #generation = 0;
  #inFlight = 0;
  /** Frames sent on this server's stream: they are numbered without a gap, whatever was dropped. */
  #sent = 0;
  /** Consecutive begins that came to nothing. */
  #tries = 0;
  #complainedAt = -Infinity;
  readonly #lag = new Lag();
  #closing: { readonly since: number; drainedAt: number | null } | null = null;

  constructor(speech: SpeechStream, around: Surroundings) {
    this.speech = speech;
    this.#around = around;
  }

  get over(): boolean {
    return this.#phase.name === 'over';
  }

  get closing(): boolean {
    return this.#closing !== null;
  }

  /** Throws `bad-option` for a frame of another size. */
  audio(pcm: Int16Array, at: number): void {
    if (this.#closing) return;
    const { ring } = this.speech;
    if (this.#phase.name === 'live' && this.#lag.tooMuch(this.#around.now(), ring.backlog)) this.#around.dropped(1);
    else if (this.speech.push(pcm, at)) this.#around.dropped(1);
    this.#pump();
  }

  /** No more speech comes. */
  close(): void {
    if (this.#closing) return;
    this.#closing = { since: this.#around.now(), drainedAt: null };
    if (this.speech.ring.end > 0) this.speech.pad(PADDING_FRAMES);
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
    const ended = this.#phase.name === 'lingering';
    this.#unidentify();
    this.#inFlight = 0;
    this.#tries = 0;
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
    const closing = this.#closing;
    if (!closing || this.over) return;
    const { ring } = this.speech;
    const never = ring.end === 0 && this.#phase.name !== 'live';
    if (never || now - closing.since >= GIVE_UP_MS) {
      this.#finish();
    } else if (this.#phase.name === 'live' && ring.takenThrough === ring.end) {
      closing.drainedAt ??= now;
      if (!this.speech.open || now - closing.drainedAt >= DRAIN_MS) this.#askEnd(this.#phase.id);
    } else if (this.#phase.name === 'lingering' && now - this.#phase.since >= LINGER_MS) this.#finish();
  }

  /** Nothing is missing that would be worth a new stream. */
  #settled(): boolean {
    const { ring, open } = this.speech;
    return ring.takenThrough === ring.end && !open;
  }

  #start(): void {
    if (!this.#link || this.#phase.name !== 'waiting') return;
    this.#phase = { name: 'starting', asked: null };
    const asked = this.#link.ask(METHOD.voiceStart, writeVoiceStart(startOf(this.speech.settings))).subscribe({
      next: (fields) => {
        this.#started(readVoiceStartAnswer(fields));
      },
      error: (cause: unknown) => {
        this.#notStarted(AssistantError.from(cause, 'bad-message'));
      },
    });
    // The answer may have come at once.
    if ((this.#phase as Phase).name === 'starting') this.#phase = { name: 'starting', asked };
  }

  #started(id: bigint): void {
    this.#generation = this.#around.generation();
    this.#phase = { name: 'live', id, since: this.#around.now() };
    this.#inFlight = this.#sent = 0;
    this.#lag.reset();
    if (this.#closing) this.#closing.drainedAt = null;
    this.#around.identified(id, null);
    this.speech.begin(this.#generation);
    this.#around.emit({ type: 'opened', stream: this.speech.name });
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
    const again = error.retryable && (error.code !== 'server-busy' || this.#generation > 0) && this.#tries < MOST_TRIES;
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
    const link = this.#link;
    const phase = this.#phase;
    if (!link || phase.name !== 'live') return;
    const { ring } = this.speech;
    const generation = this.#generation;
    while (this.#inFlight < MOST_IN_FLIGHT && ring.backlog > 0 && this.#generation === generation) {
      const frame = ring.next;
      ring.advance();
      this.#inFlight += 1;
      link.voice(phase.id, this.#sent++, ring.bytes(frame), this.speech.ts(frame), (error, ms) => {
        this.#answered(generation, frame, error, ms);
      });
    }
  }

  #answered(generation: number, frame: number, error: RtvtError | null, ms: number): void {
    if (generation !== this.#generation || !this.#link || this.over || error?.rtvtCode === RTVT_CODE.closed) return;
    this.#inFlight -= 1;
    this.#lag.moved(this.#around.now(), this.speech.ring.backlog);
    if (error === null) {
      this.speech.ring.take(frame);
      this.#around.taken(ms);
    } else if (error.rtvtCode === RTVT_CODE.noStream && this.#phase.name === 'live') {
      // It expired: the sound that it did not take goes into a new one.
      this.#tries = this.#around.now() - this.#phase.since < DRAIN_MS ? this.#tries + 1 : 0;
      this.#generation = this.#around.generation();
      if (this.#tries >= MOST_TRIES) this.#end({ type: 'refused', stream: this.speech.name, error });
      else this.#wait();
      return;
    } else if (isNotLoggedIn(error.rtvtCode)) {
      this.#around.fail(new AssistantError('socket-closed', 'the connection is not logged in any more', { cause: error }));
      return;
    } else {
      // Sent again it would be refused again.
      this.speech.ring.take(frame);
      this.#complain(error);
    }
    this.#pump();
  }

  #complain(error: AssistantError): void {
    const now = this.#around.now();
    if (now - this.#complainedAt < 1_000) return;
    this.#complainedAt = now;
    this.#around.emit({ type: 'complaint', error });
  }

  #askEnd(id: bigint): void {
    this.#phase = { name: 'ending', id };
    const ended = (): void => {
      if (this.#phase.name !== 'ending') return;
      this.#phase = { name: 'lingering', id, since: this.#around.now() };
    };
    // An unknown stream, or no answer in time, is an end as well.
    this.#link?.ask(METHOD.voiceEnd, writeVoiceEnd({ streamId: id, lastSeq: this.#sent - 1 })).subscribe({
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
    if ('id' in this.#phase) this.#around.identified(null, this.#phase.id);
  }
}

const isNotLoggedIn = (rtvtCode: number | null): boolean => rtvtCode === RTVT_CODE.notLoggedIn || rtvtCode === 800001;

/** `voiceStart` of what a page wishes. */
const startOf = (settings: StreamSettings): VoiceStart => ({
  asrResult: settings.transcribe ?? true,
  asrTempResult: settings.interim ?? true,
  transResult: settings.to !== null,
  srcLanguage: settings.from,
  destLanguage: settings.to ?? '',
  srcAltLanguage: settings.alternatives,
  ttsResult: settings.speak,
  ttsSpeaker: settings.voice,
  userId: settings.userId,
  codec: settings.codec,
  attrs: settings.attributes,
  vadSilenceTime: settings.silenceMs,
});
