import type { FastifyRequest } from 'fastify';
import { AuthError } from '../../auth.ts';
import { bearerOf } from '../../realtime/upgrade.ts';
import { originOf } from '../../rtstream/api/access.ts';
import { OPERATOR, uuidOf } from '../auth/subject.ts';
import type { Bearer } from '../auth/tokens.ts';
import type { Task } from '../task.ts';
import type { LivestreamDeps } from './deps.ts';
import { LivestreamError } from './livestream-error.ts';

/** Who may do what: every valid token reads everything; where `LIVESTREAM_OWN_TASKS` says so, a task is changed by who made it, or the operator. */

export const BEARER = 'livestreamBearer';

/** Who asks; set before the route runs. */
export const bearerIn = (request: FastifyRequest): Bearer => request.getDecorator<Bearer>(BEARER);

/** Throws `AuthError`. */
export const admit = ({ tokens, config }: Pick<LivestreamDeps, 'tokens' | 'config'>, request: FastifyRequest): Promise<Bearer> =>
  tokens.verify(bearerOf(request.headers), originOf(config, request));

/** Throws `LivestreamError` 404; what is no UUID is the id of nothing. */
export async function findTask({ tasks }: Pick<LivestreamDeps, 'tasks'>, id: string): Promise<Task> {
  const uuid = uuidOf(id);
  const task = uuid === null ? null : await tasks.read(uuid);
  if (task === null) throw gone();
  return task;
}

export const gone = (): LivestreamError => new LivestreamError(404, 'task_not_found', 'There is no such task.');

/** Throws `AuthError` 403. */
export function demandOwner(
  { config }: Pick<LivestreamDeps, 'config'>,
  { subject }: Bearer,
  { owner }: Pick<Task, 'owner'>,
): void {
  if (!config.livestream.ownTasksOnly || subject === OPERATOR || subject === owner) return;
  throw new AuthError(403, 'not_yours', 'Somebody else made this task.');
}
