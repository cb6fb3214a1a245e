import { LitElement } from 'lit';

/** As much of HTMLMediaElement as pages use of a `<video>`, under its own names, on a tag around one. */

/** Told again on the tag, as a `<video>` tells them: not bubbling. */
const mediaEvents = [
  'abort',
  'canplay',
  'canplaythrough',
  'durationchange',
  'emptied',
  'ended',
  'error',
  'loadeddata',
  'loadedmetadata',
  'loadstart',
  'pause',
  'play',
  'playing',
  'progress',
  'ratechange',
  'resize',
  'seeked',
  'seeking',
  'stalled',
  'suspend',
  'timeupdate',
  'volumechange',
  'waiting',
  'enterpictureinpicture',
  'leavepictureinpicture',
] as const;

/** A source that comes, and one that is recovered, load anew. */
const MOST_LOADS = 3;

export abstract class MediaElement extends LitElement {
  /** The picture itself, for what has no name here. */
  readonly video: HTMLVideoElement = document.createElement('video');
  /** Counts up with each wish to play or to pause. */
  #asked = 0;

  constructor() {
    super();
    for (const name of mediaEvents) this.video.addEventListener(name, this.#again);
  }

  /** Asked for before its source is there, it plays that when it comes. Rejects as a media element's does. */
  async play(): Promise<void> {
    const asked = ++this.#asked;
    for (let loads = 0; ; loads += 1) {
      try {
        await this.video.play();
        return;
      } catch (cause) {
        const loaded = cause instanceof DOMException && cause.name === 'AbortError' && asked === this.#asked;
        if (!loaded || loads === MOST_LOADS) throw cause;
      }
    }
  }

  pause(): void {
    this.#asked += 1;
    this.video.pause();
  }

  canPlayType(type: string): CanPlayTypeResult {
    return this.video.canPlayType(type);
  }

  get currentTime(): number {
    return this.video.currentTime;
  }

  set currentTime(seconds: number) {
    this.video.currentTime = seconds;
  }

  get duration(): number {
    return this.video.duration;
  }

  get paused(): boolean {
    return this.video.paused;
  }

  get ended(): boolean {
    return this.video.ended;
  }

  get seeking(): boolean {
    return this.video.seeking;
  }

  get readyState(): number {
    return this.video.readyState;
  }

  get networkState(): number {
    return this.video.networkState;
  }

  get error(): MediaError | null {
    return this.video.error;
  }

  get buffered(): TimeRanges {
    return this.video.buffered;
  }

  get seekable(): TimeRanges {
    return this.video.seekable;
  }

  get played(): TimeRanges {
    return this.video.played;
  }

  get currentSrc(): string {
    return this.video.currentSrc;
  }

  get videoWidth(): number {
    return this.video.videoWidth;
  }

  get videoHeight(): number {
    return this.video.videoHeight;
  }

  get playbackRate(): number {
    return this.video.playbackRate;
  }

  set playbackRate(rate: number) {
    this.video.playbackRate = rate;
  }

  get defaultPlaybackRate(): number {
    return this.video.defaultPlaybackRate;
  }

  set defaultPlaybackRate(rate: number) {
    this.video.defaultPlaybackRate = rate;
  }

  async requestPictureInPicture(): Promise<PictureInPictureWindow> {
    return await this.video.requestPictureInPicture();
  }

  readonly #again = (event: Event): void => {
    this.dispatchEvent(new Event(event.type));
  };
}
