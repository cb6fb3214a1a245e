/** A refusal as the API tells it: status, words for people, a code for programs, and the field at fault. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** 4xx, or 5xx where something here is missing. */
  readonly status: number;
  readonly code: string;
  /** As the caller wrote it, e.g. `extraction_config.time`; null = none. */
  readonly field: string | null;

  constructor(status: number, code: string, message: string, field: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** `what`: `stream`, `index` …; `field`: where its id stood. */
export const notFound = (what: string, id: string, field: string): ApiError =>
  new ApiError(404, `${what.replaceAll(' ', '_')}_not_found`, `There is no ${what} ${id.slice(0, 100)} here.`, field);

export const refused = (field: string, message: string, code = 'invalid_value'): ApiError =>
  new ApiError(400, code, message, field);
