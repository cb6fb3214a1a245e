/** WebM of one track, written while it is recorded (RFC 9559): its head, then clusters without a size, so that any of them can be the last. */

export interface WebmTrack {
  readonly kind: 'audio' | 'video';
  /** Matroska's own name: `A_OPUS`, `V_MPEG4/ISO/AVC`, `V_VP8`, `V_VP9`. */
  readonly codec: string;
  /** What its decoder needs beforehand; empty for VP8 and VP9. */
  readonly description: Uint8Array;
  /** px; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Hz; 0 for pictures. */
  readonly sampleRate: number;
  readonly channels: number;
}

const TRACK = 1;
const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const NS_PER_TICK = 1_000_000;
/** What a decoder of Opus has to hear before it is right again (RFC 7845 §4.6). */
const OPUS_PREROLL_NS = 80_000_000;
const OPUS_HZ = 48_000;

/** EBML head, the segment's beginning, and what the track is. */
export function webmHead(track: WebmTrack): Uint8Array<ArrayBuffer> {
  const audio = track.kind === 'audio';
  const opus = track.codec === 'A_OPUS' && track.description.length >= 12;
  return joined([
    element(0x1a45dfa3, [
      ...[unsignedElement(0x4286, 1), unsignedElement(0x42f7, 1), unsignedElement(0x42f2, 4), unsignedElement(0x42f3, 8)],
      // H.264 is Matroska's and not WebM's.
      ...[
        text(0x4282, track.codec.startsWith('V_MPEG4') ? 'matroska' : 'webm'),
        unsignedElement(0x4287, 4),
        unsignedElement(0x4285, 2),
      ],
    ]),
    Uint8Array.from([0x18, 0x53, 0x80, 0x67, ...UNKNOWN_SIZE]),
    element(0x1549a966, [unsignedElement(0x2ad7b1, NS_PER_TICK), text(0x4d80, 'viva-voce'), text(0x5741, 'viva-voce')]),
    element(0x1654ae6b, [
      element(0xae, [
        ...[unsignedElement(0xd7, TRACK), unsignedElement(0x73c5, TRACK), unsignedElement(0x83, audio ? 2 : 1)],
        ...[unsignedElement(0x9c, 0), text(0x86, track.codec)],
        ...(track.description.length > 0 ? [element(0x63a2, [track.description])] : []),
        ...(opus
          ? [
              unsignedElement(0x56aa, Math.round((preSkip(track.description) / OPUS_HZ) * 1e9)),
              unsignedElement(0x56bb, OPUS_PREROLL_NS),
            ]
          : []),
        audio
          ? element(0xe1, [float(0xb5, track.sampleRate), unsignedElement(0x9f, track.channels)])
          : element(0xe0, [unsignedElement(0xb0, track.width), unsignedElement(0xba, track.height)]),
      ]),
    ]),
  ]);
}

/** Samples of 48 kHz that the decoder drops at the beginning, from an `OpusHead` (RFC 7845 §5.1). */
const preSkip = (head: Uint8Array): number => (head[10] ?? 0) + (head[11] ?? 0) * 256;

/** Opens a cluster; `atMs` is what its blocks count from. */
export function clusterHead(atMs: number): Uint8Array {
  const head = Uint8Array.from([0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN_SIZE, 0xe7, 0x88, 0, 0, 0, 0, 0, 0, 0, 0]);
  new DataView(head.buffer).setBigUint64(14, BigInt(atMs));
  return head;
}

/** One frame; `relativeMs` to its cluster, −32768 to 32767. */
export function frameBlock(frame: Uint8Array, relativeMs: number, key: boolean): Uint8Array {
  const block = new Uint8Array(9 + frame.length);
  const view = new DataView(block.buffer);
  view.setUint8(0, 0xa3);
  view.setUint32(1, 0x1000_0000 + 4 + frame.length);
  view.setUint8(5, 0x80 | TRACK);
  view.setInt16(6, relativeMs);
  view.setUint8(8, key ? 0x80 : 0);
  block.set(frame, 9);
  return block;
}

function element(id: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, 0x1000_0000 + length);
  return joined([big(id), size, ...parts]);
}

const unsignedElement = (id: number, value: number): Uint8Array => element(id, [big(value)]);
const text = (id: number, value: string): Uint8Array => element(id, [new TextEncoder().encode(value)]);

function float(id: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(id, [bytes]);
}

/** As few bytes as hold it, one at least. */
function big(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
