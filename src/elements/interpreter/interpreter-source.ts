import type { PropertyValues } from 'lit';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { CaptionSource, CaptionSourceState } from '../../session/caption-source.ts';
import { idleInterpreter, type Interpreter, type InterpreterState } from '../../session/interpreter.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import { textFor } from '../caption-rows/viewer-choice.ts';
import { Followed } from '../captions/followed.ts';
import { noDevices } from '../session-value.ts';
import type { InterpreterProperties } from './interpreter-properties.ts';
import type { Pair } from './language-choice.ts';

/** What `<viva-interpreter>` shows: its interpreter, made when it is to begin, or the room that it reads along in. */

const MOST_EARLIER = 500;
const making = ['endpoint', 'tokenUrl', 'turn', 'connect'] as const;
const reading = ['room', 'roomUrl', 'roomToken'] as const;
const unread: CaptionSourceState = { phase: 'idle', lines: [], to: null, error: null, notice: null };

export class InterpreterSource {
  readonly #host: InterpreterProperties;
  readonly #state: Followed<InterpreterState>;
  readonly #room: Followed<CaptionSourceState>;
  /** The interpreter that this tag made; its end is this tag's business. */
  #made: Interpreter | null = null;
  #making: Promise<Interpreter> | null = null;
  #followed: CaptionSource | null = null;
  #joining: Promise<CaptionSource> | null = null;
  /** Languages chosen before there is an interpreter. */
  #wished: Pair | null = null;
  /** What was said before the interpreter was made anew. */
  #earlier: readonly CaptionLine[] = [];
  #makes = 0;
  #told: ErrorFacts | null = null;

