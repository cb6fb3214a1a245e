import type { Observable } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import type { InterpreterDownlink, InterpreterUplink } from '../../shared/interpretation.ts';
import type { SocketConstructor } from '../socket.ts';

/** What a page says about the RTVT service it wants to speak to. */

/** What opens one connection. */
export interface RtvtToken {
  readonly token: string;
  /** Unix seconds, as signed. */
  readonly ts: number;
  /** Project id, where it is told with the token; wins over the option. */
  readonly pid?: number;
}

/** Why a token is wanted: the first connection, a later one, or because the last token was refused. */
export type RtvtTokenReason = 'connect' | 'reconnect' | 'refused';

/** A fresh `(token, ts)`; asked before each login. The secret behind it never enters a page. */
export type RtvtTokenProvider = (reason: RtvtTokenReason) => Observable<RtvtToken>;

export interface RtvtOptions {
  /**
   * `ws(s)://host:port`, to which the dialect's usual path is added (`/service/websocket`, `/gate/websocket`), or an address with its own
   * path; `http(s):` is taken as `ws(s):`.
   */
  readonly url: string;
  /** Project id; may be absent when every token brings its own. */
  readonly pid?: number | undefined;
  readonly token: RtvtTokenProvider;
  /** `fpnn` (default): binary, many streams on one connection. `gate`: JSON, one connection per stream. */
  readonly dialect?: 'fpnn' | 'gate' | undefined;
  readonly uid?: string | number | bigint | undefined;
  /** How this client names itself. */
  readonly version?: string | undefined;
  /** ms since the epoch, never running backwards; default the platform's monotonic clock. */
  readonly now?: (() => number) | undefined;
  /** 0 ≤ x < 1; default Math.random. */
  readonly random?: (() => number) | undefined;
  /** Ends a wait for the next try early: the user pressed retry, the network came back. */
  readonly retry$?: Observable<unknown> | undefined;
  /** For platforms without a WebSocket. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** Default 10 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Default 5 000. */
  readonly questTimeoutMs?: number | undefined;
  /** A ping after so long without a message; default 5 000. */
  readonly pingMs?: number | undefined;
  /** So long without a message, or without the answer to a frame, the connection is given up; default 10 000. */
  readonly silenceMs?: number | undefined;
}

export type InterpreterProtocol = (uplink$: Observable<InterpreterUplink>) => Observable<InterpreterDownlink>;

export const VERSION = 'viva-voce';

/** The platform's monotonic clock, ms since the epoch. */
export const clock = (): number => performance.timeOrigin + performance.now();

/** The project that a connection is for. Throws `bad-option`. */
export function projectOf({ pid }: Pick<RtvtOptions, 'pid'>, token: RtvtToken): number {
  const project = token.pid ?? pid;
  if (project === undefined)
    throw new AssistantError('bad-option', 'pid: neither the options nor the token tell it', { field: 'pid' });
  return project;
}
