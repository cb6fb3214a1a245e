import type { Seeing } from '../../engines/engine.ts';
import type { Frame } from '../../media/media-stream.ts';
import type { NewScene } from '../scene.ts';
import { motionWord, type SceneFacts } from './facts.ts';
import { Looking } from './looking.ts';
import { shotsOf } from './shots.ts';
import { toldScene, untoldScene, wishOf } from './telling.ts';
import { tierPlan, type Tier } from './tiers.ts';

/** Everything that can be told of a video's pictures: its scenes, the things and people in them, what happens, and a timeline. */

export interface AnalysisWish {
  readonly prompt: string;
  /** `mini`, `basic`, `pro`, `ultra`; null = basic. */
  readonly tier: string | null;
  readonly lengthMs: number;
  /** 0–100 */
  readonly progress: (percentage: number) => void;
  readonly signal: AbortSignal;
}

/** Times in s from the video's beginning, keys as the API answers them. */
export interface Analysis extends Readonly<Record<string, unknown>> {
  readonly engine: string;
  readonly tier: Tier;
  readonly scenes: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly data: unknown;
    readonly metadata: unknown;
  }[];
  readonly objects: readonly {
    readonly name: string;
    readonly most_at_once: number;
    readonly confidence: number;
    readonly seen: readonly Span[];
  }[];
  readonly actions: readonly { readonly at: number; readonly action: string; readonly about: string | null }[];
  readonly timeline: readonly { readonly start: number; readonly end: number; readonly what: string }[];
  /** What the engine cannot know, in words. */
  readonly unknown: readonly string[];
}

type Span = readonly [start: number, end: number];

interface Seen {
  readonly scene: NewScene;
  /** Null: the engine failed. */
  readonly facts: SceneFacts | null;
}

/** How often a video of that length is looked at, ms: each second, at most 600 times in all. */
export function samplingMs(lengthMs: number): number {
  return Math.max(1000, Math.ceil(lengthMs / 600));
}

/**
 * `frames`: the video's, in order, `atMs` from its beginning, one every `samplingMs`. The scenes are for `video_scenes`. Throws
 * UnknownTierError; rejects with the signal's reason or what `frames` throws. An engine that fails is told in the scene's metadata.
 */
export async function analyseVideo(
  { prompt, tier, lengthMs, progress, signal }: AnalysisWish,
  frames: AsyncIterable<Frame>,
  { see }: { readonly see: Seeing },
): Promise<{ readonly scenes: readonly NewScene[]; readonly analysis: Analysis }> {
  const plan = tierPlan(tier);
  const wish = wishOf(prompt, plan.tier);
  const looking = new Looking(see, plan);
  const seen: Seen[] = [];
  for await (const shot of shotsOf(frames, lengthMs)) {
    signal.throwIfAborted();
    const about = {
      startMs: shot.startMs,
      endMs: shot.endMs,
      metadata: { engine: see.name, tier: plan.tier, frames: shot.came },
    };
    try {
      const looked = await looking.window(shot.frames, signal);
      if (looked !== null) seen.push({ scene: await toldScene(see, wish, looked, about, signal), facts: looked.facts });
    } catch (error) {
      signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      seen.push({
        scene: untoldScene(wish, { ...about, metadata: { ...about.metadata, error: why } }, 'Not looked at: the engine failed.'),
        facts: null,
      });
    }
    progress(Math.min(99, (100 * shot.endMs) / Math.max(1, lengthMs)));
  }
  const scenes = seen.map(({ scene }) => scene);
  return {
    scenes,
    analysis: {
      engine: see.name,
      tier: plan.tier,
      prompt,
      ...summary(seen),
      unknown: unknownOf(plan.tier, see.ask !== undefined),
    },
  };
}