  /** `failed` is told every failure once. */
  constructor(host: InterpreterProperties, failed: (facts: ErrorFacts) => void) {
    this.#host = host;
    const tell = ({ error, notice }: CaptionSourceState): void => {
      const facts = error ?? notice;
      if (facts !== null && facts !== this.#told) failed(facts);
      this.#told = facts;
    };
    this.#state = new Followed<InterpreterState>(host, () => this.interpreter?.state ?? null, idleInterpreter, tell);
    this.#room = new Followed<CaptionSourceState>(host, () => this.#followed?.state ?? null, unread, tell);
  }

  /** Null before the first start. */
  get interpreter(): Interpreter | null {
    return this.#host.interpreter ?? this.#made;
  }

  get state(): InterpreterState {
    return this.#state.value;
  }

  /** This tag reads along in a room, and does nothing else. */
  get reads(): boolean {
    return this.#host.room !== null && this.#host.room !== '';
  }

  get phase(): InterpreterState['phase'] {
    return this.reads ? this.#room.value.phase : this.state.phase;
  }

  /** It listens, or is about to again. */
  get running(): boolean {
    return isLive(this.state.phase);
  }

  /** There is, or may be, a translation to read. */
  get translates(): boolean {
    return this.reads || this.pair.to !== null;
  }

  /** Lines that have something to read. */
  get lines(): readonly CaptionLine[] {
    const lines = this.reads ? this.#room.value.lines : [...this.#earlier, ...this.state.lines];
    return lines.filter((line) => textFor(line, 'original') !== null || textFor(line, 'translation') !== null);
  }

  get trouble(): Pick<CaptionSourceState, 'error' | 'notice'> {
    return this.reads ? this.#room.value : this.state;
  }

  get pair(): Pair {
    if (this.interpreter !== null) return this.state;
    return this.#wished ?? { from: this.#host.from ?? 'en', to: this.#host.to };
  }

  /** A room is joined without a press; once, and again when another one is named. */
  get joined(): boolean {
    return this.#joining !== null;
  }

  /** Makes the interpreter when there is none; opens nothing. */
  async made(): Promise<Interpreter> {
    return this.#make();
  }

  /** Also of a room that is read along in, which is told as an interpreter that never ran. */
  async diagnose(): Promise<Readonly<Record<string, unknown>>> {
    if (!this.reads) return (await this.#make()).diagnose();
    const { reportInterpreter } = await import('../viva-voce/caption-edges.ts');
    return reportInterpreter({ ...idleInterpreter, ...this.#room.value }, noDevices);
  }

  async start(): Promise<void> {
    const source = await (this.reads ? this.#join() : this.#make());
    await source.start();
  }

  async stop(): Promise<void> {
    await (this.reads ? this.#followed : this.interpreter)?.stop();
  }

  /** Begins anew after a failure; what could not be made is made once more. */
  retry(): Promise<void> {
    const source = this.reads ? this.#followed : this.interpreter;
    if (source?.state.value.error == null) {
      if (source === null) this.#leave();
      return this.start();
    }
    source.retry();
    return Promise.resolve();
  }

  choose(pair: Pair): void {
    this.#wished = pair;
    this.interpreter?.setLanguages(pair.from, pair.to);
    this.#host.requestUpdate();
  }

  swap(): void {
    const { from, to } = this.pair;
    if (to === null) return;
    if (this.interpreter !== null) this.interpreter.swap();
    else this.choose({ from: to, to: from });
  }

  /** Attributes changed: those that a running interpreter cannot follow end it. */
  update(changed: PropertyValues<InterpreterProperties>): void {
    if (!this.#host.hasUpdated) return;
    if (making.some((name) => changed.has(name))) this.#forget();
    if (reading.some((name) => changed.has(name))) this.#leave();
    if (!changed.has('from') && !changed.has('to')) return;
    this.#wished = null;
    this.#made?.setLanguages(this.#host.from ?? 'en', this.#host.to);
  }

  dispose(): void {
    this.#forget();
    this.#leave();
  }

  #make(): Promise<Interpreter> {
    if (this.interpreter !== null) return Promise.resolve(this.interpreter);
    if (this.#making !== null) return this.#making;
    const begun = this.#connect().then((interpreter) => {
      if (this.#making !== begun) {
        interpreter.dispose();
        throw abandoned();
      }
      this.#made = interpreter;
      this.#host.requestUpdate();
      return interpreter;
    });
    begun.catch(() => {
      if (this.#making === begun) this.#making = null;
    });
    this.#making = begun;
    return begun;
  }

  async #connect(): Promise<Interpreter> {
    const { endpoint, tokenUrl, tokenProvider, turn } = this.#host;
    const connect = this.#host.connect ?? (await import('../viva-voce/caption-edges.ts')).connectInterpreter;
    if (!this.#host.isConnected) throw abandoned();
    return connect({ ...this.pair, endpoint, tokenUrl, tokenProvider, turn: turn === 'hold' ? 'hold' : 'vad' });
  }

  #join(): Promise<CaptionSource> {
    if (this.#joining !== null) return this.#joining;
    const joining = this.#follow().then((source) => {
      if (this.#joining !== joining) {
        source.dispose();
        throw abandoned();
      }
      this.#followed = source;
      this.#host.requestUpdate();
      return source;
    });
    this.#joining = joining;
    return joining;
  }

  async #follow(): Promise<CaptionSource> {
    const { endpoint, tokenUrl, room, roomUrl, roomToken } = this.#host;
    const follow = this.#host.follow ?? (await import('../viva-voce/caption-edges.ts')).connectCaptions;
    if (!this.#host.isConnected) throw abandoned();
    return follow({ from: null, to: null, endpoint, tokenUrl, tokenProvider: null, room, roomUrl, roomToken, media: null });
  }

  #leave(): void {
    this.#followed?.dispose();
    this.#followed = null;
    this.#joining = null;
  }

  #forget(): void {
    this.#making = null;
    if (this.#made === null) return;
    this.#made.dispose();
    // Behind its end, which makes what was being said count.
    const { lines, from, to } = this.#made.state.value;
    // The next one may name its streams as this one did.
    const kept = lines.map((line) => ({ ...line, id: `${this.#makes} ${line.id}` }));
    this.#makes += 1;
    this.#earlier = [...this.#earlier, ...kept].slice(-MOST_EARLIER);
    this.#wished = { from, to };
    this.#made = null;
  }
}

export const isLive = (phase: InterpreterState['phase']): boolean => ['listening', 'connecting', 'reconnecting'].includes(phase);

const abandoned = (): DOMException => new DOMException('Nobody waits for it any more', 'AbortError');
