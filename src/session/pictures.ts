import { BehaviorSubject, finalize, firstValueFrom, share, type Subscription } from 'rxjs';
import type { Behavior } from '../shared/behavior.ts';
import type { LiveStream, Pictures } from './assistant.ts';
import type { Stage } from './stage.ts';

type Source = keyof Pictures;

/** Camera and screen while they go along: on, off, and a still of each. */
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

  #show(source: Source, stream: LiveStream | null): void {
    this.#shown.next({ ...this.#shown.value, [source]: stream });
  }
}
