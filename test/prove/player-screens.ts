import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContextOptions, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';

/**
 * `npm run prove:player-screens`: the player live, recorded and in trouble, and the streams desk, in light, dark, right to left and on a
 * telephone, as PNGs in the folder SCREENS_DIR for somebody to look at; at the end the desk is gone through by keys alone.
 */

const folder = resolve(process.env['SCREENS_DIR'] ?? join(tmpdir(), 'viva-player-screens'));

interface Series {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly rtl?: boolean;
}

const series: readonly Series[] = [
  { name: 'light', context: { viewport: { width: 1160, height: 640 }, colorScheme: 'light' } },
  { name: 'dark', context: { viewport: { width: 1160, height: 640 }, colorScheme: 'dark' } },
  { name: 'rtl', context: { viewport: { width: 1160, height: 640 }, colorScheme: 'light' }, rtl: true },
  { name: 'rtl-dark', context: { viewport: { width: 1160, height: 640 }, colorScheme: 'dark' }, rtl: true },
  {
    name: 'phone-dark',
    context: { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2, colorScheme: 'dark', hasTouch: true },
  },
  {
    name: 'phone',
    context: { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2, colorScheme: 'light', hasTouch: true },
  },
];

const TABS = ['transcript', 'indexes', 'alerts', 'clips', 'search', 'videos'] as const;

mkdirSync(folder, { recursive: true });
const server = await createServer({
  configFile: false,
  root: join(import.meta.dirname, '../..'),
  logLevel: 'warn',
  server: { port: 0, host: '127.0.0.1', hmr: false },
});
await server.listen();
const base = server.resolvedUrls?.local[0] ?? '';
const url = `${base}test/support/player-stage.html`;
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--autoplay-policy=no-user-gesture-required'],
});
try {
  // SCREENS_SERIES=dark,phone takes those alone.
  const wanted = process.env['SCREENS_SERIES']?.split(',');
  for (const each of series.filter(({ name }) => wanted?.includes(name) ?? true)) {
    await shown(each);
    await desk(each);
  }
  await byKeys();
  console.log(`PNGs in ${folder}`);
} finally {
  await browser.close();
  await server.close();
}

async function shown({ name, context: wished, rtl = false }: Series): Promise<void> {
  const context = await browser.newContext(wished);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => globalThis.playerStage !== undefined);
  await page.addStyleTag({ content: 'main { padding-block: 24px }' });
  if (rtl) await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const take = async (file: string) => {
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) console.log(`${name}-${file}: ${String(over)} px wider than the page`);
    await page.screenshot({ path: join(folder, `${name}-${file}.png`) });
  };

  await page.evaluate(() => globalThis.playerStage?.live(1_200, { panel: 'alerts', heading: 'East gate' }));
  await page.evaluate(() => {
    const stage = globalThis.playerStage;
    stage?.captions(60, 3_400);
    stage?.alerts(14, 80_000);
    stage?.scenes(18, 61_000);
    stage?.popUp('critical');
  });
  await take('live');
  await page.locator('viva-player [role=slider]').hover({ position: { x: 150, y: 14 } });
  await take('live-preview');
  await page.evaluate(() => globalThis.playerStage?.player()?.setAttribute('panel', 'transcript'));
  await page.evaluate(() => globalThis.playerStage?.source('paused'));
  await take('source-paused');
  await page.evaluate(() => globalThis.playerStage?.source('failed'));
  await take('failed');

  await page.evaluate(() => globalThis.playerStage?.recorded({ panel: 'transcript', heading: 'East gate' }));
  await page.waitForFunction(() => globalThis.playerStage?.player()?.phase === 'paused');
  await page.locator('viva-player select[name=languages]').waitFor({ state: 'attached' });
  await take('recorded-first');
  await page.evaluate(() => {
    const player = globalThis.playerStage?.player();
    if (player !== undefined && player !== null) player.currentTime = 9;
  });
  await page.locator('viva-player .settings summary').click();
  await page.locator('viva-player select[name=languages]').selectOption('original es');
  await take('settings');
  await page.keyboard.press('Escape');
  await page.locator('viva-player [role=slider]').hover({ position: { x: 220, y: 14 } });
  await take('recorded');
  await context.close();
}

/** Each tab of the streams desk, whole. */
async function desk({ name, context: wished, rtl = false }: Series): Promise<void> {
  const context = await browser.newContext(wished);
  const page = await context.newPage();
  await page.goto(`${base}test/support/streams-stage.html`);
  await page.locator('viva-streams [role=tab]').first().waitFor();
  if (rtl) await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const take = async (file: string) => {
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}-desk-${file}.png`), fullPage: true });
  };
  for (const tab of TABS) {
    await page.locator(`viva-streams #tab-${tab}`).click();
    if (tab === 'search') {
      await page.locator('viva-streams [name=query]').fill('gate');
      await page.locator('viva-streams [role=search] button').click();
      await page.locator('viva-streams .lines').first().waitFor();
    }
    if (tab === 'videos') {
      await page.locator('viva-streams .card summary').first().click();
      await page.locator('viva-streams .card .more button').first().click();
      await page.locator('viva-streams .told').first().waitFor();
    }
    await take(tab);
  }
  if (wished.viewport?.width === 390) await page.locator('viva-streams .back').click();
  await page.locator('viva-streams nav button.solid').click();
  await take('connect');
  await context.close();
}

/** From the list to the last tab and back by Tab, arrows and Enter; what has the focus shows it. */
async function byKeys(): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${base}test/support/streams-stage.html`);
  await page.locator('viva-streams [role=tab]').first().waitFor();
  const path: string[] = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement != null) at = at.shadowRoot.activeElement;
      if (at === null || at === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const label = at.getAttribute('aria-label') ?? (at.textContent.replace(/\s+/g, ' ').trim() || at.getAttribute('name'));
      const seen = outlineStyle !== 'none' && outlineWidth !== '0px';
      return `${at.localName} “${(label ?? '').slice(0, 40)}”${seen ? '' : ' WITHOUT A RING'}`;
    });
    if (here === null) break;
    path.push(here);
    if (here.startsWith('button “Transcript”')) for (const key of ['End', 'Home', 'ArrowRight']) await page.keyboard.press(key);
  }
  console.log(`by keys: ${path.join(' → ')}`);
  await page.screenshot({ path: join(folder, 'keys-desk.png'), fullPage: true });
  await page.close();
}

/** Until the elements have rendered what they were told, and what moves has come to rest. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
  });
}
