/** Why there is nothing to play or to export, in words for whoever asked; `status` is what HTTP answers. */

export type PublishedFault =
  | 'nothing-recorded'
  | 'not-stored'
  | 'still-running'
  | 'not-found'
  | 'not-signed'
  | 'bad-range'
  | 'bad-style'
  | 'no-captions'
  | 'no-ffmpeg'
  | 'failed';

const STATUS: Readonly<Record<PublishedFault, number>> = {
  'nothing-recorded': 400,
  'not-stored': 400,
  'still-running': 400,
  'not-found': 404,
  'not-signed': 403,
  'bad-range': 400,
  'bad-style': 400,
  'no-captions': 400,
  'no-ffmpeg': 503,
  failed: 500,
};

export class PublishedError extends Error {
  override readonly name = 'PublishedError';
  readonly code: PublishedFault;
  readonly status: number;
  /** The field at fault, where there is one. */
  readonly field: string | null;

  constructor(code: PublishedFault, message: string, detail: { readonly field?: string; readonly cause?: unknown } = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.status = STATUS[code];
    this.field = detail.field ?? null;
  }
}
