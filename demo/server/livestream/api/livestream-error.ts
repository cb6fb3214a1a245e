/** A refusal as this API tells it: status, words for people, a code for programs, and the field at fault. */
export class LivestreamError extends Error {
  override readonly name = 'LivestreamError';
  /** 4xx, or 503 where something that is needed does not answer. */
  readonly status: number;
  readonly code: string;
  /** As the caller wrote it; null = none. */
  readonly field: string | null;

  constructor(status: number, code: string, message: string, field: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** 422: a field that is not usable. `message` begins with its name. */
export const refused = (field: string, words: string, code = 'invalid_value'): LivestreamError =>
  new LivestreamError(422, code, `${field}: ${words}`, field);

export const conflict = (code: string, message: string): LivestreamError => new LivestreamError(409, code, message);
