import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childBoxes, findBox, readBoxHead, viewOf } from '../fmp4/boxes.ts';
import { Fmp4Error } from '../fmp4/fmp4-error.ts';
import { readInitSegment } from '../fmp4/init-segment.ts';
import type { InitSegment } from '../fmp4/init-segment.ts';
import type { Segment } from '../recording.ts';
import type { PartSegment } from './part-segment.ts';
import { isCut } from './timeline.ts';

/** Segments of several epochs as one running fragmented MP4: each fragment's decode time is moved to where it belongs. */

export interface Piece {
  readonly folder: string;
  readonly segment: PartSegment;
  /** Added to its media clock, s. */
  readonly shiftS: number;
}

/** Times are not negative; sound may begin a little before its picture. Whoever reads this takes the first time for zero. */
export const LEAD_S = 1;

/** One after the other, gaps closed. */
export function closed(
  parts: readonly { readonly folder: string; readonly segments: readonly PartSegment[] }[],
): readonly Piece[] {
  const pieces: Piece[] = [];
  let atMs = 0;
  for (const { folder, segments } of parts) {
    let shiftS = 0;
    segments.forEach((segment, index) => {
      const before = segments[index - 1];
      if (before === undefined || isCut(before, segment)) shiftS = atMs / 1000 - segment.decodeS;
      pieces.push({ folder, segment, shiftS });
      atMs += segment.durationMs;
    });
  }
  return pieces;
}

/** By the clock they were recorded on; `zeroMs`: Unix ms. What begins before is left out. */
export function clocked(folder: string, segments: readonly Segment[], zeroMs: number): readonly Piece[] {
  return segments
    .map((segment) => ({ folder, segment, shiftS: (segment.startMs - zeroMs) / 1000 - segment.decodeS }))
    .filter(({ segment, shiftS }) => shiftS + segment.decodeS > -LEAD_S);
}

/** Pieces that can stand in one file: those whose tracks are described alike, in one group as long as they follow one another. */
export async function alike(pieces: readonly Piece[]): Promise<readonly (readonly Piece[])[]> {
  const described = new Map<string, string>();
  const groups: Piece[][] = [];
  let last: string | null = null;
  for (const piece of pieces) {
    const path = join(piece.folder, piece.segment.init);
    let description = described.get(path);
    if (description === undefined) described.set(path, (description = descriptionOf(await readFile(path))));
    if (description === last) groups.at(-1)?.push(piece);
    else groups.push([piece]);
    last = description;
  }
  return groups;
}

/** The initialisation segment and the moved fragments of pieces that are `alike`. */
export async function* bytesOf(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  const [first] = pieces;
  if (first === undefined) return;
  const init = await readFile(join(first.folder, first.segment.init));
  yield init;
  let facts = initOf(init);
  let path = join(first.folder, first.segment.init);
  for (const { folder, segment, shiftS } of pieces) {
    const own = join(folder, segment.init);
    if (own !== path) facts = initOf(await readFile(own));
    path = own;
    const whole = await readFile(join(folder, segment.file));
    const { offset, bytes } = segment.part ?? { offset: 0, bytes: whole.byteLength };
    yield retime(whole.subarray(offset, offset + bytes), facts, shiftS + LEAD_S);
  }
}

/** Moves every fragment in `bytes`, in place. Times that would be negative become 0. */
export function retime(bytes: Uint8Array, init: InitSegment, shiftS: number): Uint8Array {
  for (const { type, body } of childBoxes(viewOf(bytes))) {
    if (type !== 'moof') continue;
    for (const { type: inner, body: traf } of childBoxes(body)) {
      if (inner !== 'traf') continue;
      const [head, time] = [findBox(traf, 'tfhd'), findBox(traf, 'tfdt')];
      if (head === null || time === null) throw new Fmp4Error('not-mp4', 'a fragment has no time');
      const id = head.getUint32(4);
      const track = [init.video, init.audio].find((one) => one?.id === id);
      if (track == null) continue;
      const ticks = BigInt(Math.round(shiftS * track.timescale));
      const long = time.getUint8(0) === 1;
      const moved = (long ? time.getBigUint64(4) : BigInt(time.getUint32(4))) + ticks;
      const decode = moved < 0n ? 0n : moved;
      if (long) time.setBigUint64(4, decode);
      else time.setUint32(4, Number(BigInt.asUintN(32, decode)));
    }
  }
  return bytes;
}

export const initOf = (bytes: Uint8Array): InitSegment => readInitSegment(bytes, movie(bytes));

function movie(bytes: Uint8Array): DataView {
  const body = findBox(viewOf(bytes), 'moov');
  if (body === null) throw new Fmp4Error('not-mp4', 'there is no moov');
  return body;
}

/** Everything that a decoder is told beforehand, and the ticks. */
function descriptionOf(init: Uint8Array): string {
  const { video, audio } = initOf(init);
  const parts = [video, audio].map((track) => (track === null ? '' : `${track.id}:${track.timescale}`));
  for (const { type, body } of childBoxes(movie(init))) {
    const media = type === 'trak' ? findBox(body, 'mdia') : null;
    const table = media === null ? null : findBox(media, 'minf');
    const entries = table === null ? null : findBox(findBox(table, 'stbl') ?? table, 'stsd');
    if (entries !== null) parts.push(Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength).toString('base64'));
  }
  return parts.join('|');
}

/** The first movie fragment with its media, for whoever wants one picture of a segment and not two seconds of film. */
export function firstFragment(bytes: Uint8Array): Uint8Array {
  let at = 0;
  let open = false;
  while (at + 8 <= bytes.byteLength) {
    const head = readBoxHead(viewOf(bytes.subarray(at)));
    if (head === null) break;
    at += head.bytes;
    if (head.type === 'moof') open = true;
    else if (head.type === 'mdat' && open) return bytes.subarray(0, at);
  }
  return bytes;
}
