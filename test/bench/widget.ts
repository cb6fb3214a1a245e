import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { embedServer } from '../support/embed-server.ts';
import { heldBy } from '../support/heap.ts';
import { firstPress, type FirstPress } from './first-press.ts';
import { scriptTag, widgets, type Widget } from './widget-rivals.ts';

/**
 * `npm run bench:widget`: what our tag costs a page, beside other people's widgets in the same run and the same Chromium: bytes, requests, script
 * time, memory, work while nothing happens, and what a mount leaves behind; for ours, the way from a press to the first frame on a slow line. Every other host is blocked and named. Needs `npm run build` first.
 */

const LOADS = 5;
const IDLE_MS = 5000;
const THROTTLE = 4;
const MOUNTS = 300;
/** A line as it is between continents, or on a slow phone. */
const ROUND_TRIP_MS = 100;
const PRESSES = 3;
/** Widgets do their own loading after `load`. */
const SETTLE_MS = 2500;

/** A figure, or why there is none. */
type Figure = number | string;

interface Measured {
  readonly bytesAtLoad: Figure;
  readonly bytesAtStart: Figure;
  readonly requestsAtLoad: Figure;
  readonly requestsAtStart: Figure;
  readonly hosts: string;
  readonly scriptMs: Figure;
  readonly heapMb: Figure;
  readonly idleMsPerS: Figure;
  readonly framesPerS: Figure;
  readonly mountBytes: Figure;
}

const NOT = 'not measured';

const argument = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

const embed = resolve(argument('embed') ?? join(import.meta.dirname, '../../dist/embed'));
const all = await widgets(embed);
const folders: Record<string, string> = {};
const pages: Record<string, string> = { '/blank': page('') };
for (const [index, widget] of all.entries()) {
  if (widget.folder === null) continue;
  folders[`w${index}`] = widget.folder;
  pages[`/widget-${index}`] = page(`${widget.html}${scriptTag(widget, `/w${index}/`)}`);
  pages[`/mounts-${index}`] = page(scriptTag(widget, `/w${index}/`));
}
const server = await embedServer(folders, pages);

