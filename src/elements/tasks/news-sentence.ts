import { counted } from '../counted.ts';
import type { TasksState } from '../../session/tasks.ts';
import { fill } from '../strings.ts';
import type { TaskWords } from './task-strings.ts';

/** What changed by itself, as one sentence for who cannot see it. Pure. */

export type TaskNews = NonNullable<TasksState['news']>;

const statusWord = (words: TaskWords, status: TaskNews['status']): string =>
  status === 'created' || status === 'deleted' ? words[`tasksNews-${status}`] : words[`taskStatus-${status}`];

/** The last news of each task; many are counted. */
export function newsSentence(news: readonly TaskNews[], words: TaskWords): string {
  const last = new Map(news.map((each) => [each.taskId, each]));
  const [only] = last.values();
  if (only === undefined) return '';
  if (last.size === 1) return fill(words.tasksNews, { name: only.name, status: statusWord(words, only.status) });
  const counts = new Map<TaskNews['status'], number>();
  for (const { status } of last.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
  const what = [...counts].map(([status, count]) => `${count} ${statusWord(words, status)}`).join(', ');
  return counted(words, 'tasksNewsMany', last.size, { what });
}
