import { z } from 'zod';
import { refused } from './api-error.ts';
import { baseOf } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, ok } from './envelope.ts';
import { optional, shown } from './fields.ts';
import { clampShot, MOST_SHOTS, timeline } from './shots.ts';
import type { Shot } from './shots.ts';
import { findVideo } from './video-rows.ts';
import type { VideoRow } from './video-rows.ts';

/** `POST /compile`: hits of a search, one after the other, as one playlist (spec §2). */

export function compileRoutes(app: Routes, context: Context): void {
  const { database, urls } = context;

  app.post(
    '',
    {
      config: { needs: 'read' },
      schema: {
        tags: ['search'],
        summary: 'Play shots one after the other',
        description: 'One playlist of pieces of several videos, in the order given. Nothing is encoded again.',
        body: z
          .array(z.object({ video_id: z.string().max(200), collection_id: optional(z.string().max(200)), shots: timeline }))
          .min(1, 'at least one shot')
          .max(MOST_SHOTS)
          .meta(shown([{ video_id: 'm-0198c0de', collection_id: 'c-0198c0de', shots: [[1.5, 4.25]] }])),
        response: answers(z.object({ stream_url: z.string(), player_url: z.string() })),
      },
    },
    async (request) => {
      const videos = new Map<string, VideoRow>();
      const shots: Shot[] = [];
      for (const [at, { video_id, shots: pieces }] of request.body.entries()) {
        const video = videos.get(video_id) ?? (await findVideo(database, video_id, `${at}.video_id`));
        videos.set(video_id, video);
        pieces.forEach((piece, place) => shots.push(clampShot(video, piece, `${at}.shots.${place}`)));
      }
      if (shots.length === 0) throw refused('shots', 'shots: there are none', 'missing_value');
      if (shots.length > MOST_SHOTS) throw refused('shots', `shots: at most ${MOST_SHOTS}`);
      const base = baseOf(context, request);
      const streamUrl = urls.compiled(base, shots);
      return ok({ stream_url: streamUrl, player_url: urls.player(base, streamUrl) });
    },
  );
}
