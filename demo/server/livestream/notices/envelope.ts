import { isoTime } from '../tasks.ts';
import type { NewNotice, Notice } from './notices.ts';

/** A notice as it travels (spec §Notifications): `{type, data, timestamp, source}`, and the `id` of one that can be asked for again. Pure. */

export const noticeText = ({ id, type, data, source, at }: Notice): string =>
  JSON.stringify({ type, data, timestamp: isoTime(at), source, id });

/** UTF-8, made once for every socket. */
export const passingText = ({ type, data, source = 'livestream_service' }: NewNotice, at: Date): Buffer =>
  Buffer.from(JSON.stringify({ type, data, timestamp: isoTime(at), source }));

/** What the sockets themselves say. */
export const socketText = (type: string, data: Readonly<Record<string, unknown>>, at: Date): Buffer =>
  passingText({ type, data, source: 'websocket_manager' }, at);

/** Which notices a socket is for. */
export type Topic = 'everything' | 'tasks' | `room:${string}`;

/** What is said in a room is for those in it; everything else is for everybody, and for who wants tasks alone where it is about one. */
export function topicsOf({ type, room }: { readonly type: string; readonly room?: string | null }): readonly Topic[] {
  if (room != null) return [`room:${room}`];
  return type.startsWith('task_') ? ['everything', 'tasks'] : ['everything'];
}
