import { EMPTY, of } from 'rxjs';
import type { Observable } from 'rxjs';
import type { TaskNotice } from './protocols/livestream/codec-notices.ts';
import type { TasksState } from './session/tasks.ts';
import type { StatusChange } from './task-list.ts';

/** What is told of tasks, as lists and people hear it. Pure. */

export const newsOf = (notice: TaskNotice): NonNullable<TasksState['news']> => {
  const { taskId, name } = notice;
  return {
    taskId,
    name,
    status: notice.type === 'task-status' ? notice.status : notice.type === 'task-created' ? 'created' : 'deleted',
  };
};

export const statusChange = (notice: TaskNotice): Observable<StatusChange> =>
  notice.type === 'task-status' ? of(notice) : EMPTY;
