import type { Job } from '../jobs/jobs.ts';
import type { RtstreamDeps } from './deps.ts';

/** The spoken words of a video: heard where nobody has, and made findable; one at a time for each video. */

export interface SpokenWish {
  /** BCP 47 or `auto`; null = English. */
  readonly language: string | null;
  /** Again, although it was done. */
  readonly force: boolean;
}

export function indexSpokenWords(deps: RtstreamDeps, videoId: string, { language, force }: SpokenWish): Promise<Job> {
  const { database, jobs, published, search } = deps;
  const state = (spoken_index: 'processing' | 'ready' | 'failed') =>
    database.updateTable('videos').set({ spoken_index }).where('id', '=', videoId).execute();
  return jobs.start('index_spoken_words', `spoken words ${videoId}`, async (progress) => {
    await state('processing');
    try {
      // Making it findable is the last tenth.
      await published.transcribe({ videoId, language, force, progress: (percentage) => progress(percentage * 0.9) });
      await search.indexSpokenWords(videoId);
    } catch (cause) {
      await state('failed');
      throw cause;
    }
    await state('ready');
    return {};
  });
}
