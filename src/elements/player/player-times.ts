import { clockText, elapsedText, spokenText } from '../../pipelines/playback-time.ts';
import type { AlertPlace } from '../alerts/alert-desk.ts';
import { viewerLanguage } from '../captions/language-names.ts';
import { fill } from '../strings.ts';
import type { Playback } from './playback.ts';
import type { PlayerStrings } from './player-strings.ts';

/** The picture's times as its viewer reads them: of the day, or since it began. */
export class PlayerTimes {
  readonly #playback: Playback;
  readonly #wished: () => string;
  /** What the viewer pressed for; null = as the page says. */
  #pressed: 'wall' | 'elapsed' | null = null;

  constructor(playback: Playback, wished: () => string) {
    this.#playback = playback;
    this.#wished = wished;
    this.place = this.#place();
  }

  /** Times are those of the day. */
  get wall(): boolean {
    const { clock, state } = this.#playback;
    if (!clock.real) return false;
    const wished = this.#pressed ?? this.#wished();
    return wished === 'auto' ? state.live : wished === 'wall';
  }

  other(then: () => void): void {
    this.#pressed = this.wall ? 'elapsed' : 'wall';
    then();
  }

  /** A date on the picture's clock. */
  readonly dateText = (dateMs: number): string => {
    const { clock } = this.#playback;
    if (this.wall) return clockText(dateMs, viewerLanguage(), Date.now());
    return elapsedText(clock.real ? clock.nearest(dateMs) - clock.startS : dateMs / 1000);
  };

  readonly positionText = (positionS: number): string => this.dateText(this.#playback.clock.dateAt(positionS));

  /** Where alerts can be seen. */
  readonly place: AlertPlace;

  view(words: PlayerStrings, language: string) {
    const playback = this.#playback;
    const { clock, state, video } = playback;
    const positionS = video.currentTime;
    const behind = elapsedText(playback.behindS);
    const elapsedS = positionS - (clock.real || state.live ? clock.startS : 0);
    const durationS = state.live
      ? clock.endS - clock.startS
      : Math.max(clock.endS - clock.startS, Number.isFinite(video.duration) ? video.duration : 0);
    const wall = this.wall;
    const time = wall
      ? clockText(playback.dateMs, language, Date.now())
      : state.live
        ? playback.atEdge
          ? elapsedText(0)
          : `−${behind}`
        : elapsedText(elapsedS);
    const units = { hours: words.playerHours, minutes: words.playerMinutes, seconds: words.playerSeconds };
    const spoken = wall
      ? time
      : state.live
        ? fill(words.playerBehind, { time: spokenText(playback.behindS, units) })
        : fill(words.playerOf, { time: spokenText(elapsedS, units), duration: spokenText(durationS, units) });
    const latencyS = clock.real ? Math.max(0, (Date.now() - playback.dateMs) / 1000) : playback.behindS;
    return {
      time,
      duration: wall || state.live || durationS === 0 ? '' : elapsedText(durationS),
      otherTime: clock.real ? (wall ? words.playerElapsed : words.playerClock) : null,
      live: state.live
        ? {
            atEdge: playback.atEdge,
            behind: fill(words.playerBehind, { time: behind }),
            latency: fill(words.playerLatency, { seconds: latencyS.toFixed(1) }),
          }
        : null,
      positionText: this.positionText,
      spoken,
    };
  }

  #place(): AlertPlace {
    const playback = this.#playback;
    return {
      timeText: (dateMs) => this.dateText(dateMs),
      canSeek: (dateMs) => {
        const { clock } = playback;
        return clock.endS > clock.startS && dateMs >= clock.startMs && dateMs <= clock.endMs;
      },
      seek: (dateMs) => playback.seekDate(dateMs),
      get toLive() {
        return playback.state.live && !playback.atEdge ? () => playback.toLive() : null;
      },
    };
  }
}
