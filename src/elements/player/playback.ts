import { Subject, type Subscription } from 'rxjs';
import { axisOf, clockOf, type PlaybackAxis } from '../../pipelines/playback-axis.ts';
import { CaptionStore } from '../../pipelines/playback-captions.ts';
import type { Chapter, Thumbnail } from '../../pipelines/playback-chapters.ts';
import type { PlaybackClock } from '../../pipelines/playback-clock.ts';
import { putFiles, type CaptionFile } from '../../pipelines/playback-files.ts';
import { SceneStore } from '../../pipelines/playback-scenes.ts';
import { CaptionDelay } from '../../pipelines/playback-shown.ts';
import {
  LIVE_WITHIN_S,
  nothingPlayed,
  phaseOf,
  withPlayerEvent,
  type PlaybackPhase,
  type PlaybackState,
} from '../../pipelines/playback-state.ts';
import type { WatchPicture } from '../../session/player.ts';
import type { PlayerCommand, PlayerEvent } from '../../shared/player-event.ts';
import { AlertDesk } from '../alerts/alert-desk.ts';

/** Ids of captions that a feed told. */
export const TOLD = 'told:';

/** What one player plays: the element, its clock, and everything that is told about the picture. Whoever shows it is told of changes. */
export class Playback {
  readonly video: HTMLVideoElement;
  readonly captions = new CaptionStore();
  readonly scenes = new SceneStore();
  readonly desk = new AlertDesk();
  readonly delay = new CaptionDelay();
  /** There is something to play, or will be. */
  expected = false;
  chapters: readonly Chapter[] = [];
  thumbnails: readonly Thumbnail[] = [];
  state: PlaybackState = nothingPlayed;
  clock: PlaybackClock = clockOf([], 0);
  axis: PlaybackAxis = axisOf(this.clock, []);
  #files: readonly CaptionFile[] = [];
  readonly #commands = new Subject<PlayerCommand>();
  #watching: Subscription | undefined;
  readonly #changed: (what: 'picture' | 'captions') => void;

  constructor(video: HTMLVideoElement, changed: (what: 'picture' | 'captions') => void) {
    this.video = video;
    this.#changed = changed;
  }

  /** Plays what is at `src`; what was there before is let go. */
  open(watch: WatchPicture<HTMLVideoElement>, src: string): void {
    this.close();
    this.set({ ...nothingPlayed, engine: 'loading', stream: this.state.stream, feed: this.state.feed });
    this.#watching = watch(this.video, src, this.#commands).subscribe((event) => this.#take(event));
  }

  close(): void {
    this.#watching?.unsubscribe();
    this.#watching = undefined;
    this.#timeline([], 0);
    this.set({ ...nothingPlayed, stream: this.state.stream, feed: this.state.feed });
  }

  command(command: PlayerCommand): void {
    this.#commands.next(command);
  }

  set(state: PlaybackState): void {
    this.state = state;
    this.#changed('picture');
  }

  captionsChanged(): void {
    this.#changed('captions');
  }

  /** Nobody knows yet whether it is live or recorded. */
  get undecided(): boolean {
    return this.expected && this.state.fragments.length === 0 && this.state.failed === null;
  }

  get hasFiles(): boolean {
    return this.#files.some(({ file }) => file.cues.length > 0);
  }

  /** Captions of files, in place of those given before. */
  useFiles(files: readonly CaptionFile[]): void {
    this.#files = files;
    if (this.hasFiles && !this.state.live) this.captions.removeWhere(({ id }) => id.startsWith(TOLD));
    this.#placeFiles();
  }

  phase(online: boolean): PlaybackPhase {
    const { paused, ended, seeking, readyState } = this.video;
    return phaseOf(this.state, { paused, ended, seeking, ready: readyState, atEdge: this.atEdge }, online);
  }

  /** What is on the screen, ms of the picture's clock. */
  get dateMs(): number {
    return this.clock.dateAt(this.video.currentTime);
  }

  /** Where the newest picture is, s. */
  get edgeS(): number {
    return this.clock.endS;
  }

  get behindS(): number {
    return this.state.live ? Math.max(0, this.edgeS - this.video.currentTime) : 0;
  }

  get atEdge(): boolean {
    return this.state.live && this.behindS <= LIVE_WITHIN_S;
  }

  /** There is enough behind the live edge to go back to. */
  get dvr(): boolean {
    return this.state.live && this.clock.endS - this.clock.startS > 30;
  }

  seek(positionS: number): void {
    const { startS, endS } = this.clock;
    const durationS = Number.isFinite(this.video.duration) ? this.video.duration : endS;
    // Behind the newest picture there is nothing yet; the engine keeps its distance from the edge by itself.
    const lastS = this.state.live ? Math.max(startS, endS - 2) : Math.max(endS, durationS);
    if (this.video.readyState > 0 || this.state.fragments.length > 0)
      this.video.currentTime = Math.min(lastS, Math.max(startS, positionS));
  }

  seekDate(dateMs: number): void {
    this.seek(this.clock.nearest(dateMs));
  }

  toLive(): void {
    if (!this.state.live) return;
    const { seekable } = this.video;
    const edgeS = seekable.length > 0 ? Math.max(seekable.end(seekable.length - 1), 0) : this.edgeS;
    const held = this.#heldBackS;
    this.video.currentTime = Math.max(this.clock.startS, Math.min(edgeS, this.edgeS) - held);
    this.video.playbackRate = 1;
  }

  /** Behind the edge by about three segments, as players are told to (RFC 8216bis §4.4.3.8); less where segments are short. */
  get #heldBackS(): number {
    const last = this.state.fragments.at(-1);
    return Math.min(6, Math.max(1.5, (last?.durationS ?? 2) * 1.5));
  }

  #take(event: PlayerEvent): void {
    if (event.type === 'timeline') this.#timeline(event.fragments, event.live ? 0 : this.video.duration);
    this.set(withPlayerEvent(this.state, event));
    if (event.type === 'timeline' || event.type === 'first-timestamp') this.#placeFilesAnew();
  }

  #timeline(fragments: PlaybackState['fragments'], durationS: number): void {
    this.clock = clockOf(fragments, durationS);
    this.axis = axisOf(this.clock, fragments);
  }

  #placed = '';

  /** A live timeline slides, and what was placed stays right; only another origin needs it again. */
  #placeFilesAnew(): void {
    if (this.#files.length === 0) return;
    const { real, startMs } = this.clock;
    const origin = `${real} ${this.state.live ? '' : startMs} ${this.state.firstTimestampS}`;
    if (origin !== this.#placed) this.#placeFiles();
    this.#placed = origin;
  }

  #placeFiles(): void {
    putFiles(this.captions, this.#files, this.clock, this.state.firstTimestampS);
    this.captionsChanged();
  }
}
