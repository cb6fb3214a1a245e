import type { PropertyValues } from 'lit';
import type { Alert } from '../../pipelines/alert-store.ts';
import type { Chapter } from '../../pipelines/playback-chapters.ts';
import type { PlaybackPhase } from '../../pipelines/playback-state.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import type {
  StreamAlert,
  StreamCaption,
  StreamCaptionTranslation,
  StreamFeed,
  StreamFeedEvent,
  StreamScene,
} from '../../shared/stream-feed.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import { VivaAlertEvent } from '../alerts/viva-alert-event.ts';
import { VivaErrorEvent } from '../events.ts';
import { CaptionSchedule } from './caption-schedule.ts';
import { CaptionSources } from './caption-sources.ts';
import { Choices } from './choices.ts';
import { namedFiles } from './named-files.ts';
import { Playback } from './playback.ts';
import { PlayerProperties } from './player-properties.ts';
import { StreamFollower } from './stream-follower.ts';

/** Captions a page adds by itself; times are ms on the picture's clock, or from the beginning of what has none. */
export type AddedCaption = Omit<StreamCaption, 'type' | 'final' | 'language'> &
  Partial<Pick<StreamCaption, 'final' | 'language'>>;
export type AddedAlert = Pick<StreamAlert, 'id' | 'label' | 'startMs'> & Partial<StreamAlert>;

