import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { heapStrings } from '../../support/heap.ts';

/** A day of visitors in real Chromium with a virtual clock and a fake assistant: memory, nodes and listeners before and after. */

const DAY_MS = 86_400_000;
const WARM_UP = 40;
const MOST_GROWTH_BYTES = 1_000_000;

interface Count {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function count(session: CDPSession): Promise<Count> {
  // What one pass finalises the next one frees, and the page has to come to rest in between.
  for (let turn = 0; turn < 5; turn++) {
    await session.send('HeapProfiler.collectGarbage');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

/** One visitor and the time until the screen waits again; `before`: visitors so far, for each question to the page costs as much as a visit. */
async function visit(page: Page, number: number, before: number, restMs: number): Promise<void> {
  await page.evaluate((each) => globalThis.kioskStage?.visit(each), number);
  await page.clock.runFor(1_000);
  await page.evaluate((each) => globalThis.kioskStage?.write(each), number);
  await page.clock.runFor(81_000);
  await page.waitForFunction((so) => (globalThis.kioskStage?.resets ?? 0) > so, before, { polling: 5 });
  await page.clock.runFor(restMs);
}

export async function day(visitors: number): Promise<number> {
  const server = await createServer({
    configFile: false,
    root: join(import.meta.dirname, '../../..'),
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (fault) => console.log(`  ${fault.message}`));
    await page.clock.install({ time: new Date('2026-11-20T06:00:00') });
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}test/support/kiosk-stage.html`);
    for (let tries = 0; tries < 200; tries++) {
      if (await page.evaluate(() => globalThis.kioskStage?.ready === true)) break;
      await page.clock.runFor(100);
    }
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.enable');
    const restMs = Math.max(0, DAY_MS / visitors - 82_000);
    for (let number = 0; number < WARM_UP; number++) await visit(page, number, number, 1_000);
    const before = await count(session);
    const begun = Date.now();
    for (let number = 0; number < visitors; number++) await visit(page, number, WARM_UP + number, restMs);
    const after = await count(session);
    const remembered =
      (await heapStrings(session, `speaks ${visitors - 1}:`)).length +
      (await heapStrings(session, `writes ${visitors - 1};`)).length;
    const left = await page.evaluate(() => globalThis.kioskStage?.left);
    const { resets, beats } = await page.evaluate(() => ({
      resets: globalThis.kioskStage?.resets,
      beats: globalThis.kioskStage?.beats,
    }));
    // A search that finds nothing while somebody is there proves nothing afterwards.
    await page.evaluate((each) => globalThis.kioskStage?.visit(each), visitors);
    const found = (await heapStrings(session, `speaks ${visitors}:`)).length;
    const hours = (visitors * (82_000 + restMs)) / 3_600_000;
    console.log(
      `\nA day: ${hours.toFixed(1)} h by virtual clock, ${visitors} visitors (${resets} resets with ${WARM_UP} to warm up, ${beats} heartbeats), in ${((Date.now() - begun) / 1000).toFixed(0)} s`,
    );
    console.log('             before        after       growth');
    for (const name of ['heap', 'nodes', 'listeners'] as const)
      console.log(
        `${name.padEnd(10)} ${String(before[name]).padStart(8)}     ${String(after[name]).padStart(8)}     ${String(after[name] - before[name]).padStart(8)}`,
      );
    console.log(`words of the last visitor found on the page or in storage: ${left === true ? 'yes' : 'none'}`);
    console.log(
      `strings of the last visitor found in a snapshot of the heap: ${remembered} (of one who is still there: ${found})`,
    );
    const faults = [
      remembered > 0,
      found === 0,
      after.heap - before.heap > MOST_GROWTH_BYTES,
      after.nodes !== before.nodes,
      after.listeners !== before.listeners,
      left !== false,
      resets !== visitors + WARM_UP,
    ];
    return faults.filter(Boolean).length;
  } finally {
    await browser.close();
    await server.close();
  }
}
