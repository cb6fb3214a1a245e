import { AssistantError, type ErrorCode } from '../../shared/errors.ts';

/** The codes that an RTVT service and its framework answer with, and what each means here (specs §7). */

export const RTVT_CODE = {
  unknown: 800000,
  notLoggedIn: 800002,
  badParameter: 800003,
  clock: 800101,
  token: 800102,
  pid: 800103,
  language: 800105,
  alternatives: 800106,
  busy: 800107,
  noStream: 800200,
  unknownProto: 10001,
  keyNotFound: 10009,
  wrongType: 10010,
  closed: 20002,
  timeout: 20003,
  unknownMethod: 20004,
  queueFull: 20011,
} as const;

const MEANING: Readonly<Record<number, { readonly code: ErrorCode; readonly field?: string; readonly says: string }>> = {
  800001: { code: 'token-refused', says: 'the connection is not logged in' },
  800002: { code: 'token-refused', says: 'the connection is not logged in' },
  800003: { code: 'bad-option', says: 'a parameter is refused' },
  800101: { code: 'token-refused', field: 'ts', says: 'the time of the token is refused: is the clock of its issuer right?' },
  800102: { code: 'token-refused', field: 'token', says: 'the token is refused' },
  800103: { code: 'token-refused', field: 'pid', says: 'the project id is refused' },
  800105: { code: 'unsupported', field: 'language', says: 'this language is not supported' },
  800106: { code: 'bad-option', field: 'alternatives', says: 'too many alternative languages' },
  800107: { code: 'server-busy', says: 'the server has as many streams as it can bear' },
  800200: { code: 'session-expired', says: 'the stream does not exist (any more)' },
  10009: { code: 'bad-message', says: 'a parameter is missing' },
  10010: { code: 'bad-message', says: 'a parameter has the wrong type' },
  20002: { code: 'socket-closed', says: 'the connection is closed' },
  20003: { code: 'timed-out', says: 'no answer in time' },
  20004: { code: 'unsupported', says: 'the method is unknown' },
  20011: { code: 'server-busy', says: 'the work queue is full' },
};

/** A refusal with the number that RTVT has for it. */
export class RtvtError extends AssistantError {
  /** As on the wire, e.g. 800105. */
  readonly rtvtCode: number;

  constructor(rtvtCode: number, explanation = '', detail: { readonly field?: string; readonly cause?: unknown } = {}) {
    const meaning = MEANING[rtvtCode];
    // The framework's own explanations (10xxx) quote the whole request, token included.
    const quoted = explanation === '' || (rtvtCode < 20_000 && detail.field === undefined) ? '' : `: ${explanation}`;
    const field = detail.field ?? meaning?.field;
    super(meaning?.code ?? 'server-error', `${rtvtCode} ${meaning?.says ?? 'the server refused'}${quoted}`, {
      ...(field === undefined ? {} : { field }),
      ...(detail.cause === undefined ? {} : { cause: detail.cause }),
    });
    this.rtvtCode = rtvtCode;
  }
}
