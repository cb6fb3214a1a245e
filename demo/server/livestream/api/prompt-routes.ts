import { z } from 'zod';
import type { Routes } from '../../rtstream/api/context.ts';
import { nameInAddress, promptName } from '../prompts/prompt-name.ts';
import { PROMPT_LETTERS } from '../prompts/prompts.ts';
import type { LivestreamDeps } from './deps.ts';
import { conflict, refused } from './livestream-error.ts';
import { errors } from './task-answer.ts';
import { markdown } from './task-fields.ts';

/** What reports are made by: read by everybody, written by whoever holds a token. */

const tags = ['livestream'];
const promptSchema = z.object({ name: z.string(), content: z.string().describe('Markdown') });
/** UTF-8 and JSON's escapes of the longest one. */
const BODY_BYTES = 6 * PROMPT_LETTERS + 1024;

export function promptRoutes(app: Routes, { prompts }: LivestreamDeps): void {
  app.get(
    '/prompts',
    {
      config: { open: true },
      schema: {
        tags,
        security: [],
        summary: 'List prompts',
        description: 'All of them with what they say, by name; without a token.',
        response: { 200: z.array(promptSchema), ...errors },
      },
    },
    async () => [...(await prompts.list())],
  );

  app.post(
    // To its end, for the router counts the letters of a name percent-encoded, and reads raw ones as Latin-1.
    '/prompts/*',
    {
      bodyLimit: BODY_BYTES,
      schema: {
        tags,
        summary: 'Write a prompt',
        description: 'Changes it, or makes it where there is none of this name: a file name of any language that ends with .md.',
        params: z.object({ prompt_name: z.string().optional().describe('e.g. 00.default-summary.md, raw or percent-encoded') }),
        body: z
          .object({ content: markdown(PROMPT_LETTERS).describe('Markdown') })
          .meta({ 'x-examples': { example1: { value: { content: '1. Main announcements: one line each' } } } }),
        response: { 200: promptSchema, ...errors },
      },
    },
    async ({ body, raw }) => {
      const text = nameInAddress(raw.url ?? '');
      if (text === null) throw refused('prompt_name', 'must be UTF-8');
      const { name, wrong } = promptName(text);
      if (name === null) throw refused('prompt_name', wrong);
      const prompt = await prompts.write({ name, content: body.content });
      if (prompt === null)
        throw conflict('too_many_prompts', 'There are as many prompts as can be kept; write over one of them.');
      return prompt;
    },
  );
}
