import type { Auth } from '../auth.ts';
import { AuthError } from '../auth.ts';

/** What a token lets its holder do in which room; signed, so that it outlives a restart of the gateway. */

export interface RoomRight {
  readonly room: string;
  readonly publish: boolean;
}

export interface RoomToken extends RoomRight {
  readonly token: string;
  /** Unix seconds */
  readonly expiresAt: number;
}

/** Names that need no escaping anywhere. */
export const ROOM_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** `origin`: the token works from pages of that origin only; null = from every allowed one. */
export async function mintRoomToken(auth: Auth, right: RoomRight, origin: string | null, seconds: number): Promise<RoomToken> {
  const { room, publish } = right;
  const { value, expiresAt } = await auth.mint({ audience: 'room', origin, seconds, session: null, claims: { room, publish } });
  return { room, publish, token: value, expiresAt };
}

/** Throws `AuthError`. The gateway's key opens every room. */
export async function roomRight(auth: Auth, credential: string | null, origin: string | null, room: string): Promise<RoomRight> {
  const { kind, claims } = await auth.admit(credential, origin, 'room');
  if (kind === 'key') return { room, publish: true };
  if (claims['room'] !== room) throw new AuthError(403, 'other_room', 'The token is for another room.');
  return { room, publish: claims['publish'] === true };
}
