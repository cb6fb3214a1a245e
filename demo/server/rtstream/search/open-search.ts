import type { Embedder } from '../../knowledge/embedder.ts';
import type { Database } from '../../store/tables.ts';
import type { Search } from '../api/deps.ts';
import type { NewScene } from '../scene.ts';
import type { FinalLine } from '../transcript/transcript-event.ts';
import { Meanings } from './meanings.ts';
import { rememberLine, rememberScene } from './remember.ts';
import { PassageSearch } from './search.ts';
import { videoScenesOf } from './video-passages.ts';

/** Search and what fills it, over one database. */

export interface OpenSearch {
  readonly search: Search;
  rememberLine(stream: OfStream, line: FinalLine): Promise<void>;
  rememberScene(stream: OfStream, index: { readonly id: string }, scene: NewScene): Promise<void>;
  /** Makes what an index or analysis (`video_scenes.index_id`) tells of a video findable. */
  indexVideoScenes(videoId: string, indexId: string): Promise<void>;
  /** Rows were written into `passages` by somebody else (an export): they are given their meaning. */
  refresh(): void;
  /** Resolves when what was written so far has its meaning. */
  settled(): Promise<void>;
  /** Before the database and the embedder are closed. */
  close(): Promise<void>;
}

interface OfStream {
  readonly id: string;
  readonly collection_id: string;
}

export interface OpenSearchOptions {
  readonly database: Database;
  /** `sharedEmbedding`; null = by words alone. Its owner closes it. */
  readonly embedder: Embedder | null;
  /** The model failed: words alone were looked for, and it is tried again. For the log. */
  readonly onFailure: (cause: unknown) => void;
}

/** What was written before and has no meaning yet is given one from now on. */
export function openSearch({ database, embedder, onFailure }: OpenSearchOptions): OpenSearch {
  const meanings = embedder === null ? null : new Meanings({ database, embedder, onFailure });
  const deps = { database, meanings };
  meanings?.refresh();
  return {
    search: new PassageSearch({ ...deps, onFailure }),
    rememberLine: (stream, line) => rememberLine(deps, stream, line),
    rememberScene: (stream, index, scene) => rememberScene(deps, stream, index, scene),
    indexVideoScenes: async (videoId, indexId) => {
      await videoScenesOf(database, videoId, indexId);
      meanings?.refresh();
    },
    refresh: () => meanings?.refresh(),
    settled: () => meanings?.settled() ?? Promise.resolve(),
    close: () => meanings?.close() ?? Promise.resolve(),
  };
}
