import { AuthError } from '../../auth.ts';
import type { Auth } from '../../auth.ts';
import type { Database } from '../../store/tables.ts';
import { isConnectionId, readTicket } from './ticket.ts';

/** What the address of a channel socket asks for, and whether its ticket allows it. */

export interface Admission {
  /** The connection that goes on; null = a new one. */
  readonly connectionId: string | null;
  /** Followed without being named by anybody. */
  readonly streamIds: readonly string[];
  /** Number of the last frame that was heard; null = only what comes. */
  readonly since: number | null;
  /** A page cannot hear pings: it is told something now and then. */
  readonly heartbeat: boolean;
}

export interface Refusal {
  readonly refused: true;
  readonly status: 400 | 401 | 403 | 404 | 503;
  readonly code: string;
  readonly message: string;
}

const MOST_FOLLOWED = 50;

const refusal = (status: Refusal['status'], code: string, message: string): Refusal => ({ refused: true, status, code, message });

export async function admit(
  { auth, database }: { readonly auth: Auth; readonly database: Database },
  query: URLSearchParams,
  origin: string | null,
): Promise<Admission | Refusal> {
  try {
    const ticket = await readTicket(auth, query.get('token'), origin);
    const asked = [...new Set(query.getAll('rtstream_id').filter((id) => id !== ''))];
    if (ticket.streamId !== null && asked.some((id) => id !== ticket.streamId)) {
      return refusal(403, 'other_stream', 'rtstream_id: this address is for another stream.');
    }
    if (asked.length > MOST_FOLLOWED) return refusal(400, 'too_many', `rtstream_id: at most ${MOST_FOLLOWED} at once.`);
    const streamIds = ticket.streamId === null ? asked : [ticket.streamId];
    const missing = await unknownStream(database, streamIds, ticket.collectionId);
    if (missing !== null) return refusal(404, 'not_found', `rtstream_id: there is no stream ${missing.slice(0, 60)}.`);
    const resumed = ticket.connectionId ?? query.get('connection_id');
    return {
      // Somebody else's word for a connection is no reason to have none.
      connectionId: resumed !== null && isConnectionId(resumed) ? resumed : null,
      streamIds,
      since: sinceOf(query.get('since')),
      heartbeat: query.get('heartbeat') === '1',
    };
  } catch (cause) {
    if (cause instanceof AuthError) return refusal(cause.status, cause.code, cause.message);
    throw cause;
  }
}

async function unknownStream(database: Database, ids: readonly string[], collectionId: string | null): Promise<string | null> {
  if (ids.length === 0) return null;
  const found = await database
    .selectFrom('streams')
    .select('id')
    .where('id', 'in', [...ids])
    .$if(collectionId !== null, (query) => query.where('collection_id', '=', collectionId ?? ''))
    .execute();
  const known = new Set(found.map(({ id }) => id));
  return ids.find((id) => !known.has(id)) ?? null;
}

function sinceOf(text: string | null): number | null {
  if (text === null || !/^\d{1,15}$/.test(text)) return null;
  return Number(text);
}
