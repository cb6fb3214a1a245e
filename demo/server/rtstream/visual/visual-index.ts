import { Observable } from 'rxjs';
import type { Seeing } from '../../engines/engine.ts';
import type { MediaStream } from '../../media/media-stream.ts';
import type { NewScene } from '../scene.ts';
import { askedJson, fillAsked } from './asked-json.ts';
import { Backlog, type WaitingWindow } from './backlog.ts';
import { evidenceOf } from './evidence.ts';
import { extractionOf } from './extraction.ts';
import { knowing } from './known.ts';
import { Looking, type Looked } from './looking.ts';
import { askModel } from './ask-model.ts';
import { proseOf } from './prose.ts';
import { tierPlan } from './tiers.ts';
import { inWindows } from './windows.ts';

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
  const asked = askedJson(index.prompt);
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
      const about = {
        engine: deps.see.name,
        tier: plan.tier,
        frames: window.came,
        frame_count: extraction.frameCount * window.windows,
        ...(window.thinned === null ? {} : { thinned: window.thinned, waiting: backlog.length }),
        ...(window.windows > 1 ? { windows: window.windows } : {}),
      };
      try {
        const looked = window.frames.length === 0 ? null : await looking.window(window.frames, stop.signal);
        if (looked !== null) return await tell(window, looked, about);
        return unknown(window, 'Not looked at: the engine is slower than the stream.', { ...about, looked: 0 });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (!stopped()) deps.log?.(`A window was not looked at: ${why}`);
        return unknown(window, 'Not looked at: the engine failed.', { ...about, looked: 0, error: why });
      }
    }

    async function tell(
      window: WaitingWindow,
      { facts, looked, shown }: Looked,
      about: Readonly<Record<string, unknown>>,
    ): Promise<NewScene> {
      const { change } = facts;
      const answer =
        deps.see.ask === undefined || plan.tier === 'mini'
          ? null
          : await askModel(deps.see.ask.bind(deps.see), { prompt: index.prompt, asked, frames: shown, signal: stop.signal });
      const data = answer?.data ?? (asked === null ? null : fillAsked(asked, knowing(facts)));
      const text = answer?.text ?? (asked === null ? proseOf(facts, index.prompt) : JSON.stringify(data));
      return {
        startMs: window.startMs,
        endMs: window.endMs,
        text,
        data,
        metadata: {
          ...about,
          looked,
          changed: change.changedFrames,
          scene_changes: change.cutsAtMs,
          ...(answer?.fallback == null ? {} : { fallback: answer.fallback }),
        },
        evidence: [evidenceOf(facts), ...(answer === null ? [] : [`told: ${(answer.text ?? '').replace(/\s+/g, ' ')}`])].join(
          '\n',
        ),
      };
    }

    function unknown({ startMs, endMs }: WaitingWindow, why: string, metadata: Readonly<Record<string, unknown>>): NewScene {
      const data = asked === null ? null : fillAsked(asked, () => null);
      return {
        startMs,
        endMs,
        text: asked === null ? why : JSON.stringify(data),
        data,
        metadata: { ...metadata, note: why },
        evidence: '',
      };
    }

    const frames = inWindows(media.frames({ everyMs, maxWidth: MAX_WIDTH }), extraction).subscribe({
      next: (window) => {
        backlog.push(window);
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
