/** A URL that this gateway may not call: its scheme, or the address that its host has. */
export class UrlRefusedError extends Error {
  override readonly name = 'UrlRefusedError';
  /** The field it stood in, e.g. `callback_url`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
