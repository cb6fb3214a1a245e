import {
  BehaviorSubject,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  firstValueFrom,
  from,
  map,
  mergeMap,
  scan,
  share,
  switchMap,
  timer,
  type Observable,
  type Subscription,
} from 'rxjs';
import type { Behavior } from '../shared/behavior.ts';
import type { LiveStream, Pictures } from './assistant.ts';
import type { Stage } from './stage.ts';
import type { SessionState } from './state.ts';

type Source = keyof Pictures;

const TALKING: ReadonlySet<SessionState['phase']> = new Set(['listening', 'thinking', 'speaking']);

/** Camera and screen while they go along: on, off, and one still of each with every turn of the user. */
export class PictureTaker {
  readonly #stage: Pick<Stage, 'camera' | 'screen' | 'still'>;
  readonly #camera: () => string | null;
  readonly #shown = new BehaviorSubject<Pictures>({ camera: null, screen: null });
  readonly #open = new Map<Source, Subscription>();
  readonly shown: Behavior<Pictures> = this.#shown;

  /** `camera` tells the chosen device id. */
  constructor(stage: Pick<Stage, 'camera' | 'screen' | 'still'>, camera: () => string | null) {
    this.#stage = stage;
    this.#camera = camera;
  }

  /** Opens (or reopens) a source; rejects with its AssistantError. */
  async start(source: Source): Promise<void> {
    this.stop(source);
    const opened$ = (source === 'camera' ? this.#stage.camera(this.#camera()) : this.#stage.screen()).pipe(
      finalize(() => {
        this.#show(source, null);
      }),
      share(),
    );
    const first = firstValueFrom(opened$);
    this.#open.set(
      source,
      opened$.subscribe({
        next: (stream) => {
          this.#show(source, stream);
        },
        error: () => {
          this.#open.delete(source);
        },
      }),
    );
    await first;
  }

  stop(source?: Source): void {
    for (const [name, subscription] of [...this.#open]) {
      if (source !== undefined && source !== name) continue;
      subscription.unsubscribe();
      this.#open.delete(name);
    }
  }

  /** JPEG data URLs of what goes along now, screen first. */
  stills(): Promise<readonly string[]> {
    const { screen, camera } = this.#shown.value;
    const streams = [screen, camera].filter((stream): stream is LiveStream => stream?.active === true);
    return Promise.all(streams.map((stream) => firstValueFrom(this.#stage.still(stream))));
  }

  /** A still of each source whenever the user begins to speak. */
  withTurns(state$: Observable<SessionState>): Observable<string> {
    return state$.pipe(
      map(({ userSpeaking }) => userSpeaking),
      distinctUntilChanged(),
      filter(Boolean),
      mergeMap(() => this.stills()),
      mergeMap((stills) => from(stills)),
    );
  }

  /** Besides, a still of each source every so many ms while a conversation is on; one that shows what the last one showed is left out. */
  atRate(state$: Observable<SessionState>, everyMs: () => number): Observable<string> {
    return state$.pipe(
      map(({ phase }) => TALKING.has(phase)),
      distinctUntilChanged(),
      switchMap((talking) => (talking && everyMs() > 0 ? timer(everyMs(), everyMs()) : EMPTY)),
      // The next one waits for the one before: stills of a slow machine must not heap up.
      exhaustMap(() => this.stills()),
      scan<readonly string[], { readonly last: readonly string[]; readonly fresh: readonly string[] }>(
        ({ last }, stills) => ({ last: stills, fresh: stills.filter((still) => !last.includes(still)) }),
        { last: [], fresh: [] },
      ),
      mergeMap(({ fresh }) => from(fresh)),
    );
  }

  #show(source: Source, stream: LiveStream | null): void {
    this.#shown.next({ ...this.#shown.value, [source]: stream });
  }
}
