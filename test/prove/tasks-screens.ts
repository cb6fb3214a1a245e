import { mkdirSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContextOptions, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';

/**
 * `npm run prove:tasks-screens [-- folder]`: the livestream tasks in every state, light, dark, right to left and on a telephone, as PNGs for somebody
 * to look at; then how smoothly 10 000 of them scroll, and how it goes while 100 of
 * them change a second, as frame times.
 */

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'viva-tasks-screens'));
const MANY = 10_000;
const FRAMES = 240;

interface Series {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly rtl?: boolean;
}

const series: readonly Series[] = [
  { name: 'light', context: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } },
  { name: 'dark', context: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' } },
  { name: 'rtl', context: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }, rtl: true },
  {
    name: 'phone',
    context: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'light', hasTouch: true },
  },
];

mkdirSync(folder, { recursive: true });
const server = await createServer({
  configFile: false,
  root: join(import.meta.dirname, '../..'),
  logLevel: 'warn',
  server: { port: 0, host: '127.0.0.1', hmr: false },
});
await server.listen();
const url = `${server.resolvedUrls?.local[0] ?? ''}test/support/tasks-stage.html`;
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
try {
  for (const each of series) await shown(each);
  console.log(`PNGs in ${folder}`);
  await scrolled();
} finally {
  await browser.close();
  await server.close();
}

async function shown({ name, context: wished, rtl = false }: Series): Promise<void> {
  const context = await browser.newContext({ ...wished, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
  // Nothing may be asked of another host, whatever a report names.
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith('data:'))
      console.error(`${name}: asked for ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForFunction(() => globalThis.tasksStage !== undefined);
  if (rtl) await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const take = async (file: string, fullPage = true) => {
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}-${file}.png`), fullPage });
  };
  const back = page.locator('viva-tasks .plain.back, viva-task-detail .plain.back').first();

  await page.evaluate(() => globalThis.tasksStage?.show(240));
  await page.locator('viva-task-list .row .name').first().waitFor();
  await take('list');
  await page.locator('viva-task-list .row .name').first().click();
  await page.locator('viva-task-report table').waitFor();
  await take('report');
  await page.locator('viva-task-detail #tab-manuscript').click();
  await page.locator('viva-task-manuscript img').first().waitFor();
  await take('manuscript');
  await page.locator('viva-task-detail #tab-log').click();
  await page.locator('viva-task-log li').first().waitFor();
  await page.locator('viva-task-log [part=log]').evaluate((log) => (log.scrollTop = 80));
  await page.locator('viva-task-log [part=follow]').waitFor();
  await take('log');
  await page.locator('viva-task-detail #tab-about').click();
  await page.locator('viva-task-detail dl').waitFor();
  await take('about');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.locator('viva-tasks .undo li').waitFor();
  await take('undo', false);
  if (await back.isVisible()) await back.click();

  await page.evaluate(() => globalThis.tasksStage?.show(240));
  await page.locator('viva-task-list .row .name').nth(3).click();
  await page.locator('viva-task-detail .steps li').first().waitFor();
  await take('processing');
  if (await back.isVisible()) await back.click();

  await page.getByRole('button', { name: 'New task' }).click();
  await page.locator('viva-task-form input[name=name]').fill('Glasshouse opening');
  await page.locator('viva-task-form summary').click();
  await page
    .locator('viva-task-form input[type=file]')
    .setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: await cover(page) });
  await page.locator('viva-task-form canvas').waitFor();
  await take('create', false);
  await page.locator('viva-task-form canvas').scrollIntoViewIfNeeded();
  await page.locator('viva-task-form').getByRole('button', { name: 'Cancel' }).scrollIntoViewIfNeeded();
  await take('create-end', false);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add a past event' }).click();
  await page.locator('viva-task-form textarea').waitFor();
  await take('past', false);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Prompts' }).click();
  await page.locator('viva-task-prompts textarea').waitFor();
  await take('prompts', false);
  await page.keyboard.press('Escape');

  await page.evaluate(() => globalThis.tasksStage?.state({ reconnecting: true }));
  await page.locator('viva-tasks input[name=search]').fill('nothing like this');
  await page.locator('viva-tasks .none').waitFor();
  await take('reconnecting-nothing');
  await page.evaluate(() => globalThis.tasksStage?.show(0));
  await page.locator('viva-tasks .none').waitFor();
  await take('empty');
  await page.evaluate(() => globalThis.tasksStage?.show(0, {}, { phase: 'loading', stats: null }));
  await take('loading');
  for (const code of ['token-refused', 'offline', 'server-error'] as const) {
    await page.evaluate((code) => globalThis.tasksStage?.fail(code), code);
    await page.locator('viva-tasks [part=alert]').waitFor();
    await take(code);
  }
  if (name === 'light') {
    await page.evaluate(() => globalThis.tasksStage?.show(240));
    await page.locator('viva-task-list .row .name').first().click();
    await page.locator('viva-task-report table').waitFor();
    // What the button does, less the dialog of the printer.
    await page.evaluate(() => (globalThis.print = () => undefined));
    await page.getByRole('button', { name: 'Print' }).click();
    await page.emulateMedia({ media: 'print' });
    await take('print');
  }
  await context.close();
}

