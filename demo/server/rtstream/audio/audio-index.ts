import { concatMap, EMPTY, endWith, from, map, mergeMap, Observable } from 'rxjs';
import type { Selectable } from 'kysely';
import type { Answering } from '../../engines/engine.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import type { IndexTable } from '../../store/stream-tables.ts';
import type { NewScene } from '../scene.ts';
import type { TranscriptEvent } from '../transcript/transcript-event.ts';
import { askedOfModel } from './ask-model.ts';
import { topicText } from './quotes.ts';
import type { Meaning } from './quotes.ts';
import { audioTier, BY_MEANING, spokenScene } from './spoken-scene.ts';
import { segmentingOf, Windows } from './windows.ts';
import type { SpokenWindow } from './windows.ts';

/** An index of what is said: windows of a transcript, each told by the index's prompt. */

export type AudioIndexRow = Pick<Selectable<IndexTable>, 'extraction_config' | 'prompt' | 'model_name'>;

export interface AudioIndexDeps {
  /** Null: no language model; what is told are quotes. */
  readonly model: Answering | null;
  /** Compares sentences for the deeper tiers; null = by their words alone. */
  readonly embedder: Pick<Embedder, 'embed'> | null;
  /** A window was told by quotes because the model or the embedder failed. For the log. */
  readonly onFailure?: (cause: unknown) => void;
}

const MODEL_TIMEOUT_MS = 45_000;
/** Windows that wait for the model; those beyond are told by quotes. */
const MOST_WAITING = 8;

/** Cold. Scenes in order. When `events$` completes, the last window is told as far as it came. */
export function audioIndex(
  index: AudioIndexRow,
  events$: Observable<TranscriptEvent>,
  deps: AudioIndexDeps,
): Observable<NewScene> {
  return new Observable((subscriber) => {
    const windows = new Windows(segmentingOf(index.extraction_config));
    const left = new AbortController();
    subscriber.add(() => left.abort());
    let waiting = 0;
    return events$
      .pipe(
        endWith(null),
        mergeMap((event) => from(event === null ? windows.finish() : windows.push(event))),
        map((window) => ({ window, isBehind: ++waiting > MOST_WAITING })),
        concatMap(async ({ window, isBehind }) => {
          const scene = await told(window, index, isBehind ? { ...deps, model: null } : deps, left.signal);
          waiting--;
          return scene;
        }),
        mergeMap((scene) => (left.signal.aborted ? EMPTY : [scene])),
      )
      .subscribe(subscriber);
  });
}

async function told(window: SpokenWindow, index: AudioIndexRow, deps: AudioIndexDeps, left: AbortSignal): Promise<NewScene> {
  const { prompt } = index;
  const tier = audioTier(index.model_name);
  const { model, onFailure } = deps;
  const signal = AbortSignal.any([left, AbortSignal.timeout(MODEL_TIMEOUT_MS)]);
  if (model !== null) {
    try {
      return await askedOfModel(window, { prompt, tier }, model, signal);
    } catch (cause) {
      if (!left.aborted) onFailure?.(cause);
    }
  }
  return spokenScene(window, prompt, tier, BY_MEANING.has(tier) ? await meaningOf(window, prompt, deps, signal) : null);
}

/** Null: no model, or it failed. */
async function meaningOf(
  { sentences }: SpokenWindow,
  prompt: string,
  { embedder, onFailure }: AudioIndexDeps,
  signal: AbortSignal,
): Promise<Meaning | null> {
  if (embedder === null) return null;
  const topic = topicText(prompt);
  try {
    const vectors = await embedder.embed(topic === '' ? sentences : [...sentences, topic], signal);
    return { sentences: vectors.slice(0, sentences.length), topic: vectors[sentences.length] ?? null };
  } catch (cause) {
    if (!signal.aborted) onFailure?.(cause);
    return null;
  }
}
