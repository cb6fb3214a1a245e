import { Observable, Subject } from 'rxjs';
import type { WatchPicture } from '../../src/session/player.ts';
import type { PlayedFragment, PlayerCommand, PlayerEvent } from '../../src/shared/player-event.ts';

/** A picture that only pretends to play: its element says what a test wants, on a timeline of segments of 2 s. */

const SEGMENT_S = 2;

export interface PretendedTimeline {
  readonly live: boolean;
  readonly lengthS: number;
  /** Unix ms of its end; null = it has no clock. */
  readonly endsMs: number | null;
}

export class FakePicture {
  readonly events = new Subject<PlayerEvent>();
  readonly commands: PlayerCommand[] = [];
  readonly #timeline: PretendedTimeline;
  #video: HTMLVideoElement | null = null;
  #atS = 0;
  #paused = false;
  rate = 1;

  constructor(timeline: PretendedTimeline) {
    this.#timeline = timeline;
  }

  readonly watch: WatchPicture<HTMLVideoElement> = (video, _src, commands$) =>
    new Observable<PlayerEvent>((subscriber) => {
      this.#pretend(video);
      const asked = commands$.subscribe((command) => this.commands.push(command));
      const told = this.events.subscribe(subscriber);
      subscriber.next({ type: 'attached', engine: 'hls' });
      subscriber.next({ type: 'timeline', live: this.#timeline.live, fragments: fragmentsOf(this.#timeline) });
      return () => {
        asked.unsubscribe();
        told.unsubscribe();
      };
    });

  tell(event: PlayerEvent): void {
    this.events.next(event);
  }

  /** The picture is there, without having been sought. */
  to(positionS: number): void {
    this.#atS = positionS;
    this.say('timeupdate');
  }

  /** It is there and says nothing of it, as elements do between two `timeupdate`. */
  drift(positionS: number): void {
    this.#atS = positionS;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.say(paused ? 'pause' : 'playing');
  }

  say(event: string): void {
    this.#video?.dispatchEvent(new Event(event));
  }

  #pretend(video: HTMLVideoElement): void {
    this.#video = video;
    const own = (name: string, get: () => unknown, set?: (value: never) => void) =>
      Object.defineProperty(video, name, { configurable: true, get, ...(set === undefined ? {} : { set }) });
    own(
      'currentTime',
      () => this.#atS,
      (seconds: number) => {
        this.#atS = seconds;
        this.say('seeking');
        this.say('seeked');
      },
    );
    own('paused', () => this.#paused);
    own('readyState', () => 4);
    own('ended', () => false);
    own('seeking', () => false);
    own('duration', () => (this.#timeline.live ? Infinity : this.#timeline.lengthS));
    video.play = () => {
      this.pause(false);
      return Promise.resolve();
    };
    video.pause = () => this.pause(true);
  }
}

function fragmentsOf({ lengthS, endsMs }: PretendedTimeline): readonly PlayedFragment[] {
  const begins = endsMs === null ? null : endsMs - lengthS * 1000;
  return Array.from({ length: Math.ceil(lengthS / SEGMENT_S) }, (_, index) => ({
    startS: index * SEGMENT_S,
    durationS: Math.min(SEGMENT_S, lengthS - index * SEGMENT_S),
    dateMs: begins === null ? null : begins + index * SEGMENT_S * 1000,
  }));
}
