import { readConfig } from '../../../demo/server/config.ts';
import type { SeeDepth, Seeing } from '../../../demo/server/engines/engine.ts';
import { localSeeing } from '../../../demo/server/engines/local/see.ts';
import { faces, objects } from '../../../demo/server/engines/weights-table.ts';
import { ensureWeights } from '../../../demo/server/engines/weights.ts';
import type { SceneFacts } from '../../../demo/server/rtstream/visual/facts.ts';
import { Looking } from '../../../demo/server/rtstream/visual/looking.ts';
import { TIERS } from '../../../demo/server/rtstream/visual/tiers.ts';
import { paint, type Screen } from './drawing.ts';

/** A drawn screen as a visual index sees it. */

/** With the real weights, fetched when they are not there yet. */
export async function seeingHere(): Promise<Seeing> {
  const [things = '', people = ''] = await ensureWeights(readConfig(process.env, 0).modelsDir, [objects, faces]);
  return localSeeing({ weights: { objects: things, faces: people }, log: (line) => process.stderr.write(`${line}\n`) });
}

/** As a frame of a stream comes: at most 1280 px wide, JPEG. */
export async function lookedAt(
  see: Seeing,
  screen: Screen,
  tier: SeeDepth,
): Promise<{ readonly facts: SceneFacts; readonly ms: number }> {
  const jpeg = await paint(screen, { width: 1280 });
  const frame = { atMs: 0, jpeg, width: screen.width, height: screen.height };
  const from = performance.now();
  const looked = await new Looking(see, TIERS[tier]).window([frame], new AbortController().signal);
  if (looked === null) throw new Error(`${screen.id} was not looked at`);
  return { facts: looked.facts, ms: performance.now() - from };
}
