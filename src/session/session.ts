import {
  BehaviorSubject,
  concat,
  defer,
  filter,
  firstValueFrom,
  merge,
  Subject,
  Subscription,
  switchMap,
  take,
  takeWhile,
  tap,
} from 'rxjs';
import type { Behavior } from '../shared/behavior.ts';
import { AssistantError } from '../shared/errors.ts';
import type { InterruptCause } from '../shared/wire.ts';
import type { Assistant, Device, Devices, Levels, Pictures } from './assistant.ts';
import type { Command } from './command.ts';
import { converse, type Lent } from './lending.ts';
import type { VoiceOptions } from './options.ts';
import { PictureTaker } from './pictures.ts';
import { isNotOver, whole } from './run-end.ts';
import { settled } from './settled.ts';
import type { Stage } from './stage.ts';
import { idle, type SessionState } from './state.ts';
import type { RunQuestion } from './voice-questions.ts';

/** A conversation of one page: starts and stops the voice host's run, lends it the page's devices, and keeps what elements show. */
export class Session implements Assistant {
  readonly #stage: Stage;
  readonly #options: () => VoiceOptions;
  readonly #state = new BehaviorSubject<SessionState>(idle);
  readonly #levels = new BehaviorSubject<Levels>({ input: 0, output: 0 });
  readonly #devices: BehaviorSubject<Devices>;
  readonly #commands = new Subject<Command>();
  readonly #pictures: PictureTaker;
  readonly #idle = new Subscription();
  #running: Subscription | null = null;
  /** How the last conversation began: a new try opens no microphone that was not wanted. */
  #voice = true;
  /** Wishes made before the host was there; null = it is. */
  #waiting: Command[] | null = null;
  readonly #lent: Lent;

  readonly state: Behavior<SessionState> = this.#state;
  readonly levels: Behavior<Levels> = this.#levels;
  readonly devices: Behavior<Devices>;
  readonly pictures: Behavior<Pictures>;

