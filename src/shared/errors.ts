/** What can go wrong, as codes that are compared and translated; the message is for engineers. */
export type ErrorCode =
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-blocked'
  | 'microphone-lost'
  | 'insecure-page'
  | 'audio-blocked'
  | 'worklet-failed'
  | 'worker-failed'
  | 'camera-denied'
  | 'camera-missing'
  | 'screen-denied'
  | 'offline'
  | 'token-refused'
  | 'origin-refused'
  | 'socket-refused'
  | 'socket-closed'
  | 'server-busy'
  | 'server-error'
  | 'session-expired'
  | 'quota-exceeded'
  | 'rate-limited'
  | 'model-unknown'
  | 'dialect-refused'
  | 'bad-message'
  | 'bad-option'
  | 'unsupported'
  | 'tool-failed'
  | 'timed-out';

/** Failures that are worth another try without anybody's help. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'offline',
  'socket-refused',
  'socket-closed',
  'server-busy',
  'server-error',
  'session-expired',
  'rate-limited',
  'timed-out',
]);

export interface AssistantErrorDetail {
  readonly cause?: unknown;
  /** The option, field or attribute at fault, where there is one. */
  readonly field?: string;
  /** Overrides what the code says about trying again. */
  readonly retryable?: boolean;
}

/** The one error class of the library; made where the foreign thing is touched, and nowhere else. */
export class AssistantError extends Error {
  override readonly name = 'AssistantError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly field: string | null;

  constructor(code: ErrorCode, message: string, detail: AssistantErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.retryable = detail.retryable ?? RETRYABLE.has(code);
    this.field = detail.field ?? null;
  }

  /** An AssistantError as it is; anything else wrapped as `fallback` with its cause kept. */
  static from(cause: unknown, fallback: ErrorCode = 'server-error'): AssistantError {
    if (cause instanceof AssistantError) return cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    return new AssistantError(fallback, message, { cause });
  }

  /** The facts that survive `postMessage` and can be kept in state. */
  toFacts(): ErrorFacts {
    return { code: this.code, message: this.message, retryable: this.retryable, field: this.field };
  }

  static fromFacts(facts: ErrorFacts): AssistantError {
    return new AssistantError(facts.code, facts.message, {
      retryable: facts.retryable,
      ...(facts.field === null ? {} : { field: facts.field }),
    });
  }
}

/** An AssistantError as plain data. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly field: string | null;
}
