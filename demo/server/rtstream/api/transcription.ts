import { z } from 'zod';
import { translationPairs } from '../../rtvt/languages.ts';
import { checkHeard, checkTranslated } from './asked-languages.ts';
import type { Context, Routes } from './context.ts';
import { answers, ok } from './envelope.ts';
import { connectionId, idParams, isoTime, optional, pageNumber, pageSize, toMs, toSeconds, unixTime, shown } from './fields.ts';
import { page } from './paging.ts';
import { findStream, withConnection } from './stream-rows.ts';

/** Transcripts of streams: begun, ended, read by pages (spec §2). */

const tags = ['transcripts'];
const MOST = 1000;

const engine = optional(z.string().max(100)).describe('Accepted and told again; whoever hears here is told in /health');
const language = optional(z.string().min(2).max(35));

const state = z.object({
  status: z.enum(['running', 'stopped', 'not_configured']),
  engine: z.string(),
  language: z.string().nullable(),
  translate_to: z.array(z.string()),
  created_at: z.string().nullable(),
  updated_at: z.string().nullable(),
  translations: z
    .record(z.string(), z.array(z.string()))
    .describe('What translate_to may name: for each language that is heard here, what it is translated into'),
});

const record = z.object({
  id: z.string().describe('As the live channel calls the same sentence'),
  start: z.number().describe('Unix seconds'),
  end: z.number(),
  text: z.string(),
  language: z.string(),
  word_timestamps: z.array(z.object({ start: z.number(), end: z.number(), word: z.string(), text: z.string() })),
  translations: z.array(z.object({ language: z.string(), text: z.string() })),
});

const actionBody = z
  .object({
    action: z.enum(['start', 'stop']),
    engine,
    mode: optional(z.enum(['graceful', 'force'])).describe('Accepted; what was heard is always kept'),
    ws_connection_id: connectionId,
    language: language.describe('BCP 47 of what is spoken; absent = English, auto = found out'),
    translate_to: optional(z.array(z.string().min(2).max(35)).max(8)).describe(
      'BCP 47 that each line is translated into; a pair that nobody here translates is refused',
    ),
  })
  .meta(shown({ action: 'start', translate_to: ['es'] }));

export function transcriptionRoutes(app: Routes, context: Context): void {
  const { database, running } = context;
  const find = (streamId: string) =>
    database.selectFrom('transcriptions').selectAll().where('stream_id', '=', streamId).executeTakeFirst();

  const translations = Object.fromEntries(
    Object.entries(translationPairs(context.hear, context.translate)).map(([from, targets]) => [from, [...targets]]),
  );

  const told = async (streamId: string, asked: string | undefined): Promise<z.output<typeof state>> => {
    const row = await find(streamId);
    if (row === undefined) {
      const none = { language: null, translate_to: [], created_at: null, updated_at: null };
      return { status: 'not_configured', engine: asked ?? 'assemblyai', ...none, translations };
    }
    const { status, engine, language, translate_to, created_at, updated_at } = row;
    const times = { created_at: isoTime(created_at), updated_at: isoTime(updated_at) };
    return { status, engine, language, translate_to, ...times, translations };
  };

  app.post(
    '/:id/transcription',
    {
      schema: {
        tags,
        summary: 'Begin or end the transcript',
        description: 'Both may be said twice; beginning again adds a socket that wants to hear it, and changes the languages.',
        params: idParams,
        body: actionBody,
        response: answers(state),
      },
    },
    async ({ params, body }) => {
      const stream = await findStream(database, params.id);
      if (body.action === 'start') checkHeard(context, 'language', body.language);
      const known = await find(stream.id);
      // What was asked for earlier is heard again by whoever can; what is asked for now is looked at.
      if (body.action === 'start' && (body.language ?? body.translate_to) !== undefined) {
        const [spoken, targets] = [body.language ?? known?.language ?? null, body.translate_to ?? known?.translate_to];
        checkTranslated(context, 'translate_to', spoken, targets);
      }
      const now = new Date();
      const changed = {
        engine: body.engine ?? known?.engine ?? 'assemblyai',
        status: body.action === 'start' ? ('running' as const) : ('stopped' as const),
        language: body.language ?? known?.language ?? null,
        translate_to: body.translate_to ?? known?.translate_to ?? [],
        ws_connection_ids: withConnection(known?.ws_connection_ids ?? [], body.ws_connection_id),
        updated_at: now,
      };
      // Ending what never began is no fault, and leaves nothing behind.
      if (body.action === 'start' || known !== undefined) {
        await database
          .insertInto('transcriptions')
          .values({ stream_id: stream.id, ...changed })
          .onConflict((conflict) => conflict.column('stream_id').doUpdateSet(changed))
          .execute();
        await running.sync(stream.id);
      }
      const deaf = body.action === 'start' && !stream.media_types.includes('audio');
      const words = 'This stream was connected without audio (media_types): there is nothing to hear.';
      const answer = await told(stream.id, body.engine);
      const status = body.action === 'stop' ? ('stopped' as const) : answer.status;
      return ok({ ...answer, status }, deaf ? words : undefined);
    },
  );

  app.get(
    '/:id/transcription/status',
    {
      schema: {
        tags,
        summary: 'Is there a transcript?',
        description: 'Whether it is being written, in which language, since when.',
        params: idParams,
        querystring: z.object({ engine }),
        response: answers(state),
      },
    },
    async ({ params, query }) => ok(await told((await findStream(database, params.id)).id, query.engine)),
  );

  app.get(
    '/:id/transcription',
    {
      schema: {
        tags,
        summary: 'Read the transcript',
        description:
          'Sentences in the order they were spoken. start and end choose what overlaps them; since is for asking again: what ended after it.',
        params: idParams,
        querystring: z.object({
          engine,
          page: pageNumber,
          page_size: pageSize(MOST),
          start: optional(unixTime),
          end: optional(unixTime),
          since: optional(unixTime),
        }),
        response: answers(
          z.object({
            transcription_records: z.array(record),
            next_page: z.boolean(),
            total_count: z.number(),
            page: z.number(),
            page_size: z.number(),
          }),
        ),
      },
    },
    async ({ params, query }) => {
      const stream = await findStream(database, params.id);
      let found = database.selectFrom('lines').where('stream_id', '=', stream.id);
      if (query.start !== undefined) found = found.where('end_ms', '>=', toMs(query.start));
      if (query.end !== undefined) found = found.where('start_ms', '<=', toMs(query.end));
      if (query.since !== undefined) found = found.where('end_ms', '>', toMs(query.since));
      const { count } = await found.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
      const size = query.page_size;
      const lines = await found
        .selectAll()
        .orderBy('start_ms')
        .orderBy('id')
        .limit(size + 1)
        .offset((query.page - 1) * size)
        .execute();
      const { rows, next } = page(lines, size);
      const records = rows.map((line) => ({
        id: line.line ?? String(line.id),
        start: toSeconds(line.start_ms),
        end: toSeconds(line.end_ms),
        text: line.text,
        language: line.language,
        word_timestamps: line.words.map(({ text, startMs, endMs }) => ({
          start: toSeconds(startMs),
          end: toSeconds(endMs),
          // Whether the real server says `word` or `text` is not known (spec §10).
          word: text,
          text,
        })),
        translations: Object.entries(line.translations).map(([language, text]) => ({ language, text })),
      }));
      return ok({
        transcription_records: records,
        next_page: next,
        total_count: count,
        page: query.page,
        page_size: size,
      });
    },
  );
}