/** A picture to choose as a cover. */
async function cover(page: Page): Promise<Buffer> {
  const data = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
    const context = canvas.getContext('2d');
    if (context !== null) {
      context.fillStyle = '#12574b';
      context.fillRect(0, 0, 640, 360);
      context.fillStyle = '#f0c67c';
      context.fillRect(60, 60, 520, 90);
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  return Buffer.from(data, 'base64');
}

/** Frame times while the list of 10 000 goes by, a third of a screen each frame, and the time that a jump to the end takes. */
async function scrolled(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url);
  await page.waitForFunction(() => globalThis.tasksStage !== undefined);
  await page.evaluate((many) => globalThis.tasksStage?.show(many), MANY);
  await page.locator('viva-task-list .row .name').first().waitFor();
  const { times, rows, work, end } = await page.evaluate(async (frames) => {
    const list = document.querySelector('viva-tasks')?.shadowRoot?.querySelector('viva-task-list');
    const scroller = list?.shadowRoot?.querySelector<HTMLElement>('.list');
    if (list == null || scroller == null) throw new Error('There is no list.');
    const times: number[] = [];
    const work: number[] = [];
    let before = await new Promise<number>(requestAnimationFrame);
    for (let frame = 0; frame < frames; frame++) {
      const began = performance.now();
      scroller.scrollTop += scroller.clientHeight / 3;
      scroller.dispatchEvent(new Event('scroll'));
      await list.updateComplete;
      work.push(performance.now() - began);
      const now = await new Promise<number>(requestAnimationFrame);
      times.push(now - before);
      before = now;
    }
    const began = performance.now();
    scroller.scrollTop = scroller.scrollHeight;
    while (list.shadowRoot?.querySelector('[aria-posinset="10000"] .name') == null) await new Promise(requestAnimationFrame);
    return { times, rows: list.shadowRoot.querySelectorAll('.row').length, work, end: performance.now() - began };
  }, FRAMES);
  const at = (values: readonly number[], share: number) =>
    [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]?.toFixed(1) ?? '';
  const over = times.filter((time) => time > 20).length;
  console.log(`${MANY} rows, ${rows} of them in the document; load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  console.log(
    `frame ms       p50 ${at(times, 0.5)}  p95 ${at(times, 0.95)}  p99 ${at(times, 0.99)}  over 20 ms: ${over} of ${FRAMES}`,
  );
  console.log(`script ms      p50 ${at(work, 0.5)}  p95 ${at(work, 0.95)}  p99 ${at(work, 0.99)}  (scroll to rendered)`);
  console.log(`jump to the end until its last row is read: ${end.toFixed(0)} ms`);
  const busy = await page.evaluate(async (frames) => {
    const changes = setInterval(() => globalThis.tasksStage?.change(Math.floor(Math.random() * 10_000), 'recording'), 10);
    const times: number[] = [];
    let before = await new Promise<number>(requestAnimationFrame);
    for (let frame = 0; frame < frames; frame++) {
      const now = await new Promise<number>(requestAnimationFrame);
      times.push(now - before);
      before = now;
    }
    clearInterval(changes);
    return times;
  }, FRAMES);
  console.log(`100 changes/s  p50 ${at(busy, 0.5)}  p95 ${at(busy, 0.95)}  p99 ${at(busy, 0.99)}  frame ms`);
  await page.close();
}

/** Until the elements have rendered what they were told. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  });
}
