import {
  BehaviorSubject,
  EMPTY,
  filter,
  firstValueFrom,
  map,
  merge,
  Observable,
  Subject,
  Subscription,
  switchMap,
  takeWhile,
  tap,
  timer,
} from 'rxjs';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { MOST_LINES, settled } from '../../pipelines/caption-lines.ts';
import type { Behavior } from '../../shared/behavior.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import type { Device, Devices, Levels } from '../assistant.ts';
import { answer, ask, type Reply } from '../bridge.ts';
import { idleInterpreter, type Interpreter, type InterpreterState, type Side } from '../interpreter.ts';
import { isNotOver, whole } from '../run-end.ts';
import type { Host } from '../stage.ts';
import type { InterpreterCommand, InterpreterRunOptions } from './command.ts';
import { Publication } from './publication.ts';
import { isInterpreterQuestion, type InterpretQuestion } from './questions.ts';
import type { InterpreterStage } from './stage.ts';

/** What was being said at the end gets its last words within this, or counts as it stands. */
const LAST_WORDS_MS = 6_000;

/** An interpreter of one page: starts and stops the voice host's run, lends it the page's devices, and keeps what elements show. */
export class InterpreterSession implements Interpreter {
  readonly #stage: InterpreterStage;
  readonly #options: () => InterpreterRunOptions;
  readonly #state: BehaviorSubject<InterpreterState>;
  readonly #levels = new BehaviorSubject<Levels>({ input: 0, output: 0 });
  readonly #devices: BehaviorSubject<Devices>;
  readonly #commands = new Subject<InterpreterCommand>();
  readonly #publication: Publication;
  readonly #always = new Subscription();
  #running: Subscription | null = null;
  /** Nobody is listened to any more; the run is over when what was being said has its last words. */
  #ending = false;
  #runs = 0;

  readonly state: Behavior<InterpreterState>;
  readonly levels: Behavior<Levels> = this.#levels;
  readonly devices: Behavior<Devices>;