/** What a player plays and what is told about it, without a look: attributes made into a picture, a feed and files, and let go again. */
export abstract class PlayerContent extends PlayerProperties {
  protected readonly playback: Playback = new Playback(this.video, (what) => this.#changed(what));
  protected readonly choices = new Choices(this.playback, () => this.storageKey);
  protected readonly schedule = new CaptionSchedule(
    this.playback,
    () => this.choices.captions,
    () => this.shown(),
  );
  readonly #follower = new StreamFollower(this.playback, (error) => this.#fail(error));
  readonly #sources = new CaptionSources(this.playback, (error) => this.#fail(error));
  #opened: string | null = null;
  #followed = '';
  #toldFailure: ErrorFacts | null = null;
  #looking = false;
  #alertsToo = false;
  /** The page gave this feed itself. */
  #ownFeed = false;

  /** Alerts, for a `<viva-alerts>` elsewhere on the page. */
  get desk(): AlertDesk {
    return this.playback.desk;
  }

  /** What the viewer is told: `playing`, `paused`, `buffering`, `source-paused`, `retrying`, `failed` and so on. */
  get phase(): PlaybackPhase {
    return this.playback.phase(navigator.onLine);
  }

  /** True while the source goes on. */
  get live(): boolean {
    return this.playback.state.live;
  }

  /** What is on the screen, ms since the epoch where the picture has a clock; else ms from its beginning. */
  get currentDateMs(): number {
    return this.playback.dateMs;
  }

  set currentDateMs(dateMs: number) {
    this.playback.seekDate(dateMs);
  }

  /** Goes to the newest picture of a live stream. */
  seekToLive(): void {
    this.playback.toLive();
  }

  /** Follows a feed of the page's own in place of `stream-id`; null lets go. */
  follow(feed: StreamFeed | null): void {
    this.#ownFeed = feed !== null;
    if (feed === null) this.#follower.leave();
    else this.#follower.follow(feed);
  }

  /** Adds a line of captions, or changes the one with this `id`. */
  addCaption({ final = true, language = '', ...caption }: AddedCaption): void {
    this.#take({ type: 'caption', final, language, ...caption });
  }

  /** Adds a translation to a line of captions. */
  addTranslation(translation: Omit<StreamCaptionTranslation, 'type'>): void {
    this.#take({ type: 'caption-translation', ...translation });
  }

  /** Adds an alert to the timeline and the list. */
  addAlert(alert: AddedAlert): void {
    this.#take({
      text: '',
      severity: 'info',
      confidence: null,
      endMs: alert.startMs,
      arrivedMs: Date.now(),
      ...alert,
      type: 'alert',
    });
  }

  /** Adds what is to be seen in a part of the picture’s time. */
  addScene(scene: Omit<StreamScene, 'type'>): void {
    this.#take({ type: 'scene', ...scene });
  }

  /** Takes the place of the chapters there were. Positions are s on the timeline. */
  addChapters(chapters: readonly Chapter[]): void {
    this.playback.chapters = [...chapters].sort((one, other) => one.startS - other.startS);
    this.requestUpdate();
  }

  /** Begins anew: the picture, the feed and the files. */
  load(): void {
    this.#opened = null;
    this.#followed = '';
    this.#sources.stop();
    this.requestUpdate();
  }

  /** Other captions are on the picture. */
  protected abstract shown(): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.choices.recall((attribute) => this.hasAttribute(attribute));
    this.desk.remember(this.storageKey);
    this.desk.announce = (alert) => popUp(this, alert);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (!this.isConnected) this.left();
    });
  }

  /** Taken off the page for good, or until it is put back. */
  protected left(): void {
    this.playback.close();
    this.schedule.stop();
    this.#sources.stop();
    this.#opened = null;
    this.#followed = '';
    if (!this.#ownFeed) this.#follower.leave();
    this.desk.dispose();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!this.isConnected) return;
    if (this.#opened !== this.src) this.#open();
    this.#sources.load(async () => (await edges()).readCaptionFile, namedFiles(this));
    this.#follow();
    const { failed } = this.playback.state;
    if (failed !== null && failed !== this.#toldFailure) this.#fail(failed);
    this.#toldFailure = failed;
  }

  #open(): void {
    this.#opened = this.src;
    this.playback.expected = this.src !== null && this.src !== '';
    this.opening();
    const { src } = this;
    if (src === null || src === '') {
      this.playback.close();
      return;
    }
    const { watch } = this;
    if (watch !== null) this.playback.open(watch, src);
    else
      edges().then(
        ({ watchPicture }) => {
          if (this.isConnected && this.#opened === src) this.playback.open(watchPicture, new URL(src, document.baseURI).href);
        },
        (cause: unknown) => this.#fail(AssistantError.from(cause, 'offline').toFacts()),
      );
  }

  #follow(): void {
    const { streamId, endpoint, tokenUrl, connect } = this;
    const wished = streamId === null || streamId === '' ? '' : JSON.stringify([streamId, endpoint, tokenUrl]);
    if (wished === this.#followed) return;
    this.#followed = wished;
    if (this.#ownFeed) return;
    this.#follower.leave();
    if (streamId === null || wished === '') return;
    const follow = (make: NonNullable<typeof connect>): void => this.#follower.follow(make({ streamId, endpoint, tokenUrl }));
    if (connect !== null) follow(connect);
    else
      edges().then(
        ({ connectStream }) => {
          if (this.isConnected && this.#followed === wished) follow(connectStream);
        },
        (cause: unknown) => this.#fail(AssistantError.from(cause, 'offline').toFacts()),
      );
  }

  #take(event: StreamFeedEvent): void {
    this.playback.expected = this.src !== null && this.src !== '';
    this.#follower.take(event);
  }

  #fail(facts: ErrorFacts): void {
    fail(this, facts);
  }

  #changed(what: 'picture' | 'captions'): void {
    if (!this.isConnected) return;
    this.requestUpdate();
    if (what === 'captions') this.#alertsToo = true;
    if (this.#looking) return;
    this.#looking = true;
    // Thousands may be told at once, when a stream's past is read.
    queueMicrotask(() => {
      this.#looking = false;
      if (!this.isConnected) return;
      this.#follower.settle();
      this.schedule.refresh();
      if (this.#alertsToo) this.desk.refresh();
      this.#alertsToo = false;
    });
  }

  /** Something else is going to be played. */
  protected abstract opening(): void;
}

const edges = () => import('../viva-voce/player-edges.ts');

/** False = the page does not want it to pop up. */
const popUp = (tag: EventTarget, alert: Alert): boolean => tag.dispatchEvent(new VivaAlertEvent(alert));
const fail = (tag: EventTarget, facts: ErrorFacts): boolean => tag.dispatchEvent(new VivaErrorEvent(facts));
