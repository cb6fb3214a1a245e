import { chromium } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { type Asked, slowSite } from './slow-site.ts';

/** The way from a press to the panel and to the first frame of speech, on a line where every answer takes a round trip. */

export interface FirstPress {
  /** Requests from the press until the panel can be seen, and how many of them had to wait for others. */
  readonly panelRequests: number;
  readonly panelRoundTrips: number;
  readonly panelMs: number;
  /** From the press of the button that begins until the service has the first frame of speech. */
  readonly frameMs: number;
  /** All of them, the page's token included, until that frame arrived; bytes are gzipped. */
  readonly requests: number;
  readonly bytes: number;
}

/** One after the other: an answer must have left before a request that waited for it comes. */
function roundTrips(asked: readonly Asked[]): number {
  const waves: number[] = [];
  for (const { atMs, doneMs } of [...asked].sort((one, other) => one.atMs - other.atMs)) {
    const wave = waves.findIndex((doneAt) => atMs < doneAt);
    if (wave === -1) waves.push(doneMs);
  }
  return waves.length;
}

/** Presses without a pointer that comes near before: nothing is fetched ahead. */
const press = (part: string): string => `(() => {
  const found = (root) => [...root.querySelectorAll('*')].flatMap((one) => [
    ...(one.part.contains(${JSON.stringify(part)}) ? [one] : []),
    ...(one.shadowRoot ? found(one.shadowRoot) : []),
  ]);
  found(document)[0].click();
})()`;

/** `embed`: folder of the built tag. A Chromium of its own each time, so that nothing is in a cache. */
export async function firstPress(embed: string, roundTripMs: number): Promise<FirstPress> {
  const script = '<script type="module" src="/embed/viva-voce.js"></script>';
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><viva-voce></viva-voce>${script}</html>`;
  const site = await slowSite(embed, page, roundTripMs);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  });
  try {
    const tab = await browser.newPage();
    await tab.goto(site.url);
    await tab.locator('viva-voce [part="launcher"]').waitFor();
    const loaded = site.asked.length;
    const pressedAt = performance.now();
    await tab.evaluate(press('launcher'));
    await tab.locator('viva-voce [part="start"]').waitFor();
    const panelMs = performance.now() - pressedAt;
    const forPanel = site.asked.slice(loaded);
    const begunAt = performance.now();
    await tab.evaluate(press('start'));
    const frameMs = (await site.firstFrame()) - begunAt;
    return {
      panelRequests: forPanel.length,
      panelRoundTrips: roundTrips(forPanel),
      panelMs,
      frameMs,
      requests: site.asked.length,
      bytes: site.asked.reduce((sum, { gzip }) => sum + gzip, 0),
    };
  } finally {
    await browser.close();
    site.close();
  }
}
