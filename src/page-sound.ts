import { BehaviorSubject, catchError, defer, EMPTY, finalize, from, merge, Subject, switchMap, tap, type Observable } from 'rxjs';
import { openCapture } from './audio/capture.ts';
import { openMicrophone, type OpenMicrophone } from './audio/microphone.ts';
import type { Playback } from './audio/playback.ts';
import type { GrantedAudio, Levels, LiveStream } from './session/assistant.ts';
import type { OpenPort } from './session/stage.ts';
import { AssistantError } from './shared/errors.ts';
import { newest } from './shared/newest.ts';

/** Microphone and loudspeaker of one page as ports for a voice host, with their levels; what elements may choose of them. */

export interface PageSoundOptions {
  /** Device ids; null or absent = the browser's default. */
  readonly microphone?: string | null | undefined;
  readonly speaker?: string | null | undefined;
  /** Used as microphone and never stopped by us. */
  readonly stream?: LiveStream | undefined;
  readonly workletUrl?: string | undefined;
  readonly assetBase?: string | undefined;
}

/** Everybody who listens to one device on this page shares one stream: one permission, one light. */
const open = new Map<string, Observable<OpenMicrophone>>();

export function sharedMicrophone(deviceId: string | null, stream: MediaStream | undefined): Observable<OpenMicrophone> {
  if (stream !== undefined) return openMicrophone({ stream });
  const key = deviceId ?? '';
  const shared$ =
    open.get(key) ??
    openMicrophone({ deviceId }).pipe(
      finalize(() => open.delete(key)),
      newest(),
    );
  open.set(key, shared$);
  return shared$;
}

export class PageSound {
  readonly #options: PageSoundOptions;
  readonly #chosen$: BehaviorSubject<string | null>;
  readonly #levels$ = new BehaviorSubject<Levels>({ input: 0, output: 0 });
  readonly #granted$ = new Subject<void>();
  #speaker: string | null;
  #volume = 1;
  #playback: Playback | null = null;

  readonly levels$: Observable<Levels> = this.#levels$;
  /** A microphone was given: device names may be read from now on. */
  readonly granted$: Observable<void> = this.#granted$;

  constructor(options: PageSoundOptions) {
    this.#options = options;
    this.#chosen$ = new BehaviorSubject<string | null>(options.microphone ?? null);
    this.#speaker = options.speaker ?? null;
  }

  /** Open while subscribed, frames at `rate` Hz; emits anew when another device is chosen. */
  microphone(rate: number): Observable<OpenPort & { readonly granted: GrantedAudio }> {
    const { stream: given, workletUrl, assetBase } = this.#options;
    return this.#chosen$.pipe(
      switchMap((deviceId) => defer(() => sharedMicrophone(deviceId, given as MediaStream | undefined))),
      tap(() => {
        this.#granted$.next();
      }),
      switchMap(({ stream, granted }) =>
        openCapture({ stream, targetRate: rate, workletUrl, assetBase }).pipe(
          switchMap((capture) => merge([{ port: capture.port, granted }], this.#follow('input', capture.level$))),
        ),
      ),
      finalize(() => {
        this.#level({ input: 0 });
      }),
    );
  }

  speaker(): Observable<OpenPort> {
    const { workletUrl, assetBase } = this.#options;
    // Asked for while the person speaks, so that the way to the first frame is short.
    return defer(() => import('./audio/playback.ts')).pipe(
      catchError((cause: unknown) => {
        throw AssistantError.from(cause, 'worklet-failed');
      }),
      switchMap(({ openPlayback }) => openPlayback({ workletUrl, assetBase })),
      switchMap((opened) => {
        this.#playback = opened;
        opened.setVolume(this.#volume);
        const moved$ = this.#speaker === null ? EMPTY : from(opened.setSpeaker(this.#speaker)).pipe(switchMap(() => EMPTY));
        return merge([{ port: opened.port }], moved$, this.#follow('output', opened.level$));
      }),
      finalize(() => {
        this.#playback = null;
        this.#level({ output: 0 });
      }),
    );
  }

  chooseMicrophone(id: string | null): void {
    if (id !== this.#chosen$.value) this.#chosen$.next(id);
  }

  async chooseSpeaker(id: string | null): Promise<void> {
    this.#speaker = id;
    await this.#playback?.setSpeaker(id);
  }

  setVolume(gain: number): void {
    this.#volume = gain;
    this.#playback?.setVolume(gain);
  }

  #follow(side: keyof Levels, level$: Observable<{ readonly level: number }>): Observable<never> {
    return level$.pipe(
      tap(({ level }) => {
        this.#level({ [side]: level });
      }),
      switchMap(() => EMPTY),
    );
  }

  #level(change: Partial<Levels>): void {
    this.#levels$.next({ ...this.#levels$.value, ...change });
  }
}
