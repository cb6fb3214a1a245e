import type { Routes } from '../../rtstream/api/context.ts';
import type { Task } from '../task.ts';
import { bearerIn, demandOwner, findTask, gone } from './access.ts';
import type { LivestreamDeps, Told } from './deps.ts';
import { conflict } from './livestream-error.ts';
import { taskParams } from './list-routes.ts';
import { done, doneSchema, errors } from './task-answer.ts';

/** What is done with tasks: watch, stop, analyse again, delete. Asked for twice, it is done once. */

const answered = { tags: ['livestream'], params: taskParams, response: { 200: doneSchema, ...errors } };

export function watchingRoutes(app: Routes, deps: LivestreamDeps): void {
  const { tasks, lifecycle, analysis, prompts, recorder, log } = deps;

  app.post(
    '/tasks/:task_id/listen/start',
    {
      schema: {
        ...answered,
        summary: 'Watch a task again',
        description: 'Listening begins by itself when a task is made; this begins it again after it was stopped, or is over.',
      },
    },
    async (request) => {
      const task = await findTask(deps, request.params.task_id);
      demandOwner(deps, bearerIn(request), task);
      if (task.bililive_live_id === null) throw conflict('no_recorder', 'A past event has nothing that could be watched.');
      const told = checked(await lifecycle.listen(task));
      // The source's own words, but where they would not be true yet.
      return done(task.id, told.task.status === 'processing' ? told.message : 'Started listening to the livestream.');
    },
  );

  app.post(
    '/tasks/:task_id/listen/stop',
    {
      schema: {
        ...answered,
        summary: 'Watch a task no more',
        description: 'Ends listening and recording; what was recorded is analysed.',
      },
    },
    async (request) => {
      const task = await findTask(deps, request.params.task_id);
      demandOwner(deps, bearerIn(request), task);
      if (task.bililive_live_id !== null) checked(await lifecycle.stop(task));
      return done(task.id, 'Stopped listening to the livestream.');
    },
  );

  app.post(
    '/tasks/:task_id/re-analyze',
    {
      schema: {
        ...answered,
        summary: 'Analyse a task again',
        description:
          'By what its prompt says now. Where the manuscript exists, the summary alone is made again; else everything from the recording on.',
      },
    },
    async (request) => {
      const task = await findTask(deps, request.params.task_id);
      demandOwner(deps, bearerIn(request), task);
      await checkAnalysable(task);
      const prompt = task.prompt_name === null ? await prompts.standard() : await prompts.read(task.prompt_name);
      const changed = await tasks.become(task.id, 'processing', {
        from: ['pending', 'listening', 'completed', 'failed'],
        set: prompt === null ? {} : { prompt_content: prompt.content },
        also: (transaction, { id }) => analysis.enqueue(transaction, id),
      });
      if (changed === null) throw conflict('state_conflict', 'It changed just now; look at it again.');
      analysis.poke();
      return done(task.id, 'Task analysis has been re-triggered.');
    },
  );

  app.delete(
    '/tasks/:task_id',
    {
      schema: {
        ...answered,
        summary: 'Delete a task',
        description: 'With everything that was recorded and made of it, in the recorder, too.',
      },
    },
    async (request) => {
      const task = await findTask(deps, request.params.task_id);
      demandOwner(deps, bearerIn(request), task);
      const removed = await tasks.remove(task.id);
      if (removed === null) throw gone();
      await lifecycle.removed(removed).catch((cause: unknown) => log.error({ err: cause }, 'files of a deleted task are left'));
      return done(task.id, 'Task deleted successfully.');
    },
  );

  /** Throws `LivestreamError` 409. */
  async function checkAnalysable({ id, status, bililive_live_id }: Task): Promise<void> {
    if (status === 'processing') throw conflict('being_analysed', 'It is being analysed already.');
    if (status === 'recording') throw conflict('being_recorded', 'It is being recorded; stop that first.');
    if ((await analysis.manuscript(id)) !== null) return;
    if (bililive_live_id === null || (await recorder.parts(id)).length === 0)
      throw conflict('nothing_recorded', 'Nothing was recorded of it that could be analysed.');
  }
}

/** Throws `LivestreamError` 404 or 409. */
function checked(told: Told): Told & { readonly task: Task } {
  if (told.task === null) throw gone();
  if (!told.done) throw conflict('state_conflict', told.message);
  return { ...told, task: told.task };
}
