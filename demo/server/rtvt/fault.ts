import { EngineBusyError } from '../engines/engine.ts';

/** What RTVT says when something is wrong: a number of the service or of its framework, and words for engineers. */

/** Codes of the service (800…) and of the FPNN framework (10…, 20…). */
export const CODE = {
  unknown: 800000,
  notLoggedIn: 800002,
  badParameter: 800003,
  badTime: 800101,
  badToken: 800102,
  badProject: 800103,
  language: 800105,
  tooManyAlternatives: 800106,
  busy: 800107,
  noStream: 800200,
  keyMissing: 10009,
  wrongType: 10010,
  unknownMethod: 20004,
  stopping: 20014,
} as const;

/** A quest that is answered with an error; the connection lives on. `message` goes to the client: no token and no speech in it. */
export class RtvtFault extends Error {
  override readonly name = 'RtvtFault';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  /** Anything as what a client may be told. */
  static from(cause: unknown): RtvtFault {
    if (cause instanceof RtvtFault) return cause;
    return cause instanceof EngineBusyError
      ? new RtvtFault(CODE.busy, 'All engines are busy; try again shortly.')
      : new RtvtFault(CODE.unknown, 'Something failed here; it is in the log of the gateway.');
  }
}
