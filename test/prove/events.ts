import { sharedEmbedding } from '../../demo/server/engines/embed.ts';
import type { SeeDepth } from '../../demo/server/engines/engine.ts';
import { matchEvent } from '../../demo/server/rtstream/events/match-event.ts';
import type { NewScene } from '../../demo/server/rtstream/scene.ts';
import { evidenceOf } from '../../demo/server/rtstream/visual/evidence.ts';
import { heldOutScreens } from '../support/screens/held-out.ts';
import { lookedAt, seeingHere } from '../support/screens/looked-at.ts';
import { tunedScreens } from '../support/screens/tuned.ts';
import { SPOKEN, type EventCase } from './events/case.ts';
import { finalEvents, finalSpoken } from './events/final.ts';
import { heldOutEvents, heldOutSpoken } from './events/held-out.ts';
import { tunedEvents, tunedSpoken } from './events/tuned.ts';

/**
 * `npm run prove:events [-- --verbose] [-- basic|pro …]`: event prompts over labelled screens and spoken sentences: which fire where they
 * must, and nowhere else. A change ("opened") is looked for after a desk without windows, and must be silent while it stays.
 */

const verbose = process.argv.includes('--verbose');
const named = process.argv.slice(2).filter((word): word is SeeDepth => ['basic', 'pro', 'ultra'].includes(word));
const tiers: readonly SeeDepth[] = named.length > 0 ? named : ['basic', 'pro'];
const { signal } = new AbortController();
const embedder = sharedEmbedding((line) => process.stderr.write(`${line}\n`));
const match = matchEvent({ embedder, model: null });

const scene = (evidence: string, startMs = 2000): NewScene => ({
  startMs,
  endMs: startMs + 2000,
  text: '',
  data: null,
  metadata: {},
  evidence,
});
const DESK = scene('people: 0\ncolours: light green 100%\nlight: medium\nchange: still', 0);

interface Tally {
  hits: number;
  misses: number;
  alarms: number;
  right: number;
  /** Prompts without a fault. */
  clean: number;
  again: number;
}

async function judge(cases: readonly EventCase[], scenes: ReadonlyMap<string, string>, before: NewScene | null): Promise<Tally> {
  const tally: Tally = { hits: 0, misses: 0, alarms: 0, right: 0, clean: 0, again: 0 };
  for (const { prompt, on, either = [] } of cases) {
    const faults: string[] = [];
    for (const [id, evidence] of scenes) {
      const now = scene(evidence);
      const { matched, confidence, explanation } = await match(prompt, now, before, signal);
      const wanted = on.includes(id);
      if (matched && wanted) tally.hits++;
      else if (matched && !either.includes(id)) {
        tally.alarms++;
        faults.push(`fires on ${id} (${confidence}: ${explanation})`);
      } else if (wanted && !matched) {
        tally.misses++;
        faults.push(`silent on ${id} (${confidence}: ${explanation})`);
      } else tally.right++;
      const stays = await match(prompt, now, now, signal);
      if (matched && stays.matched && /\b(?:open(?:s|ed)|launches|appears|turns|switched|starts|pops)\b/.test(prompt)) {
        tally.again++;
        faults.push(`fires again while ${id} stays`);
      }
    }
    if (faults.length === 0) tally.clean++;
    if (verbose) for (const fault of faults) console.log(`    "${prompt}" ${fault}`);
  }
  return tally;
}

function tell(name: string, cases: readonly EventCase[], scenes: number, { hits, misses, alarms, clean, again }: Tally): void {
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  console.log(
    `${name.padEnd(34)} ${String(cases.length).padStart(3)} prompts × ${String(scenes).padStart(2)} scenes · precision ${percent(hits / Math.max(1, hits + alarms))} · recall ${percent(hits / Math.max(1, hits + misses))} · ${hits} hits, ${misses} misses, ${alarms} false alarms, ${again} repeated · ${clean} prompts without a fault`,
  );
}

const see = await seeingHere();
for (const tier of tiers) {
  const evidence = new Map<string, string>();
  for (const screen of [...tunedScreens, ...heldOutScreens])
    evidence.set(screen.id, evidenceOf((await lookedAt(see, screen, tier)).facts));
  const tuned = new Map([...evidence].filter(([id]) => tunedScreens.some((screen) => screen.id === id)));
  console.log(`\nTier ${tier}`);
  const [seed] = tunedEvents;
  const fired: string[] = [];
  for (const [id, words] of evidence) if ((await match(seed!.prompt, scene(words), DESK, signal)).matched) fired.push(id);
  console.log(`"${seed!.prompt}" fires on ${fired.join(', ')} of ${evidence.size} screens`);
  tell('tuned, screens', tunedEvents, tuned.size, await judge(tunedEvents, tuned, DESK));
  tell('first held out, screens', heldOutEvents, evidence.size, await judge(heldOutEvents, evidence, DESK));
  tell('written afterwards, screens', finalEvents, evidence.size, await judge(finalEvents, evidence, DESK));
}
await see.close();
const spoken = new Map(Object.entries(SPOKEN));
console.log('\nSpoken');
tell('tuned, spoken', tunedSpoken, spoken.size, await judge(tunedSpoken, spoken, null));
tell('first held out, spoken', heldOutSpoken, spoken.size, await judge(heldOutSpoken, spoken, null));
tell('written afterwards, spoken', finalSpoken, spoken.size, await judge(finalSpoken, spoken, null));
await embedder.close();
