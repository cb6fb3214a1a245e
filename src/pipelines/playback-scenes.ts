import type { StreamScene } from '../shared/stream-feed.ts';
import { isDate } from './playback-time.ts';

/** Scenes of a stream by the picture's clock: what was seen and heard, and when. */

export type Scene = Omit<StreamScene, 'type'>;

const MOST_SCENES = 5_000;

export class SceneStore {
  readonly #list: Scene[] = [];
  readonly #byId = new Map<string, Scene>();
  #version = 0;

  /** Oldest first; the same array always, `version` tells of changes. */
  get list(): readonly Scene[] {
    return this.#list;
  }

  get version(): number {
    return this.#version;
  }

  /** A scene, or its newer state. False = nothing new. */
  add(scene: Scene): boolean {
    if (!isDate(scene.startMs)) return false;
    const known = this.#byId.get(scene.id);
    if (known !== undefined) {
      if (known.text === scene.text && known.startMs === scene.startMs && known.endMs === scene.endMs) return false;
      this.#list.splice(this.#list.indexOf(known), 1);
    }
    this.#byId.set(scene.id, scene);
    this.#list.splice(this.lastStarted(scene.startMs) + 1, 0, scene);
    if (this.#list.length > MOST_SCENES) for (const { id } of this.#list.splice(0, MOST_SCENES / 50)) this.#byId.delete(id);
    this.#version += 1;
    return true;
  }

  clear(): void {
    this.#list.length = 0;
    this.#byId.clear();
    this.#version += 1;
  }

  lastStarted(dateMs: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#list[middle]!.startMs <= dateMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** A stretch of the scene lane: what is there, as few words as fit. */
export interface SceneSpan {
  /** 0–1 */
  readonly from: number;
  readonly to: number;
  readonly scene: Scene;
  readonly count: number;
}

/** At most `places` stretches of one kind; those that are too short to be told apart become one. */
export function sceneSpans(
  scenes: readonly Scene[],
  kind: Scene['kind'],
  places: number,
  along: (dateMs: number) => number | null,
): readonly SceneSpan[] {
  const spans: SceneSpan[] = [];
  for (const scene of scenes) {
    if (scene.kind !== kind) continue;
    const from = along(scene.startMs);
    const to = along(scene.endMs) ?? (from === null ? null : 1);
    if (from === null || to === null) continue;
    const last = spans.at(-1);
    if (last !== undefined && Math.floor(last.from * places) === Math.floor(from * places))
      spans[spans.length - 1] = { ...last, to: Math.max(last.to, to), count: last.count + 1 };
    else spans.push({ from, to: Math.max(from, to), scene, count: 1 });
  }
  return spans;
}
