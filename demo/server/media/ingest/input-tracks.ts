import type { Track } from '../media-stream.ts';

/** What ffmpeg says, before it begins, of what it was given to read. */

export interface InputTrack {
  readonly kind: Track;
  /** ffmpeg's name: `h264`, `aac`, `pcm_alaw` … */
  readonly codec: string;
  /** All the words about it: profile, pixel format, size. */
  readonly words: string;
}

export interface InputFacts {
  readonly tracks: readonly InputTrack[];
  /** Null: it has no end that is known. */
  readonly durationS: number | null;
  /** Sound is described by its first packet only: transport streams, by themselves or in HLS. */
  readonly describedLate: boolean;
}

/** Reads the lines one after the other; `facts` is there once the last line about the input has been said. */
export class InputReader {
  #tracks: InputTrack[] = [];
  #durationS: number | null = null;
  #inside = false;
  #describedLate = false;
  facts: InputFacts | null = null;

  line(text: string): void {
    if (this.facts !== null) return;
    if (text.startsWith('Input #0')) {
      this.#inside = true;
      this.#describedLate = /^Input #0, (hls|mpegts)\b/.test(text);
      return;
    }
    if (!this.#inside) return;
    if (/^(Output #0|Stream mapping:|Press \[q\]|Stream map )/.test(text) || !/^\s/.test(text)) {
      if (this.#tracks.length > 0) this.end();
      return;
    }
    const duration = /^\s+Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(text);
    // Live FLV says that it lasts no time at all.
    if (duration !== null) this.#durationS = Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]) || null;
    const track = /^\s+Stream #0:\d+[^:]*: (Video|Audio): (\w+)(.*)$/.exec(text);
    if (track === null || text.includes('(attached pic)')) return;
    const [, kind, codec = '', words = ''] = track;
    this.#tracks.push({ kind: kind === 'Video' ? 'video' : 'audio', codec, words });
  }

  /** Nothing more will be said. */
  end(): void {
    if (this.#inside) this.facts ??= { tracks: this.#tracks, durationS: this.#durationS, describedLate: this.#describedLate };
  }
}
