import type { CaptureFault } from '../../../src/protocols/capture/codec.ts';

/** What an uploader is told before its socket is closed. */
export class UploadFault extends Error {
  override readonly name = 'UploadFault';
  readonly code: CaptureFault;
  readonly field: string | null;

  constructor(code: CaptureFault, message: string, field: string | null = null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}
