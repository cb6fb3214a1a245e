import { childBoxes, Fields, findBox } from './boxes.ts';
import { Fmp4Error } from './fmp4-error.ts';
import type { InitSegment, TrackFacts } from './init-segment.ts';

/** What a movie fragment (`moof` and `mdat`) says of its times. */

export interface TrackFragment {
  /** Ticks of its first sample: `tfdt`. */
  readonly decodeTicks: number;
  /** Ticks of each sample, in order. */
  readonly durations: readonly number[];
  readonly durationTicks: number;
  /** Ticks at which its first sample is shown, and those that are shown first and last: pictures may be sent in another order. */
  readonly firstShownTicks: number;
  readonly earliestShownTicks: number;
  readonly lastShownTicks: number;
  /** It begins with a sample that needs none before it. */
  readonly keyFrame: boolean;
  /** Where it lies in the fragment's bytes; null = that is not told from the fragment's beginning. */
  readonly firstSample: { readonly offset: number; readonly bytes: number } | null;
}

export interface Fragment {
  readonly bytes: Uint8Array;
  /** Of its first picture, or of its sound where it has no picture: s on the media's own clock, by decoding order. */
  readonly startS: number;
  readonly durationS: number;
  /** Nothing of it was taken later: the end, or where the picture begins that is shown last, s. */
  readonly takenS: number;
  /** When the picture was taken that is sent first, s; where there is none, the beginning. */
  readonly firstTakenS: number;
  /** How long after its beginning its earliest picture is shown, s: 0 where pictures are sent in the order in which they are shown. */
  readonly lagS: number;
  /** Decoding can begin here. */
  readonly keyFrame: boolean;
  readonly video: TrackFragment | null;
  readonly audio: TrackFragment | null;
}

const MAX_SAMPLES = 100_000;

/** `moof`: the body of that box; `bytes`: the whole fragment. Throws Fmp4Error. */
export function readFragment(bytes: Uint8Array, moof: DataView, init: InitSegment): Fragment {
  let video: TrackFragment | null = null;
  let audio: TrackFragment | null = null;
  for (const { type, body } of childBoxes(moof)) {
    if (type !== 'traf') continue;
    const id = trackId(body);
    if (id === init.video?.id) video = readTrackFragment(body, init.video);
    else if (id === init.audio?.id) audio = readTrackFragment(body, init.audio);
  }
  const spans = [span(video, init.video), span(audio, init.audio)].filter((found) => found !== null);
  const [first] = spans;
  if (first === undefined) throw new Fmp4Error('not-mp4', 'a fragment holds none of the tracks');
  const keyFrame = init.video === null || (video?.keyFrame ?? false);
  return { bytes, ...first, keyFrame, video, audio };
}

function span(
  part: TrackFragment | null,
  track: TrackFacts | null,
): Pick<Fragment, 'startS' | 'durationS' | 'takenS' | 'firstTakenS' | 'lagS'> | null {
  if (part === null || track === null) return null;
  const { decodeTicks, durationTicks, firstShownTicks, earliestShownTicks, lastShownTicks } = part;
  const { timescale } = track;
  return {
    startS: decodeTicks / timescale,
    durationS: durationTicks / timescale,
    takenS: Math.max(decodeTicks + durationTicks, lastShownTicks) / timescale,
    firstTakenS: firstShownTicks / timescale,
    lagS: (earliestShownTicks - decodeTicks) / timescale,
  };
}

const trackId = (traf: DataView): number => {
  const head = findBox(traf, 'tfhd');
  if (head === null) throw new Fmp4Error('not-mp4', 'a fragment has no tfhd');
  return new Fields(head).skip(4).u32();
};

function readTrackFragment(traf: DataView, track: TrackFacts): TrackFragment {
  let [duration, flags] = [track.defaultDuration, track.defaultFlags];
  let decodeTicks: number | null = null;
  let size = 0;
  let fromMoof = true;
  let firstSample: TrackFragment['firstSample'] = null;
  const durations: number[] = [];
  let firstFlags: number | null = null;
  let [ticks, lastShown] = [0, 0];
  let [firstShown, earliestShown]: [number | null, number] = [null, Infinity];
  for (const { type, body } of childBoxes(traf)) {
    const fields = new Fields(body);
    const [version, which] = type === 'tfhd' || type === 'tfdt' || type === 'trun' ? versionAndFlags(fields) : [0, 0];
    if (type === 'tfhd') {
      fields.skip(4 + ((which & 0x1) !== 0 ? 8 : 0) + ((which & 0x2) !== 0 ? 4 : 0));
      fromMoof = (which & 0x1) === 0;
      if ((which & 0x8) !== 0) duration = fields.u32();
      if ((which & 0x10) !== 0) size = fields.u32();
      if ((which & 0x20) !== 0) flags = fields.u32();
    } else if (type === 'tfdt') {
      decodeTicks = version === 1 ? fields.u64() : fields.u32();
    } else if (type === 'trun') {
      const count = fields.u32();
      if (durations.length + count > MAX_SAMPLES) throw new Fmp4Error('too-large', 'a fragment has too many samples');
      const offset = (which & 0x1) !== 0 ? fields.i32() : null;
      let first = (which & 0x4) !== 0 ? fields.u32() : null;
      for (let index = 0; index < count; index++) {
        durations.push((which & 0x100) !== 0 ? fields.u32() : duration);
        const bytes = (which & 0x200) !== 0 ? fields.u32() : size;
        if (durations.length === 1 && fromMoof && offset !== null) firstSample = { offset, bytes };
        const own = (which & 0x400) !== 0 ? fields.u32() : flags;
        first ??= own;
        // Version 1 has them signed.
        const shown = (which & 0x800) === 0 ? 0 : version === 0 ? fields.u32() : fields.u32() | 0;
        firstShown ??= shown;
        earliestShown = Math.min(earliestShown, ticks + shown);
        lastShown = Math.max(lastShown, ticks + shown);
        ticks += durations.at(-1) ?? 0;
      }
      firstFlags ??= first;
    }
  }
  if (decodeTicks === null) throw new Fmp4Error('not-mp4', 'a fragment has no tfdt');
  const keyFrame = firstFlags !== null && (firstFlags & NOT_SYNC) === 0;
  const earliestShownTicks = decodeTicks + (firstShown === null ? 0 : earliestShown);
  const shownTicks = { firstShownTicks: decodeTicks + (firstShown ?? 0), lastShownTicks: decodeTicks + lastShown };
  return { decodeTicks, durations, durationTicks: ticks, ...shownTicks, earliestShownTicks, keyFrame, firstSample };
}

/** sample_is_non_sync_sample */
const NOT_SYNC = 0x10000;

function versionAndFlags(fields: Fields): readonly [number, number] {
  const word = fields.u32();
  return [word >>> 24, word & 0xffffff];
}
