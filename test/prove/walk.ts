import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSite } from '../support/site.ts';
import { mouthAndEar } from '../support/synthesise.ts';
import { steps } from './walk/steps.ts';
import { arrive, clip, questions, type Visitor } from './walk/visitor.ts';

/**
 * `npm run prove:walk`: visitors in Chromium at the real site who do what comes into their heads, in an order by chance (SEED, 1 by default;
 * STEPS, 40; WALKS, 1), and hear and read whether it was done. SITE_URL: one that runs already; words after the command: only these steps.
 */

const [first, count, walks] = [
  Number(process.env['SEED'] ?? 1),
  Number(process.env['STEPS'] ?? 40),
  Number(process.env['WALKS'] ?? 1),
];

/** mulberry32: the same walk by the same seed. */
const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** What must be so after every step. */
async function faults({ visited }: Visitor): Promise<string | null> {
  const { error, notice, phase, playing, transcript } = await visited.state();
  if (error !== null) return `error ${error.code}`;
  if (notice !== null) return `notice ${notice.code}: ${notice.message}`;
  if (phase !== 'listening' || playing) return `${phase}${playing ? ', still playing' : ''}`;
  const unfinished = transcript.filter(({ status }) => status === 'interim');
  return unfinished.length > 0 ? `never finished: ${unfinished.map(({ role, text }) => `${role} ${text}`).join('; ')}` : null;
}

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-walk-'));
const site = process.env['SITE_URL'] === undefined ? await startSite() : null;
const mouth = await mouthAndEar();
for (const [index, question] of questions.entries()) await mouth.say(question, clip(folder, index), 'ash');

const wished = process.argv.slice(2);
const names = Object.keys(steps).filter((name) => wished.length === 0 || wished.includes(name));
const failed: string[] = [];
for (let seed = first; seed < first + walks; seed += 1) {
  const random = chance(seed);
  let visitor: Visitor | null = null;
  for (let at = 0; at < count; at += 1) {
    const name = names[Math.floor(random() * names.length)] ?? '';
    let fault: string | null = null;
    try {
      if (visitor === null) {
        visitor = await arrive(site?.url ?? process.env['SITE_URL'] ?? '', folder, mouth, random);
        await visitor.visited.talk();
        await visitor.listening();
      }
      await steps[name]?.(visitor);
      await visitor.listening();
      fault = await faults(visitor);
      await visitor.forgetSound();
    } catch (cause) {
      const now = await visitor?.visited.state().catch(() => null);
      fault = `${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)} (${JSON.stringify({ phase: now?.phase, microphone: now?.microphone, playing: now?.playing, notice: now?.notice?.code, last: now?.transcript.slice(-2).map(({ role, status, text }) => [role, status, text]) })})`;
    }
    console.log(
      `${fault === null ? '✓' : '✗'} seed ${String(seed)}, step ${String(at + 1)}: ${name}${fault === null ? '' : `: ${fault}`}`,
    );
    if (fault === null) continue;
    failed.push(name);
    // What comes after a fault would be blamed for it.
    await visitor?.visited.leave().catch((cause: unknown) => console.log(`  page errors: ${String(cause)}`));
    visitor = null;
  }
  await visitor?.visited.leave();
}
await mouth.close();
await site?.stop();
rmSync(folder, { recursive: true });
console.log(
  failed.length === 0 ? 'nothing went wrong' : `${String(failed.length)} went wrong: ${[...new Set(failed)].join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
