import type { TaskStatus } from '../../session/tasks.ts';

/** What `<viva-tasks>` tells the page. */

/** Another task is looked at. */
export class VivaTaskSelectEvent extends Event {
  /** Null: none. */
  readonly taskId: string | null;

  constructor(taskId: string | null) {
    super('viva-task-select', { bubbles: true, composed: true });
    this.taskId = taskId;
  }
}

/** The service said that a task was created, changed or deleted. */
export class VivaTaskChangeEvent extends Event {
  readonly taskId: string;
  readonly name: string;
  readonly status: TaskStatus | 'created' | 'deleted';

  constructor(taskId: string, name: string, status: TaskStatus | 'created' | 'deleted') {
    super('viva-task-change', { bubbles: true, composed: true });
    this.taskId = taskId;
    this.name = name;
    this.status = status;
  }
}

declare global {
  interface HTMLElementEventMap {
    'viva-task-select': VivaTaskSelectEvent;
    'viva-task-change': VivaTaskChangeEvent;
  }
}
