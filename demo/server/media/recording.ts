/** What is kept of a stream: fragments of MP4 on the disk, each with its place on the stream's clock. */

/** One independently decodable piece (it begins with a key frame where there is video). */
export interface Segment {
  /** Counts up within the recording, over gaps and restarts. */
  readonly sequence: number;
  /** Segments of one epoch share `init` and follow one another without a gap. */
  readonly epoch: number;
  /** Random name of the file: who is not told it cannot guess it. Under `Recording.folder`. */
  readonly file: string;
  /** Of the epoch's initialisation segment. */
  readonly init: string;
  /** Unix ms */
  readonly startMs: number;
  /** ms */
  readonly durationMs: number;
  /** Bytes */
  readonly bytes: number;
  /** Decode time of its first sample in seconds on the media clock of the file (tfdt / timescale). */
  readonly decodeS: number;
  /**
   * ms after its beginning at which its earliest picture is shown; absent = 0. Playlists date what is shown: a segment's date is
   * `startMs + lagMs`.
   */
  readonly lagMs?: number;
}

export interface EpochFacts {
  readonly epoch: number;
  /** RFC 6381 list, for `CODECS`. */
  readonly codecs: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
}

export interface Recording {
  /** Folder of its files, absolute. */
  readonly folder: string;
  /** Finished segments that overlap [startMs, endMs), oldest first; those that have been dropped by retention are gone. */
  window(startMs: number, endMs: number): readonly Segment[];
  /** What there is, Unix ms, oldest first; gaps of over 500 ms part ranges. */
  ranges(): readonly { readonly startMs: number; readonly endMs: number }[];
  epoch(epoch: number): EpochFacts | null;
}
