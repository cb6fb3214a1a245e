import type { default as HlsEngine, LevelDetails } from 'hls.js';
import { Observable, type Subscriber } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import type { PlayerCommand, PlayerEvent } from '../shared/player-event.ts';
import { config, fragmentsOf, type Engine } from './hls-engine.ts';
import { errorOf, kindOf } from './hls-errors.ts';
import { remedy, untried, type Tried } from './recovery.ts';

/** A playlist in a `<video>`: hls.js watched and mended. */

/** How often what hls.js does by itself is looked at, ms. */
const LOOK_MS = 1_000;
/** The playlist is there and does not grow: its source is away, ms, or three of its target durations. */
const SOURCE_AWAY_MS = 6_000;
/** Playing, and not a frame further for so long: a hole that hls.js did not see, ms. */
const STUCK_MS = 6_000;
/** `play()` of a codec that nobody decodes may stay without an answer; so long is waited for a first frame, ms. */
const FIRST_FRAME_MS = 20_000;

/** Subscribing loads and attaches; unsubscribing takes everything down. Completes and errors never: failures are events. */
export function watchHls(
  Hls: Engine,
  video: HTMLVideoElement,
  src: string,
  commands$: Observable<PlayerCommand>,
): Observable<PlayerEvent> {
  return new Observable<PlayerEvent>((subscriber) => {
    const watched = new WatchedHls(Hls, video, src, subscriber);
    const commands = commands$.subscribe((command) => watched.obey(command));
    return () => {
      commands.unsubscribe();
      watched.destroy();
    };
  });
}

class WatchedHls {
  readonly #Hls: Engine;
  readonly #video: HTMLVideoElement;
  readonly #src: string;
  readonly #out: Subscriber<PlayerEvent>;
  #hls: HlsEngine;
  #tried: Tried = untried;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #look: ReturnType<typeof setInterval>;
  #troubled = false;
  #details: LevelDetails | null = null;
  /** When the playlist came last, and when it last was longer than before, ms. */
  #listed = { atMs: 0, grewMs: 0, away: false };
  #toldTimestamp = false;
  #wantedLatencyS: number | null = null;
  #position = { atS: -1, sinceMs: 0 };
  #firstFrame = false;
  #wantsFrameSinceMs: number | null = null;

  constructor(Hls: Engine, video: HTMLVideoElement, src: string, out: Subscriber<PlayerEvent>) {
    this.#Hls = Hls;
    this.#video = video;
    this.#src = src;
    this.#out = out;
    this.#hls = this.#build(-1);
    this.#look = setInterval(() => this.#check(), LOOK_MS);
    out.next({ type: 'attached', engine: 'hls' });
  }

  obey(command: PlayerCommand): void {
    switch (command.type) {
      case 'quality':
        this.#hls.nextLevel = command.index ?? -1;
        this.#tellQuality();
        return;
      case 'latency':
        this.#wantedLatencyS = command.seconds;
        this.#keepLatency();
        return;
      case 'retry':
        this.#again();
    }
  }

