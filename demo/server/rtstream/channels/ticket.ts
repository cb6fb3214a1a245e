import { AuthError } from '../../auth.ts';
import type { Auth } from '../../auth.ts';

/** What the address of a socket lets its holder hear: all authority is in the URL, because SDKs send no header with it (spec §4). */

export const SOCKET_PATH = '/rtstream/socket';
/** Time to open the socket; an open one lives on. */
const TICKET_SECONDS = 300;
const CONNECTION_ID = /^ws-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface TicketWish {
  /** Streams of other collections cannot be followed; null or absent = all can. */
  readonly collectionId?: string | null;
  /** This stream is followed, and nothing else can be. */
  readonly streamId?: string | null;
  /** The connection that is to go on; absent = a new one. */
  readonly connectionId?: string | null;
  /** The page that asked: the address works from its origin only. */
  readonly origin?: string | null;
}

export interface Ticket {
  readonly collectionId: string | null;
  readonly streamId: string | null;
  readonly connectionId: string | null;
}

export const isConnectionId = (text: string): boolean => CONNECTION_ID.test(text);

/** `base`: `http(s)://host[/prefix]` as the caller reaches this gateway. */
export async function issueTicket(auth: Auth, base: string, wish: TicketWish): Promise<string> {
  const { collectionId, streamId, connectionId, origin = null } = wish;
  const claims = {
    ...(collectionId == null ? {} : { collection: collectionId }),
    ...(streamId == null ? {} : { stream: streamId }),
    ...(connectionId == null ? {} : { connection: connectionId }),
  };
  const { value } = await auth.mint({ audience: 'channel', origin, seconds: TICKET_SECONDS, session: null, claims });
  return `${base.replace(/^http/, 'ws').replace(/\/+$/, '')}${SOCKET_PATH}?token=${encodeURIComponent(value)}`;
}

/** Throws `AuthError`. The gateway's key has no place in an address: it would stand in every log on the way. */
export async function readTicket(auth: Auth, token: string | null, origin: string | null): Promise<Ticket> {
  if (token !== null && auth.isKey(token)) {
    throw new AuthError(401, 'invalid_api_key', 'The key does not belong into an address; ask for a websocket_url.');
  }
  const { claims } = await auth.admit(token, origin, 'channel');
  const claim = (name: string): string | null => (typeof claims[name] === 'string' ? claims[name] : null);
  return { collectionId: claim('collection'), streamId: claim('stream'), connectionId: claim('connection') };
}
