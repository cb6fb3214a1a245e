import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { embedServer } from '../support/embed-server.ts';
import { heldBy } from '../support/heap.ts';

/**
 * `npm run prove:mounts [-- --times=10000] [-- name …]`: every tag is put on a page and taken off again thousands of times, out of `dist/embed`
 * (`npm run build` first): what each time leaves behind, in bytes, nodes and listeners. At most 1 KB is allowed.
 */

const LIMIT_BYTES = 1000;
/** Code is compiled, caches are filled. */
const WARM_UP = 1000;

/** What is mounted; `ready` is what must be there, through every shadow root, before it is taken off again. */
const cases: Readonly<Record<string, { readonly html: string; readonly ready: string }>> = {
  launcher: { html: '<viva-voce></viva-voce>', ready: '[part="launcher"]' },
  panel: { html: '<viva-voce open></viva-voce>', ready: 'viva-panel:popover-open [part="input"]' },
  inline: { html: '<viva-voce variant="inline" lang="de"></viva-voce>', ready: 'viva-panel [part="input"]' },
  everything: {
    html: `<viva-voce open lang="ar" consent="once" feedback="both" resume="session" page-actions="read click" avatar="visualizer" metrics resizable
      keyboard prices='{"input":1}' suggestions='["Where?"]'></viva-voce>`,
    ready: 'viva-panel viva-consent button',
  },
  kiosk: { html: '<viva-voce variant="kiosk" pin="1234"></viva-voce>', ready: 'viva-kiosk-attract button' },
  chat: { html: '<viva-voce mode="chat" open></viva-voce>', ready: 'viva-panel:popover-open [part="input"]' },
  'interpreter in the panel': { html: '<viva-voce mode="interpreter" open></viva-voce>', ready: 'viva-interpreter button' },
  captions: { html: '<viva-captions></viva-captions>', ready: 'viva-captions *' },
  interpreter: { html: '<viva-interpreter></viva-interpreter>', ready: 'viva-interpreter button' },
  player: { html: '<viva-player></viva-player>', ready: 'viva-player video' },
  alerts: { html: '<viva-alerts></viva-alerts>', ready: 'viva-alerts *' },
  streams: { html: '<viva-streams></viva-streams>', ready: 'viva-streams button' },
  recorder: { html: '<viva-recorder></viva-recorder>', ready: 'viva-recorder button' },
  tasks: { html: '<viva-tasks nohash></viva-tasks>', ready: 'viva-tasks *' },
};

const argument = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

/** Runs on the page. */
const mountOften = async ({
  html,
  ready,
  times,
}: {
  readonly html: string;
  readonly ready: string;
  readonly times: number;
}): Promise<void> => {
  const parts = ready.split(' ');
  /** Each word of `ready` is looked for below what the one before it found. */
  const found = (root: ParentNode, depth: number): boolean => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      const next = element.matches(parts[depth] ?? '') ? depth + 1 : depth;
      if (next === parts.length) return true;
      if (element.shadowRoot !== null && found(element.shadowRoot, next)) return true;
      if (next > depth && found(element, next)) return true;
    }
    return false;
  };
  // One channel for all turns: thousands of them would be what is measured.
  const { port1, port2 } = new MessageChannel();
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      port1.onmessage = () => {
        resolve();
      };
      port2.postMessage(null);
    });
  const template = document.createElement('template');
  template.innerHTML = html;
  const box = document.createElement('div');
  document.body.append(box);
  for (let time = 0; time < times; time++) {
    box.replaceChildren(document.importNode(template.content, true));
    const limit = performance.now() + 10_000;
    while (!found(box, 0)) {
      if (performance.now() > limit) throw new Error(`${ready} did not come`);
      await turn();
    }
    box.replaceChildren();
    await turn();
  }
  box.remove();
  port1.close();
  // Elements that were moved and not taken away let go a moment later.
  await new Promise((resolve) => setTimeout(resolve, 500));
};

const times = Number(argument('times') ?? 10_000);
const embed = resolve(argument('embed') ?? join(import.meta.dirname, '../../dist/embed'));
if (!existsSync(join(embed, 'viva-voce.js'))) throw new Error(`there is no ${embed}/viva-voce.js: run npm run build first`);
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const server = await embedServer(
  { embed },
  {
    '/': '<!doctype html><html lang="en"><head><title>Mounts</title><script type="module" src="/embed/viva-voce.js"></script></head><body></body></html>',
  },
);

async function row(name: string, page: Page): Promise<boolean> {
  const { html, ready } = cases[name]!;
  const cdp = await page.context().newCDPSession(page);
  await page.goto(server.url);
  await page.evaluate(mountOften, { html, ready, times: WARM_UP });
  const before = await heldBy(cdp);
  const began = performance.now();
  await page.evaluate(mountOften, { html, ready, times });
  const ms = (performance.now() - began) / times;
  const after = await heldBy(cdp);
  const each = (after.heapBytes - before.heapBytes) / times;
  const dom = (after.domBytes - before.domBytes) / times;
  const kept =
    each + dom <= LIMIT_BYTES && after.nodes - before.nodes < times / 100 && after.listeners - before.listeners < times / 100;
  console.log(
    `${kept ? 'ok' : '!!'} ${name.padEnd(25)}${each.toFixed(0).padStart(7)} B ${dom.toFixed(0).padStart(7)} B   ${`${before.nodes} → ${after.nodes}`.padEnd(17)} ${`${before.listeners} → ${after.listeners}`.padEnd(15)}${ms.toFixed(1).padStart(6)} ms`,
  );
  return kept;
}

console.log(`${times} times each, after ${WARM_UP} to warm up; at most ${LIMIT_BYTES} B each`);
console.log('   mounted                    script       DOM   nodes             listeners        each');
let missed = 0;
try {
  for (const name of named.length > 0 ? named : Object.keys(cases)) {
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      // tsx names the functions of this file by a function of its own, which a page does not have.
      await page.addInitScript('globalThis.__name = (named) => named');
      page.on('pageerror', (error) => console.log(`   page: ${error.message}`));
      if (!(await row(name, page))) missed++;
    } finally {
      await browser.close();
    }
  }
} finally {
  server.close();
}
if (missed > 0) process.exitCode = 1;
