import { concatMap, Observable } from 'rxjs';
import type { Seeing } from '../../engines/engine.ts';
import type { MediaStream } from '../../media/media-stream.ts';
import type { NewScene } from '../scene.ts';
import { Backlog, type WaitingWindow } from './backlog.ts';
import { extractionOf } from './extraction.ts';
import { difference, fingerprint, type Fingerprint } from './fingerprint.ts';
import { Looking } from './looking.ts';
import { toldScene, untoldScene, wishOf } from './telling.ts';
import { tierPlan } from './tiers.ts';
import { inWindows, type FrameWindow } from './windows.ts';

/** Watches a stream's pictures and tells of each window what the prompt asks for. */

/** The columns of `indexes` that say what is wished. */
export interface VisualIndex {
  readonly prompt: string;
  readonly model_name: string | null;
  readonly extraction_config: Readonly<Record<string, unknown>> | null;
  /** Of the stream, frames a minute: how many are looked at where the index does not say. */
  readonly sample_rate?: number;
}

export interface VisualIndexDeps {
  readonly see: Seeing;
  /** Told when a window could not be looked at; never of what is on it. */
  readonly log?: (line: string) => void;
}

const MAX_WIDTH = 1280;

/**
 * Scenes in the order of their windows, from the live edge on. Cold: nothing is decoded or looked at without a subscriber. Completes when
 * the stream stops and everything that waits was told. What an engine fails at is told in the scene's metadata (`error`), not thrown.
 * Throws UnknownTierError or ExtractionError at once.
 */
export function visualIndex(index: VisualIndex, media: Pick<MediaStream, 'frames'>, deps: VisualIndexDeps): Observable<NewScene> {
  const plan = tierPlan(index.model_name);
  const extraction = extractionOf(index.extraction_config, index.sample_rate);
  const wish = wishOf(index.prompt, plan.tier);
  const everyMs = extraction.windowMs / extraction.frameCount;

  return new Observable<NewScene>((subscriber) => {
    const stop = new AbortController();
    const stopped = (): boolean => stop.signal.aborted;
    const looking = new Looking(deps.see, plan);
    const backlog = new Backlog();
    let working = false;
    let ended = false;

    async function work(): Promise<void> {
      if (working) return;
      working = true;
      for (let window = backlog.shift(); window !== undefined && !stopped(); window = backlog.shift()) {
        const scene = await sceneOf(window);
        if (!stopped()) subscriber.next(scene);
      }
      working = false;
      if (ended) subscriber.complete();
    }

    async function sceneOf(window: WaitingWindow): Promise<NewScene> {
      const { startMs, endMs } = window;
      const metadata = {
        engine: deps.see.name,
        tier: plan.tier,
        frames: window.came,
        frame_count: extraction.frameCount * window.windows,
        ...(window.thinned === null ? {} : { thinned: window.thinned, waiting: backlog.length }),
        ...(window.windows > 1 ? { windows: window.windows } : {}),
      };
      try {
        const looked = window.frames.length === 0 ? null : await looking.window(window.frames, stop.signal);
        if (looked !== null) return await toldScene(deps.see, wish, looked, { startMs, endMs, metadata }, stop.signal);
        return untoldScene(wish, { startMs, endMs, metadata }, 'Not looked at: the engine is slower than the stream.');
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (!stopped()) deps.log?.(`A window was not looked at: ${why}`);
        return untoldScene(wish, { startMs, endMs, metadata: { ...metadata, error: why } }, 'Not looked at: the engine failed.');
      }
    }

    let before: Fingerprint | null = null;
    /** By their last pictures: whether it is another scene than in the window before. */
    async function withCut(window: FrameWindow): Promise<{ readonly window: FrameWindow; readonly cut: boolean }> {
      const jpeg = window.frames.at(-1)?.jpeg;
      if (jpeg === undefined) return { window, cut: false };
      try {
        const [last, print] = [before, await fingerprint(jpeg)];
        before = print;
        return { window, cut: last !== null && difference(last, print).cut };
      } catch (error) {
        // Who looks at it tells the same of its scene.
        deps.log?.(`A picture cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        return { window, cut: false };
      }
    }

    const windows$ = inWindows(media.frames({ everyMs, maxWidth: MAX_WIDTH }), extraction);
    const frames = windows$.pipe(concatMap(withCut)).subscribe({
      next: ({ window, cut }) => {
        backlog.push(window, cut);
        void work();
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => {
        ended = true;
        if (!working) subscriber.complete();
      },
    });

    return () => {
      frames.unsubscribe();
      stop.abort(new Error('The index was stopped.'));
    };
  });
}