  /** `options` is asked at every start, so that attributes may change in between. */
  constructor(stage: Stage, options: () => VoiceOptions, chosen: Pick<Devices, 'microphone' | 'speaker' | 'camera'>) {
    this.#stage = stage;
    this.#options = options;
    this.#devices = new BehaviorSubject<Devices>({
      ...chosen,
      list: [],
      granted: null,
      canChooseSpeaker: stage.canChooseSpeaker,
    });
    this.#pictures = new PictureTaker(stage, () => this.#devices.value.camera);
    this.#lent = {
      stage,
      commands$: defer(() => {
        const waiting = this.#waiting ?? [];
        this.#waiting = null;
        return concat(waiting, this.#commands);
      }),
      granted: (granted) => {
        this.#devices.next({ ...this.#devices.value, granted });
      },
    };
    this.devices = this.#devices;
    this.pictures = this.#pictures.shown;
    this.#idle.add(
      merge(
        stage.devices$.pipe(tap((list) => this.#devices.next({ ...this.#devices.value, list }))),
        stage.levels$.pipe(tap((levels) => this.#levels.next(levels))),
        stage.soundBlocked$.pipe(
          tap((blocked) => {
            this.#tellBlocked(blocked);
          }),
        ),
        this.pictures.pipe(
          filter(({ camera, screen }) => (camera ?? screen) !== null),
          take(1),
          switchMap(() => import('./picture-turns.ts')),
          switchMap(({ pictureTurns }) =>
            pictureTurns(
              this.#state,
              () => this.#pictures.stills(),
              () => this.#options().frameEveryMs,
            ),
          ),
          tap((dataUrl) => {
            this.#show([dataUrl], '', false);
          }),
        ),
      ).subscribe(),
    );
  }

  /** Lets go of everything, for good. */
  dispose(): void {
    this.#idle.unsubscribe();
    this.#halt('idle');
    this.#pictures.stop();
  }

  async start({ voice = true }: { readonly voice?: boolean } = {}): Promise<void> {
    if (this.#running === null) this.#run(voice);
    else if (voice) this.#command({ type: 'voice', on: true });
    await this.#settled();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async by contract: stopping may one day have to wait for the wire
  async stop(): Promise<void> {
    if (this.#running !== null) this.#halt('ended');
  }

  mute(muted: boolean): void {
    this.#command({ type: 'mute', muted });
  }

  hold(down: boolean): void {
    this.#command({ type: 'hold', down });
  }

  interrupt(cause: InterruptCause = 'button'): void {
    this.#command({ type: 'interrupt', cause });
  }

  async send(text: string, { images = [] }: { readonly images?: readonly string[] } = {}): Promise<void> {
    if (this.#running === null) this.#run(false);
    const ready = this.#settled();
    this.#show(await this.#pictures.stills(), '', false);
    if (images.length > 0) this.#show(images, text, true);
    else this.#command({ type: 'text', id: this.#stage.newId(), text });
    await ready;
  }

  addContext(text: string): void {
    this.#command({ type: 'context', id: this.#stage.newId(), text });
  }

  retry(): void {
    if (this.#running === null) this.#run(this.#voice);
    else this.#command({ type: 'retry' });
  }

  async setDevice(kind: Device['kind'], id: string | null): Promise<void> {
    this.#devices.next({ ...this.#devices.value, [kind]: id });
    if (kind === 'microphone') this.#stage.chooseMicrophone(id);
    else if (kind === 'speaker') await this.#stage.chooseSpeaker(id);
    else if (this.#pictures.shown.value.camera !== null) await this.#pictures.start('camera');
  }

  setVolume(gain: number): void {
    this.#stage.setVolume(gain);
  }

  startCamera(): Promise<void> {
    return this.#pictures.start('camera');
  }

  stopCamera(): void {
    this.#pictures.stop('camera');
  }

  startScreen(): Promise<void> {
    return this.#pictures.start('screen');
  }

  stopScreen(): void {
    this.#pictures.stop('screen');
  }

  async snapshot(question = ''): Promise<void> {
    const stills = await this.#pictures.stills();
    if (stills.length === 0) throw new AssistantError('camera-missing', 'neither camera nor screen goes along');
    if (this.#running === null) this.#run(false);
    this.#show(stills, question, question !== '');
  }

  unlock(): Promise<void> {
    return this.#stage.unlock();
  }

  diagnose(): Promise<Readonly<Record<string, unknown>>> {
    return this.#stage.report(this.#state.value, this.#devices.value);
  }

  /** Pictures one after the other; what is written stands with the last. */
  #show(pictures: readonly string[], written: string, answered: boolean): void {
    pictures.forEach((dataUrl, index) => {
      const last = index === pictures.length - 1;
      this.#command({ type: 'image', id: this.#stage.newId(), dataUrl, text: last ? written : '', respond: last && answered });
    });
  }

  #command(command: Command): void {
    if (this.#waiting === null) this.#commands.next(command);
    else this.#waiting.push(command);
  }

  #patch(changes: Partial<SessionState>): void {
    const { transcript, ...others } = { ...this.#state.value, ...changes };
    const over = changes.phase === 'ended' || changes.phase === 'error';
    this.#state.next({ ...others, transcript: over ? settled(transcript) : transcript });
  }

  /** Sound that only a touch of the page can free is a notice with a button of its own. */
  #tellBlocked(blocked: boolean): void {
    if (blocked) this.#patch({ notice: new AssistantError('audio-blocked', 'the browser holds the sound back').toFacts() });
    else if (this.#state.value.notice?.code === 'audio-blocked') this.#patch({ notice: null });
  }

  #run(voice: boolean): void {
    const wished = this.#options();
    // Nobody opens a loudspeaker for a written conversation, so its answers are written too; turning the voice on changes that.
    const options = voice ? { ...wished, voice } : { ...wished, voice, settings: { ...wished.settings, reply: 'text' as const } };
    this.#voice = voice;
    const kept = this.#state.value.transcript;
    this.#state.next({ ...idle, muted: options.muted, phase: 'connecting', transcript: kept });
    const question: RunQuestion = { what: 'run', options };
    this.#waiting = [];
    const running = new Subscription();
    this.#running = running;
    running.add(
      this.#stage.host$
        .pipe(
          switchMap((host) => whole(converse(this.#lent, host, question))),
          takeWhile(isNotOver),
        )
        .subscribe({
          next: (changes) => {
            this.#patch(changes);
          },
          error: (cause: unknown) => {
            this.#running = null;
            this.#patch({ phase: 'error', error: AssistantError.from(cause).toFacts(), microphone: 'off', playing: false });
          },
          complete: () => {
            this.#running = null;
          },
        }),
    );
  }

  #halt(phase: 'idle' | 'ended'): void {
    this.#running?.unsubscribe();
    this.#running = null;
    this.#waiting = null;
    this.#patch({ phase, microphone: 'off', playing: false, userSpeaking: false, holding: false, retryInMs: null, muted: false });
    this.#levels.next({ input: 0, output: 0 });
  }

  /** Until the conversation is neither connecting nor idle; fails with its error, and with an `AbortError` when it was let go of. */
  async #settled(): Promise<void> {
    const { phase, error } = await firstValueFrom(
      this.#state.pipe(filter(({ phase }) => this.#idle.closed || (phase !== 'connecting' && phase !== 'idle'))),
    );
    if (this.#idle.closed) throw new DOMException('The assistant was let go of', 'AbortError');
    if (phase === 'error' && error !== null) throw AssistantError.fromFacts(error);
  }
}
