import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { checkOutsideUrl, privateUrlsAllowed } from '../../http/outside-url.ts';
import type { Routes } from '../../rtstream/api/context.ts';
import { OPERATOR } from '../auth/subject.ts';
import type { Bearer } from '../auth/tokens.ts';
import { promptName } from '../prompts/prompt-name.ts';
import type { Prompt } from '../prompts/prompts.ts';
import type { Task } from '../task.ts';
import { bearerIn } from './access.ts';
import { coverImage, IMAGE_BYTES, writtenImage } from './cover-image.ts';
import { FORM_BYTES, readForm } from './create-form.ts';
import type { LivestreamDeps } from './deps.ts';
import { LivestreamError, refused } from './livestream-error.ts';
import { parsed } from './refusal.ts';
import { errors, shownTask, taskSchema } from './task-answer.ts';
import { isoDate, line, markdown, optionalLine, shownUrl, url } from './task-fields.ts';

/** Making tasks: of a broadcast that is to be watched, and of one that is over and summarised already. */

const tags = ['livestream'];
const NAME_LETTERS = 300;
const REPORT_LETTERS = 1_000_000;
/** A picture in base64, and the report beside it. */
const HISTORY_BYTES = 12 * 1024 * 1024;

/** What a task may be watched at. */
const WATCHED = ['http', 'https', 'rtmp', 'rtmps', 'rtsp', 'rtsps', 'file'];

const createFields = z.object({
  url: url.describe(`What is watched: ${WATCHED.join(', ')}`),
  livestream_name: line(NAME_LETTERS),
  start_time: isoDate,
  entity: optionalLine(NAME_LETTERS).describe('Whom or what it is about'),
  prompt_file: optionalLine(NAME_LETTERS).describe('Name of a prompt'),
});
const createBody = createFields.extend({
  image: z
    .string()
    .optional()
    .meta({ format: 'binary' })
    .describe(`The cover, at most ${String(IMAGE_BYTES / 1024 / 1024)} MiB`),
});

const historyBody = z
  .object({
    url: shownUrl,
    livestream_name: line(NAME_LETTERS),
    start_time: isoDate,
    summary_report: markdown(REPORT_LETTERS).describe('Markdown'),
    host_name: optionalLine(NAME_LETTERS).describe('livestream_name where nothing is said'),
    entity: optionalLine(NAME_LETTERS),
    livestream_image: z.string().nullish().describe('The cover as a data URL of base64'),
  })
  .meta({
    'x-examples': {
      example1: {
        value: {
          url: 'https://example.com/history_event',
          livestream_name: 'Developer day 2023',
          start_time: '2023-12-20T10:00:00Z',
          summary_report: '# Developer day 2023',
        },
      },
    },
  });

export function createRoutes(app: Routes, deps: LivestreamDeps): void {
  const { tasks, prompts, recorder, lifecycle, log } = deps;

  app.post(
    '/tasks',
    {
      preParsing: async ({ headers }, _reply, payload) => {
        if (Number(headers['content-length'] ?? 0) > FORM_BYTES)
          throw new LivestreamError(413, 'request_too_large', 'The request is too large.');
        return payload;
      },
      // The form is read part by part: what the schema says is for the document.
      validatorCompiler: () => () => true,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        summary: 'Watch a broadcast',
        description:
          'Makes a task: the address is watched, recorded when it goes live, and analysed by the prompt when it is over. The cover is a JPEG, PNG, WebP, GIF or AVIF picture.',
        body: createBody,
        response: { 201: taskSchema, ...errors },
      },
    },
    async (request, reply) => {
      const form = await readForm(request);
      const bearer = bearerIn(request);
      const wish = parsed(createFields, form.fields);
      await checkWatched(deps, bearer, wish.url);
      const prompt = await wantedPrompt(deps, wish.prompt_file);
      const livestream_image = form.image === null ? null : await coverImage('image', form.image);
      const { url, livestream_name, entity, start_time } = wish;
      const id = randomUUID();
      const { liveId, hostName } = await recorder.add({ id, url, name: livestream_name });
      let task: Task;
      try {
        task = await tasks.create({
          ...{ id, url, livestream_name, entity, start_time, livestream_image },
          ...{ status: 'pending', bililive_live_id: liveId, host_name: hostName, wanted: true },
          ...{ prompt_name: wish.prompt_file === null ? null : prompt.name, prompt_content: prompt.content },
          ...{ summary_report: null, owner: bearer.subject },
        });
      } catch (cause) {
        await recorder
          .remove(id, liveId)
          .catch((error: unknown) => log.warn({ err: error }, 'the recorder keeps what no task is of'));
        throw cause;
      }
      // It is made whatever becomes of it: what fails from here on stands in its log.
      lifecycle.added(task).catch((cause: unknown) => log.error({ err: cause }, 'a task could not be watched'));
      return reply.code(201).send(shownTask(task));
    },
  );

  app.post(
    '/tasks/history',
    {
      bodyLimit: HISTORY_BYTES,
      schema: {
        tags,
        summary: 'Add a past event',
        description: 'Makes a completed task of a report that exists already; nothing is watched or recorded.',
        body: historyBody,
        response: { 201: taskSchema, ...errors },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { url, livestream_name, start_time, entity, summary_report, livestream_image: image } = body;
      const livestream_image =
        image === undefined || image === null || image.trim() === '' ? null : await writtenImage('livestream_image', image);
      const { content } = await prompts.standard();
      const task = await tasks.create({
        ...{ id: randomUUID(), url, livestream_name, start_time, entity, summary_report, livestream_image },
        ...{ status: 'completed', bililive_live_id: null, host_name: body.host_name ?? livestream_name, wanted: false },
        ...{ prompt_name: null, prompt_content: content, owner: bearerIn(request).subject },
      });
      return reply.code(201).send(shownTask(task));
    },
  );
}

/** Throws `LivestreamError` and `UrlRefusedError`, both 422. */
async function checkWatched({ config }: LivestreamDeps, { subject, kind }: Bearer, text: string): Promise<void> {
  const { protocol } = await checkOutsideUrl('url', text, { allowPrivate: privateUrlsAllowed(config), schemes: WATCHED });
  if (protocol !== 'file:') return;
  // A file of this machine is the operator's, whichever page was given a token.
  if (!privateUrlsAllowed(config) || subject !== OPERATOR || kind === 'secret')
    throw refused('url', 'files of this machine are for its operator', 'url_refused');
}

/** Null: the one that is meant where none is named. Throws `LivestreamError` 422. */
async function wantedPrompt({ prompts }: LivestreamDeps, named: string | null): Promise<Prompt> {
  if (named === null) return prompts.standard();
  const { name, wrong } = promptName(named);
  if (name === null) throw refused('prompt_file', wrong);
  const prompt = await prompts.read(name);
  if (prompt === null) throw refused('prompt_file', 'there is no such prompt', 'unknown_prompt');
  return prompt;
}
