import { AssistantError } from '../../shared/errors.ts';
import { isObject, number, object, requiredText, text, timeMs } from '../rtstream/codec-fields.ts';
import type { Json } from '../rtstream/codec-fields.ts';
import { readProgress } from './codec-made.ts';
import { isStatus, readStatus, requiredTime } from './codec-tasks.ts';
import type { Status } from './codec-tasks.ts';

/** What the notification sockets say (spec §Notifications), each field checked. */

/** The connection stands. */
export interface Greeting {
  readonly type: 'greeting';
  readonly userId: string | null;
  readonly connectionId: string | null;
  /** Id of the newest notice; null = this service has no ids. */
  readonly lastId: number | null;
  /** What was asked for again is told completely; null = nothing was asked for. */
  readonly complete: boolean | null;
  /** How often something is said at least, ms; null = not told. */
  readonly heartbeatMs: number | null;
}

interface Told {
  /** Null = kept nowhere, or this service has no ids. */
  readonly id: number | null;
  /** Unix ms */
  readonly atMs: number;
}

export type TaskNotice =
  | (Told & {
      readonly type: 'task-created';
      readonly taskId: string;
      readonly name: string;
      readonly hostName: string | null;
      /** Unix ms; null = not told. */
      readonly startMs: number | null;
      readonly status: Status;
    })
  | (Told & {
      readonly type: 'task-status';
      readonly taskId: string;
      readonly status: Status;
      readonly name: string;
      readonly hostName: string | null;
      /** Unix ms */
      readonly updatedMs: number;
    })
  | (Told & { readonly type: 'task-deleted'; readonly taskId: string; readonly name: string });

export type RoomNotice =
  | (Told & { readonly type: 'task-log'; readonly taskId: string; readonly line: string })
  | (Told & {
      readonly type: 'task-progress';
      readonly taskId: string;
      /** Null: nothing is under way any more. */
      readonly progress: { readonly step: string; readonly percentage: number } | null;
    });

/** An alert, the state of a stream, whatever else the gateway says. */
export interface OtherNotice extends Told {
  readonly type: 'other';
  readonly name: string;
  readonly source: string | null;
  readonly data: Json;
}

export interface Complaint {
  readonly type: 'complaint';
  /** `AUTHENTICATION_FAILED`, `TOKEN_EXPIRED`, … */
  readonly code: string;
  readonly message: string;
}

export type Notice = TaskNotice | RoomNotice | OtherNotice;
export type NoticeFrame = Greeting | Notice | Complaint | { readonly type: 'heartbeat' };

/** Characters of one message. */
const MOST_CHARACTERS = 1_000_000;

/** Throws `bad-message` that names the field. */
export function readNotice(message: unknown): NoticeFrame {
  const envelope = parsed(message);
  const type = requiredText(envelope['type'], 'type');
  const data = object(envelope['data']);
  const told: Told = { id: number(envelope['id']), atMs: timeMs(envelope['timestamp']) ?? 0 };
  switch (type) {
    case 'connection_established':
      return greeting(data);
    case 'error':
      return { type: 'complaint', code: text(data['error_code']) ?? '', message: text(data['message']) ?? '' };
    case 'heartbeat':
      return { type };
    case 'task_created':
      return {
        ...{ type: 'task-created', ...told, ...named(data), startMs: timeMs(data['start_time']) },
        status: isStatus(data['status']) ? data['status'] : 'pending',
      };
    case 'task_status_update':
      return {
        ...{ type: 'task-status', ...told, ...named(data), status: readStatus(data['status']) },
        updatedMs: requiredTime(data['updated_at'] ?? envelope['timestamp'], 'updated_at'),
      };
    case 'task_deleted': {
      const { taskId, name } = named(data);
      return { type: 'task-deleted', ...told, taskId, name };
    }
    case 'task_log':
      return { type: 'task-log', ...told, taskId: taskIdOf(data), line: text(data['line']) ?? '' };
    case 'task_progress':
      return { type: 'task-progress', ...told, taskId: taskIdOf(data), progress: readProgress(data) };
    default:
      return { type: 'other', ...told, name: type, source: text(envelope['source']), data };
  }
}

function greeting(data: Json): Greeting {
  const replay = data['replay'];
  return {
    type: 'greeting',
    userId: text(data['user_id']),
    connectionId: text(data['connection_id']),
    lastId: number(data['last_id']),
    complete: isObject(replay) ? replay['complete'] === true : null,
    heartbeatMs: number(data['heartbeat_ms']),
  };
}

const taskIdOf = (data: Json): string => requiredText(data['task_id'], 'task_id');

const named = (data: Json): { readonly taskId: string; readonly name: string; readonly hostName: string | null } => ({
  ...{ taskId: taskIdOf(data), name: text(data['livestream_name']) ?? '', hostName: text(data['host_name']) },
});

function parsed(message: unknown): Json {
  if (typeof message !== 'string') throw bad('is not text');
  if (message.length > MOST_CHARACTERS) throw bad(`is longer than ${MOST_CHARACTERS} characters`);
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch (cause) {
    throw bad('is not JSON', cause);
  }
  if (!isObject(value)) throw bad('is not an object');
  return value;
}

const bad = (what: string, cause?: unknown): AssistantError =>
  new AssistantError('bad-message', `the message ${what}`, { cause, field: 'message' });
