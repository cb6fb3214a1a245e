import { day } from './kiosk/day.ts';
import { faults } from './kiosk/faults.ts';
import { traces } from './kiosk/traces.ts';
import { waiting, wakes } from './kiosk/waiting.ts';

/**
 * `npm run prove:kiosk [-- day | faults | traces | waiting]`: a day of a kiosk by a virtual clock with a thousand visitors, what is left of them in memory; each
 * fault that a kiosk has to live with, and how long it takes until it listens again; what the
 * screen that waits costs, and what wakes it. What each switch of Chromium changes is
 * `test/e2e/kiosk.spec.ts`.
 */

const wished = process.argv.slice(2);
const all = wished.length === 0;
let failed = 0;
if (all || wished.includes('day')) failed += await day(Number(process.env['VISITORS'] ?? 1_000));
if (all || wished.includes('faults')) failed += await faults();
if (all || wished.includes('traces')) failed += await traces();
if (all || wished.includes('waiting')) failed += (await wakes()) + (await waiting('quiet')) + (await waiting('beeping'));
console.log(failed === 0 ? '0 failed' : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
