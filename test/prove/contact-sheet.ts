import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import sharp from 'sharp';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import type { ShownState } from '../support/look-states.ts';

/**
 * `npm run prove:contact-sheet [-- sheet …]`: every variant in light and dark, left to right and right to left, on a desktop, a telephone and
 * a kiosk, as one PNG each in the folder SCREENS_DIR, for somebody to look at; what is wider than its window is told.
 */

interface Cell {
  readonly attributes: Readonly<Record<string, string>>;
  readonly state: ShownState;
  /** Name of an element inside the tag. */
  readonly inside?: string;
  /** Touched first, as a visitor of a kiosk does. */
  readonly touched?: boolean;
}

interface Sheet {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly css?: string;
  readonly columns: number;
  readonly cells: readonly Cell[];
}

const open = (attributes: Readonly<Record<string, string>>, state: ShownState): Cell => ({
  attributes: { open: '', ...attributes },
  state,
});
const variants: readonly Cell[] = [
  { attributes: {}, state: 'idle' },
  open({}, 'idle'),
  open({ avatar: 'visualizer' }, 'listening'),
  open({ variant: 'compact' }, 'speaking'),
  open({ variant: 'expanded', avatar: 'visualizer', resizable: '' }, 'speaking'),
  open({ variant: 'inline' }, 'thinking'),
  open({ variant: 'full', avatar: 'visualizer' }, 'listening'),
  open({}, 'error'),
];
const shapes: readonly Cell[] = [
  ...['pill', 'round', 'soft', 'sharp'].map((radius) => open({ radius, avatar: 'visualizer' }, 'speaking')),
  ...['compact', 'normal', 'spacious'].map((density) => open({ density, resizable: '' }, 'listening')),
  open({ radius: 'sharp', density: 'compact', variant: 'compact' }, 'muted'),
];
const faces: readonly Cell[] = (['idle', 'connecting', 'listening', 'thinking', 'speaking', 'muted', 'error'] as const).map(
  (state) => ({
    attributes: { variant: 'bare' },
    state,
    inside: 'viva-avatar',
  }),
);

const desktop = { viewport: { width: 900, height: 720 } };
const phone = { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true };
const sheets: readonly Sheet[] = [
  { name: 'desktop', context: desktop, columns: 4, cells: variants },
  { name: 'phone', context: phone, columns: 8, cells: variants },
  { name: 'shapes', context: desktop, columns: 4, cells: shapes },
  {
    name: 'faces',
    context: { viewport: { width: 260, height: 280 } },
    css: 'viva-avatar { inline-size: 160px; margin: 20px }',
    columns: 4,
    cells: faces,
  },
  {
    name: 'text-200',
    context: { viewport: { width: 900, height: 900 } },
    css: ':root { font-size: 32px }',
    columns: 4,
    cells: variants,
  },
  // What 400 % zoom leaves of a window of 1280 × 1024.
  { name: 'zoom-400', context: { viewport: { width: 320, height: 256 } }, columns: 8, cells: variants },
  { name: 'forced-colours', context: { ...desktop, forcedColors: 'active' }, columns: 4, cells: variants },
  {
    name: 'kiosk',
    context: { viewport: { width: 1080, height: 1920 } },
    columns: 5,
    cells: (['idle', 'connecting', 'listening', 'thinking', 'speaking'] as const).map((state) => ({
      ...open({ variant: 'kiosk', avatar: 'visualizer' }, state),
      touched: state !== 'idle',
    })),
  },
];

const folder = resolve(process.env['SCREENS_DIR'] ?? join(tmpdir(), 'viva-contact-sheets'));
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const server = await createServer({
  configFile: false,
  root: join(import.meta.dirname, '../..'),
  logLevel: 'warn',
  server: { port: 0, host: '127.0.0.1', hmr: false },
});
await server.listen();
const url = `${server.resolvedUrls?.local[0] ?? ''}test/support/look-stage.html`;
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
});
try {
  for (const sheet of sheets.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    for (const scheme of ['light', 'dark'] as const)
      for (const dir of ['ltr', 'rtl'] as const) await take(browser, sheet, scheme, dir);
  }
  console.log(`PNGs in ${folder}`);
} finally {
  await browser.close();
  await server.close();
}

async function take(from: Browser, sheet: Sheet, scheme: 'light' | 'dark', dir: 'ltr' | 'rtl'): Promise<void> {
  const context = await from.newContext({ ...sheet.context, colorScheme: scheme });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(`${sheet.name} ${scheme} ${dir}: ${error.message}`));
  await page.goto(url);
  // The first page waits for Vite, which compiles everything.
  await page.waitForFunction(() => globalThis.lookStage !== undefined, undefined, { timeout: 120_000 });
  if (sheet.css !== undefined) await page.addStyleTag({ content: sheet.css });
  const shots: Buffer[] = [];
  for (const { attributes, state, inside = null, touched = false } of sheet.cells) {
    const lang = dir === 'rtl' ? 'ar' : 'en';
    await page.evaluate((it) => globalThis.lookStage?.show(it.attributes, it.state, it.page, it.inside), {
      inside,
      attributes,
      state,
      page: { dir, lang, scheme },
    });
    await settled(page);
    if (touched) {
      await page.mouse.click((sheet.context.viewport?.width ?? 0) / 2, (sheet.context.viewport?.height ?? 0) / 2);
      await page.evaluate((it) => globalThis.lookStage?.become(it), state);
      await settled(page);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0)
      console.log(`${sheet.name} ${scheme} ${dir} ${JSON.stringify(attributes)}: ${String(over)} px wider than the page`);
    shots.push(await page.screenshot());
  }
  await context.close();
  await composed(sheet, shots, join(folder, `${sheet.name}-${scheme}-${dir}.png`));
}

/** One beside the other, rows of so many columns. */
async function composed({ context: { viewport }, columns }: Sheet, shots: readonly Buffer[], path: string): Promise<void> {
  const { width, height } = viewport ?? { width: 0, height: 0 };
  const gap = 12;
  const rows = Math.ceil(shots.length / columns);
  const picture = sharp({
    create: {
      width: columns * (width + gap) + gap,
      height: rows * (height + gap) + gap,
      channels: 3,
      background: '#777',
    },
  }).composite(
    shots.map((input, index) => ({
      input,
      left: gap + (index % columns) * (width + gap),
      top: gap + Math.floor(index / columns) * (height + gap),
    })),
  );
  await picture.png().toFile(path);
}

/** Until the elements have rendered what they were told, and what moves has come to rest. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 40; frame++) {
      globalThis.lookStage?.sound(frame);
      await new Promise(requestAnimationFrame);
    }
  });
}
