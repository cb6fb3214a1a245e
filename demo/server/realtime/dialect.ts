/** The two spellings of the protocol. Inside the gateway everything is GA; a dialect translates at the socket. */

export interface ServerEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Dialect {
  readonly name: 'ga' | 'beta';
  /** What the client sees of a GA event; null = this dialect has no such event. */
  encode(event: ServerEvent): ServerEvent | null;
  /** The `session` of an update, in GA shape. */
  readSession(session: Record<string, unknown>): Record<string, unknown>;
  /** The `response` of a `response.create`, in GA shape. */
  readResponse(response: Record<string, unknown>): Record<string, unknown>;
  /** The client's name of a field that is called `param` in GA. */
  nameParam(param: string): string;
}
