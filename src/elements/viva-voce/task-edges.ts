import { createTasksDesk } from '../../task-edges.ts';
import type { ConnectTasks } from '../tasks/task-properties.ts';

/** What `<viva-tasks>` loads to have a desk; the gateway is where this script came from unless the tag says otherwise. */
export const connectTasks: ConnectTasks = ({ endpoint, tokenUrl, tokenProvider }) =>
  createTasksDesk({
    baseUrl: endpoint === null ? new URL(import.meta.url).origin : new URL(endpoint, document.baseURI).href.replace(/\/$/, ''),
    ...(tokenUrl === null ? {} : { tokenUrl: new URL(tokenUrl, document.baseURI).href }),
    ...(tokenProvider === null ? {} : { token: tokenProvider }),
  });
