import { EngineBusyError } from '../engines/engine.ts';

/** What the protocol says when something is wrong: one class for bad requests, one shape on the wire. */

export type FaultType = 'invalid_request_error' | 'server_error' | 'rate_limit_error' | 'authentication_error';

/** A client event that cannot be obeyed; the session lives on. */
export class RealtimeFault extends Error {
  override readonly name = 'RealtimeFault';
  readonly code: string;
  /** The field at fault as a path, e.g. `session.audio.input.format.rate`. */
  readonly param: string | null;
  readonly type: FaultType;

  constructor(code: string, message: string, param: string | null = null, type: FaultType = 'invalid_request_error') {
    super(message);
    this.code = code;
    this.param = param;
    this.type = type;
  }
}

export interface ErrorBody {
  readonly type: FaultType;
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  /** The client's event that caused it. */
  readonly event_id: string | null;
}

export const errorBody = (fault: RealtimeFault, eventId: string | null): ErrorBody => ({
  type: fault.type,
  code: fault.code,
  message: fault.message,
  param: fault.param,
  event_id: eventId,
});

/** An engine's trouble in the protocol's words. The cause goes to the log, never to the client. */
export function engineFault(cause: unknown): RealtimeFault {
  if (cause instanceof RealtimeFault) return cause;
  return cause instanceof EngineBusyError
    ? new RealtimeFault('server_busy', 'All engines are busy; try again shortly.', null, 'server_error')
    : new RealtimeFault('engine_failed', 'An engine failed and is being restarted; try again.', null, 'server_error');
}