function summary(seen: readonly Seen[]) {
  return {
    scenes: seen.map(({ scene: { startMs, endMs, text, data, metadata } }) => ({
      start: startMs / 1000,
      end: endMs / 1000,
      text,
      data,
      metadata,
    })),
    objects: objectsOf(seen),
    actions: actionsOf(seen),
    timeline: seen.map(({ scene, facts }) => ({
      start: scene.startMs / 1000,
      end: scene.endMs / 1000,
      what: facts === null ? 'unknown' : inShort(facts),
    })),
  };
}

function objectsOf(seen: readonly Seen[]): Analysis['objects'] {
  const all = new Map<string, { most: number; confidence: number; seen: Span[] }>();
  for (const { scene, facts } of seen) {
    const people = facts?.people != null && facts.people.count > 0 ? [{ name: 'person', ...facts.people }] : [];
    for (const { name, count, confidence } of [...people, ...(facts?.objects ?? [])]) {
      const known = all.get(name) ?? { most: 0, confidence: 0, seen: [] };
      const last = known.seen.at(-1);
      const [start, end] = [scene.startMs / 1000, scene.endMs / 1000];
      if (last !== undefined && last[1] === start) known.seen.splice(-1, 1, [last[0], end]);
      else known.seen.push([start, end]);
      all.set(name, { most: Math.max(known.most, count), confidence: Math.max(known.confidence, confidence), seen: known.seen });
    }
  }
  return [...all].map(([name, { most, confidence, seen: spans }]) => ({
    name,
    most_at_once: most,
    confidence: Math.round(confidence * 100) / 100,
    seen: spans,
  }));
}

/** Changes from scene to scene that need no understanding: programs, people, things, movement. */
function actionsOf(seen: readonly Seen[]): Analysis['actions'] {
  const actions: { at: number; action: string; about: string | null }[] = [];
  let before: SceneFacts | null = null;
  for (const { scene, facts } of seen) {
    if (facts === null) continue;
    const at = scene.startMs / 1000;
    const add = (action: string, about: string | null = null): void => void actions.push({ at, action, about });
    if (facts.app !== (before?.app ?? null)) {
      if (before?.app != null) add('application left', before.app);
      if (facts.app !== null) add('application shown', facts.app);
    }
    const [were, are] = [before?.people?.count ?? 0, facts.people?.count ?? 0];
    if (are > were) add('people appear', String(are - were));
    if (are < were) add('people leave', String(were - are));
    for (const { name } of facts.objects ?? [])
      if (before?.objects?.some((thing) => thing.name === name) !== true) add('object appears', name);
    for (const { name } of before?.objects ?? [])
      if (facts.objects?.some((thing) => thing.name === name) !== true) add('object disappears', name);
    const motion = motionWord(facts.change);
    if (motion === 'moderate' || motion === 'strong') add(`${motion} movement`);
    if (facts.activity !== null && facts.activity !== before?.activity) add('probably', facts.activity);
    before = facts;
  }
  return actions;
}

function inShort(facts: SceneFacts): string {
  const said = [
    facts.app ?? facts.title ?? '',
    facts.people !== null && facts.people.count > 0
      ? `${facts.people.count} ${facts.people.count === 1 ? 'person' : 'people'}`
      : '',
    (facts.objects ?? []).map(({ name, count }) => (count > 1 ? `${count} × ${name}` : name)).join(', '),
    facts.app === null && (facts.text?.length ?? 0) > 0 ? `text "${facts.text?.[0]?.line.slice(0, 60) ?? ''}"` : '',
  ].filter((part) => part !== '');
  return said.length > 0 ? said.join('; ') : `mostly ${facts.colours[0]?.name ?? 'unknown'}`;
}

function unknownOf(tier: Tier, isModel: boolean): readonly string[] {
  if (isModel && tier !== 'mini') return [];
  return [
    ...(tier === 'mini' ? ['text', 'people', 'objects'] : []),
    'what people do',
    'who they are',
    'things beyond eighty everyday kinds',
    ...(tier === 'ultra' ? [] : ['activity on screen']),
  ];
}
