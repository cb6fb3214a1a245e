import { json } from '../../store/json.ts';
import type { Database } from '../../store/tables.ts';
import type { NewScene } from '../scene.ts';
import type { FinalLine } from '../transcript/transcript-event.ts';
import type { Meanings } from './meanings.ts';

/** Makes what was said and seen findable: by its words at once, by its meaning a moment later. */

export interface RememberDeps {
  readonly database: Database;
  readonly meanings: Meanings | null;
}

interface OfStream {
  readonly id: string;
  readonly collection_id: string;
}

/** Longer ones are full of what is on every screen. */
const MOST_EVIDENCE_CHARS = 20_000;

export async function rememberLine(deps: RememberDeps, stream: OfStream, line: FinalLine): Promise<void> {
  const { text, startMs, endMs, language } = line;
  await write(deps, stream, { source: 'transcript', indexId: null, startMs, endMs, text, evidence: '', metadata: { language } });
}

export async function rememberScene(
  deps: RememberDeps,
  stream: OfStream,
  index: { readonly id: string },
  { startMs, endMs, text, evidence, metadata }: NewScene,
): Promise<void> {
  // Every word of it once.
  const more = evidence === text ? '' : evidence.slice(0, MOST_EVIDENCE_CHARS);
  await write(deps, stream, { source: 'scene', indexId: index.id, startMs, endMs, text, evidence: more, metadata });
}

interface Passage {
  readonly source: 'transcript' | 'scene';
  readonly indexId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly evidence: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

async function write(deps: RememberDeps, stream: OfStream, passage: Passage): Promise<void> {
  await deps.database
    .insertInto('passages')
    .values({
      collection_id: stream.collection_id,
      stream_id: stream.id,
      index_id: passage.indexId,
      source: passage.source,
      start_ms: passage.startMs,
      end_ms: passage.endMs,
      text: passage.text,
      evidence: passage.evidence,
      metadata: json(passage.metadata),
    })
    .execute();
  deps.meanings?.refresh();
}
