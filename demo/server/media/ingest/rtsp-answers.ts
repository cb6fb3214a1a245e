/** What an RTSP server sends, taken apart as strictly as can be (RFC 2326): answers, requests of its own, and media between them. */

/** It does not write RTSP as everybody does: whoever reads it might see something else in it than we do. */
export class RtspError extends Error {
  override readonly name = 'RtspError';
}

export interface RtspPiece {
  readonly bytes: Buffer;
  /** Of an answer, e.g. 200; null = media, or a request of the server's. */
  readonly status: number | null;
  /** Which request is answered; null = it does not say. */
  readonly cseq: string | null;
}

const MEDIA = 0x24;
const MEDIA_HEAD = 4;
/** Bytes */
const LONGEST_HEAD = 16_384;
const LONGEST_LINE = 2000;
const LONGEST_BODY = 1024 * 1024;

export class RtspAnswers {
  #kept: Buffer = Buffer.alloc(0);

  /** Whole pieces, in order. Throws `RtspError`; it must not be pushed to again then. */
  push(bytes: Buffer): readonly RtspPiece[] {
    this.#kept = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes]);
    const pieces: RtspPiece[] = [];
    for (;;) {
      const piece = this.#next();
      if (piece === null) return pieces;
      pieces.push(piece);
      this.#kept = this.#kept.subarray(piece.bytes.length);
    }
  }

  #next(): RtspPiece | null {
    const kept = this.#kept;
    if (kept.length === 0) return null;
    if (kept[0] === MEDIA) {
      const length = kept.length < MEDIA_HEAD ? Infinity : MEDIA_HEAD + kept.readUInt16BE(2);
      return kept.length < length ? null : { bytes: kept.subarray(0, length), status: null, cseq: null };
    }
    const ends = /\r?\n\r?\n/.exec(kept.subarray(0, LONGEST_HEAD).toString('latin1'));
    if (ends === null) {
      if (kept.length >= LONGEST_HEAD) throw new RtspError('its answer has no end');
      return null;
    }
    const head = kept.subarray(0, ends.index).toString('latin1');
    const { status, cseq, bodyBytes } = readHead(head);
    const length = ends.index + ends[0].length + bodyBytes;
    return kept.length < length ? null : { bytes: kept.subarray(0, length), status, cseq };
  }
}

/** Throws `RtspError`. */
function readHead(head: string): { readonly status: number | null; readonly cseq: string | null; readonly bodyBytes: number } {
  const [first = '', ...lines] = head.split(/\r?\n/);
  const answer = /^RTSP\/\d\.\d (\d{3})(?: .*)?$/.exec(first);
  if (answer === null && !/^[A-Z_]{3,20} \S+ RTSP\/\d\.\d$/.test(first)) throw new RtspError('it does not answer by RTSP');
  const values = new Map<string, string>();
  for (const line of lines) {
    const field = /^([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*)$/.exec(line);
    if (field === null || line.length > LONGEST_LINE || /[\x00-\x08\x0a-\x1f]/.test(line))
      throw new RtspError('a line of its answer cannot be read');
    const [, name = '', value = ''] = field;
    const key = name.toLowerCase();
    if (key === 'content-length' && values.has(key)) throw new RtspError('its answer says its length twice');
    values.set(key, value.trim());
  }
  const said = values.get('content-length') ?? '0';
  if (!/^\d{1,7}$/.test(said) || Number(said) > LONGEST_BODY) throw new RtspError('the length of its answer is none');
  return { status: answer === null ? null : Number(answer[1]), cseq: values.get('cseq') ?? null, bodyBytes: Number(said) };
}
