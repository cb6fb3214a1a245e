/** Bytes that are no fragmented MP4 (ISO/IEC 14496-12) as this gateway makes it; `offset`: of the box at fault, from the beginning. */
export class Fmp4Error extends Error {
  override readonly name = 'Fmp4Error';
  readonly code: 'not-mp4' | 'truncated' | 'too-large' | 'out-of-order' | 'unsupported';
  readonly offset: number;

  constructor(code: Fmp4Error['code'], message: string, offset = 0) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}
