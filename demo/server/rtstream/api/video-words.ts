import { z } from 'zod';
import { checkOutsideUrl, privateUrlsAllowed } from '../../http/outside-url.ts';
import { demand } from './access.ts';
import { refused } from './api-error.ts';
import { checkHeard } from './asked-languages.ts';
import { callerIn } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answersLater, nothing } from './envelope.ts';
import { idParams, optional, shown } from './fields.ts';
import { settleOrTell } from './later.ts';
import { segmented } from './segmented.ts';
import type { Segmenter } from './segmented.ts';
import { indexSpokenWords } from './spoken-words.ts';
import { findVideo, linesOf } from './video-rows.ts';
import type { VideoRow } from './video-rows.ts';

/** What was said in a video: indexed, and read (spec §2). */

const tags = ['videos'];

/** Python writes `True`, Node `true`. */
const flag = optional(
  z.union([z.boolean(), z.string().max(5)]).transform((value) => value === true || /^(true|1)$/i.test(String(value))),
);
const seconds = optional(z.coerce.number().min(0).max(1e7));

const words = z.object({
  word_timestamps: z.array(z.object({ start: z.number().describe('Seconds'), end: z.number(), text: z.string() })),
  text: z.string(),
});

const transcriptQuery = z.object({
  start: seconds,
  end: seconds,
  segmenter: optional(z.enum(['word', 'sentence', 'time'])),
  length: optional(z.coerce.number().min(1).max(3600)).describe('Words, sentences or seconds to a segment'),
  force: flag.describe('Listen again'),
  language: optional(z.string().max(35)).describe('BCP 47 of a translation, by sentences'),
});

type Wish = z.output<typeof transcriptQuery>;

export function videoWordRoutes(app: Routes, context: Context): void {
  const { database, config, webhooks } = context;

  app.post(
    '/:id/index',
    {
      schema: {
        tags,
        summary: 'Index what is said',
        description:
          'Makes the spoken words of a video findable; a video that nobody listened to is listened to first. Done once, it is done at once unless force is said. A callback_url is told when it is over.',
        params: idParams,
        body: z
          .object({
            index_type: optional(z.string().max(100)),
            language_code: optional(z.string().max(35)),
            segmentation_type: optional(z.string().max(100)).describe('Accepted; words are kept by sentences'),
            force: flag,
            callback_url: optional(z.string().max(2000)),
          })
          .meta(shown({ index_type: 'spoken_word', force: true })),
        response: answersLater(nothing),
      },
    },
    async (request) => {
      const { body } = request;
      const video = await findVideo(database, request.params.id);
      if (body.index_type !== undefined && !/^(spoken|spoken_word|transcript)$/.test(body.index_type)) {
        throw refused('index_type', 'index_type: spoken_word; scenes are indexed at /video/{id}/index/scene');
      }
      checkHeard(context, 'language_code', body.language_code);
      const callback = body.callback_url ?? '';
      if (callback !== '') {
        demand(callerIn(request), 'webhook');
        await checkOutsideUrl('callback_url', callback, { allowPrivate: privateUrlsAllowed(config), schemes: ['http', 'https'] });
      }
      const force = body.force === true;
      return settleOrTell(context, request, {
        kind: 'index_spoken_words',
        key: `index ${video.id} ${callback}`,
        work: async () => {
          if (force || video.spoken_index !== 'ready') {
            const { id, outcome } = await indexSpokenWords(context, video.id, { language: body.language_code ?? null, force });
            const told = (success: boolean) =>
              callback === ''
                ? Promise.resolve()
                : webhooks.send({
                    event: 'video.indexed',
                    subjectId: id,
                    url: callback,
                    payload: { event: 'video.indexed', video_id: video.id, index_type: 'spoken_word', success },
                  });
            try {
              await outcome;
            } catch (cause) {
              await told(false);
              throw cause;
            }
            await told(true);
          }
          return {};
        },
      });
    },
  );

  const read = async (video: VideoRow, wish: Wish): Promise<z.output<typeof words>> => {
    const { segmenter = 'word', length = segmenter === 'time' ? 10 : 1, language } = wish;
    const startMs = (wish.start ?? 0) * 1000;
    const endMs = (wish.end ?? Infinity) * 1000;
    const all = await linesOf(database, video.id);
    const lines =
      language === undefined
        ? all
        : all.flatMap((line) => {
            const text = line.translations[language];
            return line.language === language ? [line] : text === undefined ? [] : [{ ...line, text, words: [] }];
          });
    if (language !== undefined && lines.length === 0 && all.length > 0) {
      const there = [...new Set(all.flatMap((line) => [line.language, ...Object.keys(line.translations)]))].join(', ');
      throw refused(
        'language',
        `language: nothing of it is in '${language}'; languages that are: ${there}.`,
        'language_not_there',
      );
    }
    const segments = segmented(lines, segmenter satisfies Segmenter, length).filter(
      ({ start, end }) => end * 1000 > startMs && start * 1000 < endMs,
    );
    return { word_timestamps: [...segments], text: segments.map(({ text }) => text).join(' ') };
  };

  const answer = (request: Parameters<typeof settleOrTell>[1], video: VideoRow, wish: Wish) =>
    settleOrTell(context, request, {
      kind: 'transcript',
      key: `transcript ${video.id} ${JSON.stringify(wish)}`,
      work: async () => {
        const heard = (await linesOf(database, video.id)).length > 0 || video.spoken_index === 'ready';
        if (!heard || wish.force === true) {
          await (
            await indexSpokenWords(context, video.id, { language: null, force: wish.force === true })
          ).outcome;
        }
        return read(video, wish);
      },
    });

  app.get(
    '/:id/transcription',
    {
      schema: {
        tags,
        summary: 'What was said in a video',
        description: 'By words, sentences or seconds. A video that nobody listened to is listened to now.',
        params: idParams,
        querystring: transcriptQuery,
        response: answersLater(words),
      },
    },
    async (request) => answer(request, await findVideo(database, request.params.id), request.query),
  );

  app.post(
    '/:id/transcription',
    {
      schema: {
        tags,
        summary: 'Listen to a video',
        description: 'As reading its transcript, by the other method that SDKs use; force listens again.',
        params: idParams,
        body: transcriptQuery.meta(shown({ force: true })),
        response: answersLater(words),
      },
    },
    async (request) => answer(request, await findVideo(database, request.params.id), request.body),
  );
}