  /** `options` is asked at every start; languages, voice and mute as wished since then go before it. `chosen`: device ids. */
  constructor(
    stage: InterpreterStage,
    options: () => InterpreterRunOptions,
    chosen: Pick<Devices, 'microphone' | 'speaker'> = { microphone: null, speaker: null },
  ) {
    this.#stage = stage;
    this.#options = options;
    const { from, to, speakAloud, muted } = options();
    this.#state = new BehaviorSubject<InterpreterState>({ ...idleInterpreter, from, to, speakAloud, muted });
    this.state = this.#state;
    this.#devices = new BehaviorSubject<Devices>({
      ...chosen,
      camera: null,
      list: [],
      granted: null,
      canChooseSpeaker: stage.canChooseSpeaker,
    });
    this.devices = this.#devices;
    this.#publication = new Publication(
      (lines$) => stage.publish(lines$),
      this.#state,
      (changes) => this.#patch(changes),
    );
    this.#always.add(
      merge(
        stage.levels$.pipe(tap((levels) => this.#levels.next(levels))),
        stage.devices$.pipe(tap((list) => this.#devices.next({ ...this.#devices.value, list }))),
      ).subscribe(),
    );
  }

  dispose(): void {
    this.#halt('idle');
    this.#publication.close();
    this.#always.unsubscribe();
  }

  async start(): Promise<void> {
    if (this.#ending) this.#halt('ended');
    if (this.#running === null) this.#run();
    const state = await firstValueFrom(this.#state.pipe(filter(({ phase }) => phase !== 'connecting' && phase !== 'idle')));
    if (state.phase === 'error' && state.error !== null) throw AssistantError.fromFacts(state.error);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    // Who was never listened to has said nothing.
    if (this.#state.value.phase === 'connecting') {
      this.#halt('ended');
      return;
    }
    const over = new Promise<void>((resolve) => running.add(resolve));
    if (!this.#ending) {
      this.#ending = true;
      this.#patch({ phase: 'ending', microphone: 'off', playing: false, speaking: null });
      this.#levels.next({ input: 0, output: 0 });
      this.#commands.next({ type: 'end' });
      running.add(timer(LAST_WORDS_MS).subscribe(() => this.#halt('ended')));
    }
    await over;
  }

  setLanguages(from: string, to: string | null): void {
    this.#patch({ from, to });
    this.#commands.next({ type: 'languages', from, to });
  }

  swap(): void {
    const { from, to } = this.#state.value;
    if (to !== null) this.setLanguages(to, from);
  }

  mute(muted: boolean): void {
    this.#patch({ muted });
    this.#commands.next({ type: 'mute', muted });
  }

  speakAloud(on: boolean): void {
    this.#patch({ speakAloud: on });
    this.#commands.next({ type: 'aloud', on });
  }

  hold(side: Side, down: boolean): void {
    this.#commands.next({ type: 'hold', side, down });
  }

  hush(): void {
    this.#commands.next({ type: 'hush' });
  }

  async setDevice(kind: Device['kind'], id: string | null): Promise<void> {
    if (kind === 'camera') throw new AssistantError('unsupported', 'an interpreter sees nothing', { field: 'camera' });
    this.#devices.next({ ...this.#devices.value, [kind]: id });
    if (kind === 'microphone') this.#stage.chooseMicrophone(id);
    else await this.#stage.chooseSpeaker(id);
  }

  setVolume(gain: number): void {
    this.#stage.setVolume(gain);
  }

  diagnose(): Promise<Readonly<Record<string, unknown>>> {
    return this.#stage.report(this.#state.value, this.#devices.value);
  }

  share(): Promise<string> {
    return this.#publication.open();
  }

  retry(): void {
    if (this.#running === null) this.#run();
  }

  #patch(changes: Partial<InterpreterState>): void {
    this.#state.next({ ...this.#state.value, ...changes });
  }

  #run(): void {
    const { from, to, speakAloud, muted, lines: kept } = this.#state.value;
    this.#runs += 1;
    const options = { ...this.#options(), from, to, speakAloud, muted, run: this.#runs };
    this.#patch({ phase: 'connecting', error: null, notice: null });
    const running = new Subscription();
    this.#running = running;
    running.add(
      this.#stage.host$
        .pipe(
          switchMap((host) => whole(this.#interpret(host, { what: 'interpret', options }))),
          takeWhile(isNotOver),
        )
        .subscribe({
          next: ({ lines, phase, ...changes }) => {
            // What was told before it heard of its end.
            const where = phase === undefined || this.#ending ? {} : { phase };
            const said = lines === undefined ? {} : { lines: [...kept, ...lines].slice(-MOST_LINES) };
            this.#patch({ ...changes, ...where, ...said });
          },
          error: (cause: unknown) => {
            if (this.#ending) this.#halt('ended');
            else this.#halt('error', AssistantError.from(cause).toFacts());
          },
          complete: () => {
            const { error } = this.#state.value;
            this.#halt(error === null ? 'ended' : 'error', error);
          },
        }),
    );
  }

  /** Lends the host what it asks for, passes it every wish once it listens, and follows its state. */
  #interpret(host: Host, question: InterpretQuestion): Observable<Partial<InterpreterState>> {
    return new Observable<Partial<InterpreterState>>((subscriber) => {
      let waiting: InterpreterCommand[] | null = [];
      const pass = (command: InterpreterCommand): void => {
        if (waiting === null) host.port.postMessage({ command }, []);
        else waiting.push(command);
      };
      const lending = answer(host.port, (asked) => this.#lend(asked)).subscribe();
      lending.add(this.#commands.subscribe(pass));
      lending.add(
        ask<Partial<InterpreterState>>(host.port, question)
          .pipe(
            tap(() => {
              const wishes = waiting ?? [];
              waiting = null;
              wishes.forEach(pass);
            }),
          )
          .subscribe(subscriber),
      );
      return lending;
    });
  }

  #lend(asked: unknown): Observable<Reply> {
    if (!isInterpreterQuestion(asked)) return EMPTY;
    switch (asked.what) {
      case 'microphone':
        return this.#stage.microphone(asked.rate).pipe(
          tap(({ granted }) => {
            this.#devices.next({ ...this.#devices.value, granted });
          }),
          map(({ port }) => ({ value: port, transfer: [port] })),
        );
      case 'speaker':
        return this.#stage.speaker().pipe(map(({ port }) => ({ value: port, transfer: [port] })));
      case 'rtvt-token':
        return this.#stage.token(asked.reason).pipe(map((value) => ({ value })));
      case 'decode':
        return this.#stage.decode(asked.audio).pipe(map((value) => ({ value })));
    }
  }

  /** Nobody hears how the last sentence would have gone on: it counts as it stands, is read aloud and is shared so. */
  get #settled(): readonly CaptionLine[] {
    return settled(this.#state.value.lines, null);
  }

  #halt(phase: 'idle' | 'ended' | 'error', error: ErrorFacts | null = null): void {
    const running = this.#running;
    this.#running = null;
    this.#ending = false;
    this.#patch({ phase, error, lines: this.#settled, microphone: 'off', playing: false, speaking: null });
    this.#levels.next({ input: 0, output: 0 });
    running?.unsubscribe();
  }
}
