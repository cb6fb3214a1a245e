import { catchError, concat, defer, ignoreElements, merge, Subject, takeUntil, tap, throwError, type Observable } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import type { InterpreterDownlink } from '../../shared/interpretation.ts';
import { socket, type SocketEvent, type Wire } from '../socket.ts';
import { again, type Trials } from './again.ts';
import { Drain, paddingFrames } from './drain.ts';
import { gateUrl, readGate, VOICE_END } from './gate-messages.ts';
import { Lag } from './lag.ts';
import type { RtvtError } from './messages-errors.ts';
import type { RtvtOptions, RtvtToken } from './options.ts';
import type { SpeechStream } from './speech-stream.ts';

/** One stream of speech on a connection of its own, which acknowledges nothing: what the network has taken counts as heard. */

export interface GateSurroundings {
  readonly now: () => number;
  readonly emit: (told: InterpreterDownlink) => void;
  dropped(frames: number): void;
  note(what: string): void;
  /** A number that no connection had before. */
  generation(): number;
}

/** 2 s of sound. */
const HIGH_WATER_BYTES = 64_000;
/** A service that refuses does so at once. */
const PROVEN_MS = 5_000;

export class GateStream {
  readonly speech: SpeechStream;
  readonly #around: GateSurroundings;
  readonly #options: RtvtOptions;
  readonly #base: URL;
  readonly #over$ = new Subject<void>();
  #failure$ = new Subject<never>();
  #up: { readonly wire: Wire; readonly since: number; readonly trials: Trials; movedAt: number } | null = null;
  readonly #lag = new Lag();
  #connections = 0;
  #drain: Drain | null = null;
  #over = false;

  constructor(speech: SpeechStream, around: GateSurroundings, options: RtvtOptions, base: URL) {
    this.speech = speech;
    this.#around = around;
    this.#options = options;
    this.#base = base;
  }

  /** Runs the stream; completes when it is over, errors when no further try can mend it. */
  run(): Observable<never> {
    const reconnecting = (inMs: number, error: AssistantError): void => this.#around.emit({ type: 'reconnecting', inMs, error });
    return again({ options: this.#options, reconnecting }, (token, trials) => this.#connection(token, trials)).pipe(
      takeUntil(this.#over$),
    );
  }

  /** Throws `bad-option` for a frame of another size. */
  audio(pcm: Int16Array, at: number): void {
    if (this.#drain) return;
    if (this.#up && this.#lag.tooMuch(this.#around.now(), this.speech.ring.backlog)) this.#around.dropped(1);
    else if (this.speech.push(pcm, at)) this.#around.dropped(1);
    this.#pump();
  }

  close(): void {
    if (this.#drain) return;
    this.#drain = new Drain(this.#around.now());
    if (this.speech.ring.end > 0) this.speech.pad(paddingFrames(this.speech.settings.silenceMs));
    this.tick();
  }

  /** Several times a second. */
  tick(): void {
    this.#pump();
    const now = this.#around.now();
    const up = this.#up;
    if (up) {
      if (up.wire.bufferedAmount < HIGH_WATER_BYTES) up.movedAt = now;
      if (now - up.since >= PROVEN_MS) {
        up.trials.accepted();
        up.trials.proven();
      }
      const silenceMs = this.#options.silenceMs ?? 10_000;
      if (now - up.movedAt >= silenceMs)
        this.#failure$.error(new AssistantError('timed-out', `the network took nothing for ${silenceMs} ms`));
    }
    if (!this.#drain || this.#over) return;
    const { ring, open } = this.speech;
    const taken = up !== null && ring.backlog === 0 && up.wire.bufferedAmount === 0;
    const due = ring.end === 0 && !up ? 'over' : this.#drain.step(now, { taken, open });
    if (due === 'over') this.#end({ type: 'closed', stream: this.speech.name });
    else if (due === 'end') {
      up?.wire.send(VOICE_END);
      this.#drain.ended(now);
    }
  }

  #connection(token: RtvtToken, trials: Trials): Observable<never> {
    return defer(() => {
      this.#failure$ = new Subject();
      const { connectTimeoutMs, WebSocket } = this.#options;
      const url = gateUrl(this.#base, this.#options, token, this.speech.settings);
      const closed$ = throwError(() => new AssistantError('socket-closed', 'the connection was closed'));
      return merge(
        concat(
          socket({ url, connectTimeoutMs, WebSocket }).pipe(
            tap((event) => {
              this.#take(event, trials);
            }),
            ignoreElements(),
          ),
          closed$,
        ),
        this.#failure$,
      ).pipe(catchError((cause: unknown) => throwError(() => this.#lost(AssistantError.from(cause, 'socket-closed')))));
    });
  }

  #take(event: SocketEvent, trials: Trials): void {
    if (event.type === 'open') {
      const now = this.#around.now();
      this.#up = { wire: event.wire, since: now, trials, movedAt: now };
      this.#connections += 1;
      this.#lag.reset();
      this.#drain?.again();
      this.speech.begin(this.#around.generation());
      this.#around.emit({ type: 'opened', stream: this.speech.name });
      this.#pump();
      return;
    }
    try {
      const message = readGate(event.data);
      if (message.type === 'refusal') this.#refused(message.error);
      else {
        trials.accepted();
        trials.proven();
        if (message.type === 'unknown') this.#around.note(`push ${message.method.slice(0, 32)}`);
        else this.speech.tell(message.push, this.#around.emit);
      }
    } catch (cause) {
      this.#around.emit({ type: 'complaint', error: AssistantError.from(cause, 'bad-message') });
    }
  }

  #refused(error: RtvtError): void {
    const first = this.#connections === 1;
    const again = error.code === 'token-refused' || (error.retryable && (error.code !== 'server-busy' || !first));
    if (again) this.#failure$.error(error);
    else this.#end({ type: 'refused', stream: this.speech.name, error });
  }

  #pump(): void {
    const { ring } = this.speech;
    const wire = this.#up?.wire;
    if (!wire || this.#over || this.#drain?.isEnded === true) return;
    while (ring.backlog > 0 && wire.bufferedAmount < HIGH_WATER_BYTES) {
      const frame = ring.next;
      ring.advance();
      wire.send(ring.bytes(frame));
      ring.take(frame);
      this.#lag.moved(this.#around.now(), ring.backlog);
    }
  }

  /** What a broken connection means for those who wait for the next. */
  #lost(error: AssistantError): AssistantError {
    const wasUp = this.#up !== null;
    this.#up = null;
    // The service hangs up behind the last result.
    if (this.#drain?.isEnded === true && error.code !== 'token-refused') this.#end({ type: 'closed', stream: this.speech.name });
    this.#drain?.again();
    const known = error.code === 'token-refused' || error.retryable;
    // No close code of such a server means anything once the connection was open.
    return wasUp && !known ? new AssistantError('socket-closed', error.message, { cause: error }) : error;
  }

  #end(told: InterpreterDownlink): void {
    if (this.#over) return;
    this.#over = true;
    this.#around.emit(told);
    this.#over$.next();
  }
}
