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

export abstract class MediaElement extends LitElement {
  /** The picture itself, for what has no name here. */
  readonly video: HTMLVideoElement = document.createElement('video');

  constructor() {
    super();
    for (const name of mediaEvents) this.video.addEventListener(name, this.#again);
  }

  async play(): Promise<void> {
    await this.video.play();
  }

  pause(): void {
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
