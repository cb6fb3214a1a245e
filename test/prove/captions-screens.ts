import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContextOptions, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';

/**
 * `npm run prove:captions-screens [-- folder]`: a conversation growing sentence by sentence in captions and in the interpreter, as PNGs: light, dark,
 * right to left (Arabic), at 200 % zoom, with text of twice the size, in 200 px, as a kiosk. For somebody to look at; beside each series, the layout shift that Chromium counted.
 */

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'viva-captions-screens'));
const STEPS = 6;

interface Series {
  readonly name: string;
  readonly target: 'es' | 'ar';
  readonly context: BrowserContextOptions;
  readonly rtl?: boolean;
  /** Attributes of the captions. */
  readonly captions?: Readonly<Record<string, string>>;
  readonly css?: string;
}

const series: readonly Series[] = [
  { name: 'light', target: 'es', context: { viewport: { width: 900, height: 760 }, colorScheme: 'light' } },
  { name: 'dark', target: 'es', context: { viewport: { width: 900, height: 760 }, colorScheme: 'dark' } },
  { name: 'rtl', target: 'ar', rtl: true, context: { viewport: { width: 900, height: 760 }, colorScheme: 'light' } },
  // What a browser's zoom does: half the CSS pixels, each twice as large.
  {
    name: 'zoom-200',
    target: 'es',
    context: { viewport: { width: 450, height: 700 }, deviceScaleFactor: 2, colorScheme: 'light' },
  },
  {
    name: 'kiosk',
    target: 'es',
    context: { viewport: { width: 1080, height: 1920 }, colorScheme: 'dark' },
    captions: { size: 'xl', rows: '3', contrast: 'yellow' },
    css: ':root { --viva-target-size: 76px; --viva-font-size: 26px; --viva-interpreter-height: 1700px }',
  },
  {
    name: 'telephone',
    target: 'es',
    context: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: 'light' },
    captions: { contrast: 'dark' },
  },
  {
    name: 'text-200',
    target: 'ar',
    rtl: true,
    context: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
    css: ':root { font-size: 200% }',
  },
  {
    name: 'narrow',
    target: 'es',
    context: { viewport: { width: 320, height: 760 }, deviceScaleFactor: 2, colorScheme: 'light' },
    css: '#stage { inline-size: 200px }',
  },
];

mkdirSync(folder, { recursive: true });
const server = await createServer({
  configFile: false,
  root: join(import.meta.dirname, '../..'),
  logLevel: 'warn',
  server: { port: 0, host: '127.0.0.1' },
});
await server.listen();
const url = `${server.resolvedUrls?.local[0] ?? ''}test/support/captions-stage.html`;
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
try {
  for (const each of series) console.log(`${each.name.padEnd(10)} layout shift ${(await shown(each)).toFixed(4)}`);
  console.log(`PNGs in ${folder}`);
} finally {
  await browser.close();
  await server.close();
}

/** Takes the pictures of one series; returns the layout shift of its captions while they grew. */
async function shown({ name, target, context: wished, rtl = false, captions = {}, css = '' }: Series): Promise<number> {
  const context = await browser.newContext(wished);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => globalThis.captionsStage !== undefined);
  await page.addStyleTag({ content: `main { padding-block: 24px } ${css}` });
  if (rtl) await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const take = (file: string) => page.screenshot({ path: join(folder, `${name}-${file}.png`), fullPage: true });

  await page.evaluate(({ target, captions }) => globalThis.captionsStage?.captions(target, captions), { target, captions });
  await settled(page);
  await page.evaluate(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(globalThis, {
          shift: (globalThis as unknown as { shift: number }).shift + (entry as unknown as { value: number }).value,
        });
    }).observe({ type: 'layout-shift', buffered: false });
  });
  for (let step = 0; step < STEPS; step++) {
    await page.evaluate(({ target, step }) => globalThis.captionsStage?.step(target, step), { target, step });
    await settled(page);
    await take(`captions-${step + 1}`);
  }
  const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
  await page.locator('viva-captions .look summary').click();
  await settled(page);
  await take('captions-menu');

  for (const [state, turn] of [
    ['idle', 'vad'],
    ['running', 'vad'],
    ['running', 'hold'],
    ['shared', 'vad'],
    ['error', 'vad'],
  ] as const) {
    await page.evaluate(({ target, state, turn }) => globalThis.captionsStage?.interpreter(target, state, { turn }), {
      target,
      state,
      turn,
    });
    if (state !== 'idle') await page.evaluate((target) => globalThis.captionsStage?.step(target, 3), target);
    await settled(page);
    await take(`interpreter-${state}${turn === 'hold' ? '-two' : ''}`);
  }
  await page.evaluate((target) => globalThis.captionsStage?.interpreter(target, 'running', { metrics: '' }), target);
  await page.locator('viva-metrics').waitFor();
  await take('interpreter-metrics');
  await page.locator('viva-interpreter [part="devices"]').click();
  await page.locator('viva-devices viva-device-test button').first().waitFor();
  await settled(page);
  await take('interpreter-devices');
  await context.close();
  return shift;
}

/** Until the elements have rendered what they were told. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
}
