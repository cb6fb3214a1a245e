import type { CaptionLine, CaptionText } from '../../pipelines/caption-lines.ts';
import { shownCaptions, type CaptionPace, type Shown } from '../../pipelines/playback-shown.ts';
import type { Playback } from './playback.ts';

/** Keeps the captions on the picture right by one timer to the next moment at which they change; no polling, no work per frame. */

export interface CaptionWishes {
  readonly pace: CaptionPace;
  /** BCP 47 of the translation, null = the first there is. */
  readonly to: string | null;
}

/** No timer is trusted for longer, ms: clocks are set, machines sleep. */
const LONGEST_MS = 10_000;
const SHORTEST_MS = 4;

export class CaptionSchedule {
  lines: readonly CaptionLine[] = [];
  readonly #playback: Playback;
  readonly #wishes: () => CaptionWishes;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the picture was, to know what it passed by playing on. */
  #lastMs: number | null = null;

  constructor(playback: Playback, wishes: () => CaptionWishes, changed: () => void) {
    this.#playback = playback;
    this.#wishes = wishes;
    this.#changed = changed;
  }

  /** After anything that moves the picture or changes the store. */
  refresh(): void {
    clearTimeout(this.#timer);
    const { video, captions, desk } = this.#playback;
    const dateMs = this.#playback.dateMs;
    const shown = shownCaptions(captions, dateMs, { live: this.#playback.atEdge, nowMs: Date.now(), ...this.#wishes() });
    this.#alerts(dateMs);
    if (!same(shown.lines, this.lines)) {
      this.lines = shown.lines;
      this.#changed();
    }
    const waitMs = this.#waitMs(shown, dateMs, desk.nextLaterMs);
    if (waitMs !== null) this.#timer = setTimeout(() => this.refresh(), waitMs);
    else if (video.paused) this.#lastMs = dateMs;
  }

  /** The picture jumped: what lies between is not passed. */
  jumped(): void {
    this.#lastMs = null;
    this.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #alerts(dateMs: number): void {
    const { desk, state } = this.#playback;
    const lastMs = this.#lastMs;
    this.#lastMs = dateMs;
    desk.reached(dateMs);
    if (!state.live && lastMs !== null && dateMs > lastMs && dateMs - lastMs < 2 * LONGEST_MS) desk.passed(lastMs, dateMs);
  }

  #waitMs({ untilMs, untilNowMs }: Shown, dateMs: number, laterMs: number | null): number | null {
    const { video, state } = this.#playback;
    const byPage = untilNowMs === null ? Infinity : untilNowMs - Date.now();
    const moving = !video.paused && !video.ended && video.readyState >= 2 && video.playbackRate > 0;
    const next = Math.min(untilMs ?? Infinity, laterMs ?? Infinity, state.live ? Infinity : this.#nextAlertMs(dateMs));
    const byPicture = moving ? (next - dateMs) / video.playbackRate : Infinity;
    const waitMs = Math.min(byPage, byPicture);
    if (waitMs === Infinity && !moving) return null;
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, waitMs));
  }

  #nextAlertMs(dateMs: number): number {
    const { store } = this.#playback.desk;
    return store.list[store.lastStarted(dateMs) + 1]?.startMs ?? Infinity;
  }
}

const sameText = (one: CaptionText | null, other: CaptionText | null): boolean =>
  one === other || (one?.text === other?.text && one?.final === other?.final && one?.language === other?.language);

const same = (one: readonly CaptionLine[], other: readonly CaptionLine[]): boolean =>
  one.length === other.length &&
  one.every((line, index) => {
    const known = other[index];
    return known?.id === line.id && sameText(known.original, line.original) && sameText(known.translation, line.translation);
  });