  destroy(): void {
    clearInterval(this.#look);
    clearTimeout(this.#retry);
    this.#hls.destroy();
  }

  #build(startS: number): HlsEngine {
    const { Events } = this.#Hls;
    const hls = new this.#Hls({ ...config, startPosition: startS });
    this.#details = null;
    hls.on(Events.MANIFEST_LOADED, (_, { subtitles }) => {
      const captions = (subtitles ?? []).flatMap(({ url, lang = '', name }) =>
        url === '' ? [] : [{ url, language: lang, name }],
      );
      this.#out.next({ type: 'renditions', captions });
    });
    hls.on(Events.MANIFEST_PARSED, (_, { levels }) => {
      const qualities = levels.map(({ height, bitrate }, index) => ({ index, height, bitsPerSecond: bitrate }));
      this.#out.next({ type: 'qualities', qualities });
    });
    hls.on(Events.LEVEL_SWITCHED, () => this.#tellQuality());
    hls.on(Events.LEVEL_UPDATED, (_, { details }) => this.#tellTimeline(details));
    hls.on(Events.INIT_PTS_FOUND, (_, { initPTS, timescale }) => {
      if (this.#toldTimestamp || timescale <= 0) return;
      this.#toldTimestamp = true;
      this.#out.next({ type: 'first-timestamp', seconds: initPTS / timescale });
    });
    hls.on(Events.FRAG_BUFFERED, () => this.#well());
    hls.on(Events.ERROR, (_, data) => {
      if (data.fatal) this.#mend(kindOf(data), errorOf(data));
    });
    hls.attachMedia(this.#video);
    hls.loadSource(this.#src);
    return hls;
  }

  #tellTimeline(details: LevelDetails): void {
    const advanced = this.#details !== null && details.live && details.edge > this.#details.edge;
    const now = performance.now();
    this.#listed = { ...this.#listed, atMs: now };
    if (advanced || this.#details === null) this.#listed = { atMs: now, grewMs: now, away: false };
    this.#details = details;
    if (advanced && this.#troubled) this.#well();
    this.#out.next({ type: 'timeline', live: details.live, fragments: fragmentsOf(details) });
  }

  #tellQuality(): void {
    const index = this.#hls.currentLevel;
    if (index >= 0) this.#out.next({ type: 'quality', index, automatic: this.#hls.autoLevelEnabled });
  }

  /** Something came: what was wrong is over. */
  #well(): void {
    if (this.#tried.network > 0) this.#tried = { ...this.#tried, network: 0 };
    if (!this.#troubled) return;
    this.#troubled = false;
    clearTimeout(this.#retry);
    this.#keepLatency();
    this.#out.next({ type: 'recovered' });
  }

  /** Each stall makes hls.js stay a second further behind for good; setting its target counts them anew. */
  #keepLatency(): void {
    const wanted = this.#wantedLatencyS ?? this.#playlistLatencyS;
    if (wanted !== null) this.#hls.targetLatency = wanted;
  }

  get #playlistLatencyS(): number | null {
    const details = this.#details;
    if (details?.live !== true) return null;
    const held = details.partHoldBack > 0 ? details.partHoldBack : details.holdBack;
    return held > 0 ? held : details.targetduration * 3;
  }

  #mend(kind: ReturnType<typeof kindOf>, error: AssistantError): void {
    const next = remedy(kind, this.#tried, performance.now(), Math.random());
    this.#troubled = true;
    if (next.type === 'give-up') {
      this.#hls.stopLoad();
      this.#out.next({ type: 'failed', error: error.toFacts() });
      return;
    }
    this.#tried = next.tried;
    switch (next.type) {
      case 'recover-media':
        this.#out.next({ type: 'recovering', how: 'media' });
        this.#hls.recoverMediaError();
        return;
      case 'rebuild':
        this.#out.next({ type: 'recovering', how: 'rebuild' });
        this.#rebuild();
        return;
      case 'wait':
        this.#out.next({ type: 'retrying', inMs: next.inMs, error: error.toFacts() });
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#reload(), next.inMs);
    }
  }

  /** The viewer asked, or the network is back. */
  #again(): void {
    clearTimeout(this.#retry);
    if (this.#troubled) this.#reload();
    else this.#rebuild();
  }

  /** The playlist once more; without one yet there is nothing to go on with. */
  #reload(): void {
    this.#retry = undefined;
    if (this.#details === null || this.#hls.media === null) this.#rebuild();
    else {
      this.#hls.loadSource(this.#src);
      this.#hls.startLoad(this.#details.live ? -1 : this.#video.currentTime);
    }
  }

  #rebuild(): void {
    const resume = this.#details?.live === false ? this.#video.currentTime : -1;
    const playing = !this.#video.paused;
    this.#hls.destroy();
    this.#hls = this.#build(resume);
    // Taking the source away pauses the element.
    if (playing) this.#video.play().catch(() => this.#out.next({ type: 'source-paused' }));
  }

  #check(): void {
    const video = this.#video;
    const now = performance.now();
    this.#lookAtSource();
    if (video.readyState >= 2) this.#firstFrame = true;
    this.#wantsFrameSinceMs =
      video.paused || this.#firstFrame || this.#details === null ? null : (this.#wantsFrameSinceMs ?? now);
    if (this.#wantsFrameSinceMs !== null && now - this.#wantsFrameSinceMs > FIRST_FRAME_MS && this.#buffered) {
      this.#wantsFrameSinceMs = null;
      this.#mend('refused', new AssistantError('unsupported', 'no frame came out of what was loaded'));
    }
    if (video.currentTime !== this.#position.atS || video.paused || video.seeking)
      this.#position = { atS: video.currentTime, sinceMs: now };
    else if (now - this.#position.sinceMs > STUCK_MS) this.#overHole(now);
  }

  /** hls.js would count for itself, and then never ask for the playlist again. */
  #lookAtSource(): void {
    const { atMs, grewMs, away } = this.#listed;
    const details = this.#details;
    if (details?.live !== true || away || atMs - grewMs < Math.max(SOURCE_AWAY_MS, details.targetduration * 3000)) return;
    this.#listed = { atMs, grewMs, away: true };
    this.#troubled = true;
    this.#out.next({ type: 'source-paused' });
  }

  get #buffered(): boolean {
    return this.#video.buffered.length > 0;
  }

  /** Stands although there is more behind a hole: goes there. */
  #overHole(now: number): void {
    this.#position = { ...this.#position, sinceMs: now };
    const { buffered, currentTime } = this.#video;
    for (let index = 0; index < buffered.length; index++) {
      const start = buffered.start(index);
      if (start <= currentTime + 0.05) continue;
      this.#video.currentTime = start + 0.05;
      return;
    }
  }
}
