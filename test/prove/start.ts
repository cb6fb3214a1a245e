import { spawn } from 'node:child_process';
import { cpus, loadavg, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { readConfig } from '../../demo/server/config.ts';
import type { Engine } from '../../demo/server/engines/engine.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';

/** `npm run prove:start`: from the start of the process until every engine is warm, weights and knowledge index there. Target 3 s. */

const TARGET_MS = 3000;
const TIMES = 5;

if (process.argv.includes('--once')) await once();
else await all();

/** One start, told as a line of JSON: milliseconds since the process began, per role. */
async function once(): Promise<void> {
  const engines = await createEngines(readConfig(process.env, 0), { log: pino({ level: 'silent' }) });
  const { hear, activity, speak, see, answer, translate } = engines;
  const always = { hear, activity, speak, see, answer };
  const every: Readonly<Record<string, Engine>> =
    translate === null || translate === undefined ? always : { ...always, translate };
  const roles: readonly (readonly [string, Engine])[] = Object.entries(every);
  const warm = await Promise.all(
    roles.map(async ([role, engine]) => {
      await engine.warm();
      return [role, Math.round(performance.now())] as const;
    }),
  );
  process.stdout.write(`${JSON.stringify(Object.fromEntries(warm))}\n`);
  await Promise.all(roles.map(([, engine]) => engine.close()));
}

async function all(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'viva-voce-start-'));
  try {
    // The first start makes what later ones find: weights, and the index of the knowledge.
    await start(folder);
    const totals: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const roles = await start(folder);
      totals.push(Math.max(...Object.values(roles)));
      console.log(`${String(totals.at(-1))} ms  ${JSON.stringify(roles)}`);
    }
    totals.sort((a, b) => a - b);
    const median = totals[TIMES >> 1] ?? Infinity;
    console.log(
      `median ${String(median)} ms, target ${String(TARGET_MS)} ms; ${String(cpus().length)} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}`,
    );
    process.exitCode = median <= TARGET_MS ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function start(dataDir: string): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), '--once'], {
      env: { ...process.env, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(said) as Record<string, number>);
      else reject(new Error(`the start ended with ${String(code)}`));
    });
  });
}
