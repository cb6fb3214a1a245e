import type { SeeDepth } from '../../demo/server/engines/engine.ts';
import { askedJson, fillAsked, fits } from '../../demo/server/rtstream/visual/asked-json.ts';
import { knowing } from '../../demo/server/rtstream/visual/known.ts';
import { lookedAt, seeingHere } from '../support/screens/looked-at.ts';
import { judged, type Judgement } from '../support/screens/judging.ts';
import { heldOutScreens } from '../support/screens/held-out.ts';
import { tunedScreens } from '../support/screens/tuned.ts';
import type { Screen } from '../support/screens/drawing.ts';

/**
 * `npm run prove:screens [-- --verbose] [-- tier …]`: labelled screens, looked at in each tier and asked for the JSON of the seed's prompt: how
 * many of each field are right, and what a frame costs.
 */

const PROMPT = `Analyze the screen and return a JSON object with:
{
  "app_name": "name of the active application",
  "activity": "what the user is doing",
  "ui_elements": ["list of visible UI elements"],
  "contains_text": true/false,
  "dominant_colors": ["list of main colors"]
}
Return only valid JSON.`;

const verbose = process.argv.includes('--verbose');
const named = process.argv.slice(2).filter((word): word is SeeDepth => ['mini', 'basic', 'pro', 'ultra'].includes(word));
const tiers: readonly SeeDepth[] = named.length > 0 ? named : ['mini', 'basic', 'pro', 'ultra'];
const asked = askedJson(PROMPT);
if (asked === null) throw new Error('the prompt asks for no JSON');
const see = await seeingHere();

const share = (right: number, of: number): string => `${right}/${of}`.padStart(9);

async function prove(name: string, screens: readonly Screen[]): Promise<void> {
  console.log(`\n${name}: ${screens.length} screens`);
  console.log(
    'tier    contains_text  dominant_colors  app_name  people  words read  ui found  ui invented  answers valid   ms a frame p50/max',
  );
  for (const tier of tiers) {
    const all: Judgement[] = [];
    const times: number[] = [];
    let valid = 0;
    for (const screen of screens) {
      const { facts, ms } = await lookedAt(see, screen, tier);
      times.push(ms);
      const answer = fillAsked(asked!, knowing(facts));
      if (fits(asked!, answer)) valid++;
      const judgement = judged(screen, facts);
      all.push(judgement);
      if (verbose && judgement.faults.length > 0) console.log(`  ${tier} ${screen.id}: ${judgement.faults.join('; ')}`);
    }
    const sum = (of: (one: Judgement) => readonly [number, number]): readonly [number, number] =>
      all.map(of).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    const sorted = [...times].sort((a, b) => a - b);
    const [elements, wanted] = sum(({ elements: found }) => found);
    const [invented] = sum(({ invented: extra }) => [extra, 0]);
    console.log(
      `${tier.padEnd(6)} ${share(...sum((one) => one.containsText))}      ${share(...sum((one) => one.colours))}       ${share(...sum((one) => one.app))} ${share(...sum((one) => one.people))} ${share(...sum((one) => one.words))}  ${share(elements, wanted)} ${String(invented).padStart(9)} ${share(valid, screens.length)}         ${String(Math.round(sorted[sorted.length >> 1] ?? 0)).padStart(6)} /${String(Math.round(sorted.at(-1) ?? 0)).padStart(6)}`,
    );
  }
}

await lookedAt(see, tunedScreens[0]!, 'ultra');
await prove('Tuned', tunedScreens);
await prove('Held out', heldOutScreens);
await see.close();
