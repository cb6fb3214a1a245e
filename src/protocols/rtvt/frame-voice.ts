import { AssistantError } from '../../shared/errors.ts';

/** The one message that goes up fifty times a second: `voiceData`, patched into a template that is made once (specs §4.3). */

/** 20 ms of 16 kHz mono s16le. */
export const FRAME_BYTES = 640;

const BODY = 16 + 9;
const STREAM_ID = BODY + 11;
const SEQ = STREAM_ID + 8 + 4 + 1;
const DATA = SEQ + 4 + 5 + 3;
const TS = DATA + FRAME_BYTES + 3 + 1;
const LENGTH = TS + 8;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

export class VoiceFrames {
  readonly #bytes = new Uint8Array(LENGTH);
  readonly #view = new DataView(this.#bytes.buffer);
  #streamId = -1n;

  constructor() {
    this.#bytes.set([...ascii('FPNN'), 1, 0x80, 1, 9]);
    this.#view.setUint32(8, LENGTH - BODY, true);
    this.#bytes.set(ascii('voiceData'), 16);
    this.#bytes.set([0x84, 0xa8, ...ascii('streamId'), 0xcf], BODY);
    // Every peer takes integers of any width but no float (specs §1.3), so the widths never change: uint64, uint32, uint64.
    this.#bytes.set([0xa3, ...ascii('seq'), 0xce], STREAM_ID + 8);
    this.#bytes.set([0xa4, ...ascii('data'), 0xc5, FRAME_BYTES >> 8, FRAME_BYTES & 0xff], SEQ + 4);
    this.#bytes.set([0xa2, ...ascii('ts'), 0xcf], DATA + FRAME_BYTES);
  }

  /**
   * A quest numbered `seq` with frame number `frame` of 640 bytes. The same array is returned each time: whoever takes it reads it before
   * the next call, as a socket's `send` does. `ts`: ms since the epoch. Throws `bad-option`.
   */
  write(seq: number, streamId: bigint, frame: number, pcm: Uint8Array, ts: number): Uint8Array<ArrayBuffer> {
    if (pcm.length !== FRAME_BYTES)
      throw new AssistantError('bad-option', `a frame has ${FRAME_BYTES} bytes, not ${pcm.length}`, { field: 'data' });
    const view = this.#view;
    view.setUint32(12, seq, true);
    if (streamId !== this.#streamId) {
      // Ids below zero exist in no unsigned form.
      view.setUint8(STREAM_ID - 1, streamId < 0n ? 0xd3 : 0xcf);
      view.setBigInt64(STREAM_ID, streamId);
      this.#streamId = streamId;
    }
    view.setUint32(SEQ, frame);
    this.#bytes.set(pcm, DATA);
    view.setUint32(TS, Math.floor(ts / 2 ** 32));
    view.setUint32(TS + 4, ts % 2 ** 32);
    return this.#bytes;
  }
}