function page(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>${body}</body></html>`;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

interface Opened {
  readonly tab: Page;
  readonly asked: Asked;
  readonly cdp: CDPSession;
}

async function opened<T>(path: string, work: (opened: Opened) => Promise<T>, slow = 1): Promise<T> {
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const asked = new Asked();
    await tab.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      if (url.href.startsWith(server.url)) await route.continue();
      else if (url.protocol.startsWith('http')) {
        asked.strangers.push(url.host);
        await route.abort();
      } else await route.continue();
    });
    tab.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (response.url().startsWith(server.url) && !pages[pathname] && pathname !== '/favicon.ico')
        asked.take(response.url(), response.body());
    });
    tab.on('websocket', (socket) => {
      const { host } = new URL(socket.url());
      if (!server.url.includes(host)) asked.strangers.push(host);
    });
    await tab.addInitScript(() => {
      const counted = window as unknown as { frames: number };
      counted.frames = 0;
      const asked = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (callback) => {
        counted.frames++;
        return asked(callback);
      };
    });
    const cdp = await tab.context().newCDPSession(tab);
    await cdp.send('Performance.enable');
    if (slow > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow });
    await tab.goto(server.url + path);
    return await work({ tab, asked, cdp });
  } finally {
    await browser.close();
  }
}

/** What was asked for so far. */
class Asked {
  readonly strangers: string[] = [];
  readonly #bodies: Promise<number>[] = [];
  readonly #urls = new Set<string>();

  /** What was here before comes out of the browser's cache, which the interception of other hosts turns off. */
  take(url: string, body: Promise<Buffer>): void {
    if (this.#urls.has(url)) return;
    this.#urls.add(url);
    this.#bodies.push(
      body.then(
        (content) => gzipSync(content, { level: 9 }).length,
        // A 404 of a page that is closing has no body, and no bytes.
        () => 0,
      ),
    );
  }

  get requests(): number {
    return this.#bodies.length + this.strangers.length;
  }

  async bytes(): Promise<number> {
    return (await Promise.all(this.#bodies)).reduce((sum, each) => sum + each, 0);
  }
}

/** Seconds since the tab was opened. */
const metric = async (cdp: CDPSession, name: 'ScriptDuration' | 'TaskDuration'): Promise<number> => {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((each) => each.name === name)?.value ?? NaN;
};

/** Seconds of script on a slow machine, from the first byte until it is to be seen and has come to rest. */
const scriptMs = (path: string, ready: string | null): Promise<number> =>
  opened(
    path,
    async ({ tab, cdp }) => {
      if (ready !== null) await tab.locator(ready).first().waitFor({ timeout: 60_000 });
      await tab.waitForTimeout(SETTLE_MS);
      return (await metric(cdp, 'ScriptDuration')) * 1000;
    },
    THROTTLE,
  );

const idle = (path: string, ready: string) =>
  opened(path, async ({ tab, cdp }) => {
    await tab.locator(ready).first().waitFor();
    await tab.waitForTimeout(SETTLE_MS);
    const frames = () => tab.evaluate(() => (window as unknown as { readonly frames: number }).frames);
    const [tasks, drawn] = [await metric(cdp, 'TaskDuration'), await frames()];
    await tab.waitForTimeout(IDLE_MS);
    const [tasksAfter, drawnAfter] = [await metric(cdp, 'TaskDuration'), await frames()];
    const { heapBytes } = await heldBy(cdp);
    return {
      idleMsPerS: ((tasksAfter - tasks) * 1000) / (IDLE_MS / 1000),
      framesPerS: (drawnAfter - drawn) / (IDLE_MS / 1000),
      heapMb: heapBytes / 1e6,
    };
  });

const asking = (path: string, widget: Widget) =>
  opened(path, async ({ tab, asked }) => {
    await tab.locator(widget.ready).first().waitFor();
    await tab.waitForTimeout(SETTLE_MS);
    const [requestsAtLoad, bytesAtLoad] = [asked.requests, await asked.bytes()];
    const loaded = new Set(asked.strangers);
    if (widget.presses.length === 0)
      return { requestsAtLoad, bytesAtLoad, requestsAtStart: NOT, bytesAtStart: NOT, hosts: [...loaded].join(' ') || 'none' };
    for (const press of widget.presses) await tab.locator(press).first().click();
    await tab.waitForTimeout(SETTLE_MS * 2);
    const hosts = [...new Set(asked.strangers)].map((host) => (loaded.has(host) ? host : `${host} (start)`)).join(' ') || 'none';
    return { requestsAtLoad, bytesAtLoad, requestsAtStart: asked.requests, bytesAtStart: await asked.bytes(), hosts };
  });

const mounting = (path: string, { mount, ready }: Widget): Promise<Figure> =>
  mount === null
    ? Promise.resolve(NOT)
    : opened(path, async ({ tab, cdp }) => {
        const often = (times: number) =>
          tab.evaluate(
            async ([html, tagAndPart, count]) => {
              const [, part = ''] = tagAndPart.split(' ');
              const box = document.createElement('div');
              document.body.append(box);
              for (let time = 0; time < count; time++) {
                box.innerHTML = html;
                const limit = performance.now() + 10_000;
                while ((box.firstElementChild?.shadowRoot ?? box).querySelector(part) === null) {
                  if (performance.now() > limit) throw new Error(`${tagAndPart} did not come`);
                  await new Promise((resolve) => setTimeout(resolve, 0));
                }
                box.replaceChildren();
                await new Promise((resolve) => setTimeout(resolve, 0));
              }
              box.remove();
              await new Promise((resolve) => setTimeout(resolve, 500));
            },
            [mount, ready, times] as const,
          );
        await often(MOUNTS / 3);
        const before = await heldBy(cdp);
        await often(MOUNTS);
        const after = await heldBy(cdp);
        return (after.heapBytes - before.heapBytes) / MOUNTS;
      });

/** What cannot be measured is told and leaves the rest of the table standing. */
async function or<T>(widget: Widget, what: string, work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (cause) {
    console.log(
      `  ${widget.name}: ${what} ${NOT}: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)}`,
    );
    return null;
  }
}

async function measured(widget: Widget, index: number, blankMs: number): Promise<Measured | null> {
  if (widget.folder === null) return null;
  console.log(`  ${widget.name} …`);
  const path = `widget-${index}`;
  const asked = await or(widget, 'requests', asking(path, widget));
  const times: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    const ms = await or(widget, 'script time', scriptMs(path, widget.ready));
    if (ms !== null) times.push(ms);
  }
  const rest = await or(widget, 'idle', idle(path, widget.ready));
  return {
    bytesAtLoad: asked?.bytesAtLoad ?? NOT,
    bytesAtStart: asked?.bytesAtStart ?? NOT,
    requestsAtLoad: asked?.requestsAtLoad ?? NOT,
    requestsAtStart: asked?.requestsAtStart ?? NOT,
    hosts: asked?.hosts ?? NOT,
    scriptMs: times.length === 0 ? NOT : Math.max(median(times) - blankMs, 0),
    heapMb: rest?.heapMb ?? NOT,
    idleMsPerS: rest?.idleMsPerS ?? NOT,
    framesPerS: rest?.framesPerS ?? NOT,
    mountBytes: (await or(widget, 'mounts', mounting(`mounts-${index}`, widget))) ?? NOT,
  };
}

/** Ours alone: what others load then comes from their own hosts. */
async function tellFirstPress(): Promise<void> {
  const presses: FirstPress[] = [];
  for (let press = 0; press < PRESSES; press++) presses.push(await firstPress(embed, ROUND_TRIP_MS));
  const [panelMs, frameMs, trips] = (['panelMs', 'frameMs', 'panelRoundTrips'] as const).map((of) =>
    median(presses.map((press) => press[of])).toFixed(0),
  );
  const last = presses.at(-1);
  console.log(
    `\nViva Voce with ${ROUND_TRIP_MS} ms for each round trip, median of ${PRESSES}: press to panel ${panelMs} ms, ${last?.panelRequests} requests in ` +
      `${trips} round trips; begin to first frame ${frameMs} ms; until then ${last?.requests} requests, ${last?.bytes} bytes.`,
  );
}

const rows: readonly (readonly [name: string, of: keyof Measured, digits: number])[] = [
  ['bytes at load (gzip -9)', 'bytesAtLoad', 0],
  ['bytes until talking *', 'bytesAtStart', 0],
  ['requests at load', 'requestsAtLoad', 0],
  ['requests until talking *', 'requestsAtStart', 0],
  [`script at ${THROTTLE}× throttle, ms`, 'scriptMs', 0],
  ['heap after GC, MB', 'heapMb', 2],
  ['idle main thread, ms/s', 'idleMsPerS', 1],
  ['idle frames asked for /s', 'framesPerS', 0],
  ['heap left per mount, B', 'mountBytes', 0],
];

/** `1.0×` is ours. */
const cell = (value: Figure, ours: Figure, digits: number, first: boolean): string => {
  if (typeof value === 'string') return value;
  const shown = value.toFixed(digits);
  return first || typeof ours === 'string' || ours < 10 ** -digits ? shown : `${shown} (${(value / ours).toFixed(1)}×)`;
};

try {
  const blanks: number[] = [];
  for (let load = 0; load < LOADS; load++) blanks.push(await scriptMs('blank', null));
  const found: (Measured | null)[] = [];
  for (const [index, widget] of all.entries()) found.push(await measured(widget, index, median(blanks)));
  const [ours] = found;
  const width = 26;
  console.log(`\n${''.padEnd(width)}${all.map(({ name }) => name.padStart(24)).join('')}`);
  for (const [name, of, digits] of rows) {
    const cells = found.map((one, index) =>
      (one === null ? NOT : cell(one[of], ours?.[of] ?? NOT, digits, index === 0)).padStart(24),
    );
    console.log(name.padEnd(width) + cells.join(''));
  }
  for (const [index, widget] of all.entries()) console.log(`other hosts, ${widget.name}: ${found[index]?.hosts ?? NOT}`);
  console.log(
    `* as far as it goes without anybody's server, which is blocked (ours too): what a vendor loads from its own hosts then is not in these bytes.\n` +
      `Script time: median of ${LOADS} loads, less that of a blank page. Idle: ${IDLE_MS / 1000} s after it came to rest. Mounts: ${MOUNTS}.`,
  );
  await tellFirstPress();
} finally {
  server.close();
}
