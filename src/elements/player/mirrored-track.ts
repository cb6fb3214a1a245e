import type { CaptionLine } from '../../pipelines/caption-lines.ts';

/** Captions where a page's own drawing cannot be seen: in the system's player of an iPhone, and in a floating picture. */

const LONGEST_S = 10;

export class MirroredTrack {
  readonly #video: HTMLVideoElement;
  #track: TextTrack | undefined;
  #needed = false;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    video.addEventListener('webkitbeginfullscreen', () => this.#show(true));
    video.addEventListener('webkitendfullscreen', () => this.#show(false));
    video.addEventListener('enterpictureinpicture', () => this.#show(true));
    video.addEventListener('leavepictureinpicture', () => this.#show(false));
  }

  /** What is on the picture now. */
  set lines(lines: readonly CaptionLine[]) {
    if (!this.#needed || this.#track === undefined) return;
    for (const cue of Array.from(this.#track.cues ?? [])) this.#track.removeCue(cue);
    const text = lines.flatMap(({ original, translation }) => [original?.text, translation?.text].filter(Boolean)).join('\n');
    const from = this.#video.currentTime;
    if (text !== '') this.#track.addCue(new VTTCue(from, from + LONGEST_S, text));
  }

  #show(needed: boolean): void {
    this.#needed = needed;
    // Made when it is first needed: an empty track would offer itself in menus.
    if (needed) this.#track ??= this.#video.addTextTrack('captions');
    if (this.#track !== undefined) this.#track.mode = needed ? 'showing' : 'disabled';
  }
}
