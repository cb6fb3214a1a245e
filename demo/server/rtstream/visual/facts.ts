import type { ScreenElement, Sighting } from '../../engines/engine.ts';
import type { Tier } from './tiers.ts';

/** What is known of one window of a stream's pictures. `null` = not looked for at this tier, which is not the same as not there. */
export interface SceneFacts {
  readonly tier: Tier;
  readonly text: Sighting['text'] | null;
  readonly people: Sighting['people'] | null;
  readonly objects: readonly CountedThing[] | null;
  /** The largest first. */
  readonly colours: Sighting['colours'];
  /** 0–255 */
  readonly brightness: number;
  readonly elements: readonly ScreenElement[] | null;
  /** Of the window in front, where it is written. */
  readonly title: string | null;
  /** Name of the application, where it is written. */
  readonly app: string | null;
  readonly change: SceneChange;
  /** A guess in words; from `ultra` on, null where there is none. */
  readonly activity: string | null;
}

export interface CountedThing {
  readonly name: string;
  readonly count: number;
  /** 0–1, of the surest. */
  readonly confidence: number;
}

export interface SceneChange {
  /** Unix ms of frames that show another scene than the one before. */
  readonly cutsAtMs: readonly number[];
  /** Frames that are not as the one before. */
  readonly changedFrames: number;
  /** 0–1: mean share of the picture that changed from frame to frame. */
  readonly motion: number;
}

export type MotionWord = 'still' | 'slight' | 'moderate' | 'strong';

export function motionWord({ motion }: SceneChange): MotionWord {
  return motion < 0.002 ? 'still' : motion < 0.04 ? 'slight' : motion < 0.2 ? 'moderate' : 'strong';
}

/** Several looks at one window as one: every line once, as many people and things as were seen at a time. */
export function joined(looks: readonly Sighting[]): Sighting | null {
  const last = looks.at(-1);
  if (last === undefined || looks.length === 1) return last ?? null;
  const text = new Map<string, Sighting['text'][number]>();
  for (const line of looks.flatMap((look) => look.text)) {
    const key = line.line.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
    if ((text.get(key)?.confidence ?? -1) < line.confidence) text.set(key, line);
  }
  const people = looks.reduce((most, look) => (look.people.count > most.count ? look.people : most), last.people);
  const names = [...new Set(looks.flatMap(({ objects }) => objects.map(({ name }) => name)))];
  const objects = names.flatMap((name) =>
    looks
      .map((look) => look.objects.filter((thing) => thing.name === name))
      .reduce((most, found) => (found.length > most.length ? found : most)),
  );
  return { ...last, text: [...text.values()], people, objects };
}

export function counted(objects: Sighting['objects']): readonly CountedThing[] {
  const names = [...new Set(objects.map(({ name }) => name))];
  return names.map((name) => {
    const found = objects.filter((thing) => thing.name === name);
    return { name, count: found.length, confidence: Math.max(...found.map(({ confidence }) => confidence)) };
  });
}
