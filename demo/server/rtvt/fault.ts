import { RTVT_CODE, RtvtError } from '../../../src/protocols/rtvt/messages-errors.ts';
import { EngineBusyError } from '../engines/engine.ts';

/** A quest that is answered with an error; the connection lives on. `message` goes to the client: no token and no speech in it. */
export class RtvtFault extends Error {
  override readonly name = 'RtvtFault';
  /** A number of `RTVT_CODE`. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  /** Anything as what a client may be told. */
  static from(cause: unknown): RtvtFault {
    if (cause instanceof RtvtFault) return cause;
    if (cause instanceof RtvtError) return new RtvtFault(cause.rtvtCode, cause.message);
    return cause instanceof EngineBusyError
      ? new RtvtFault(RTVT_CODE.busy, 'All engines are busy; try again shortly.')
      : new RtvtFault(RTVT_CODE.unknown, 'Something failed here; it is in the log of the gateway.');
  }
}
