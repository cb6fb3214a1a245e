import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, expect, test } from '@playwright/test';
import { buildApp } from '../../demo/apps/build.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';
import { guestPage, siteUrl } from '../support/guest-page.ts';

/** The sample apps as their visitors meet them: the assistant comes with a view, talks, goes with it, and comes back. */

/** A machine that does much else beside needs a while for an answer. */
const PATIENCE_MS = 45_000;
test.setTimeout(150_000);

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-apps-'));
let browser: Browser;

test.beforeAll(async () => {
  const microphone = fakeMicrophone({ path: join(folder, 'microphone.wav'), parts: [{ silenceMs: 1000 }], loop: true });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...microphone.args] });
});
test.afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Keeps the tracks of each microphone that the page opens. */
function keepTracks(): void {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  const tracks: MediaStreamTrack[] = [];
  Object.assign(globalThis, { tracks });
  devices.getUserMedia = async (wishes) => {
    const stream = await open(wishes);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

const liveTracks = (): number =>
  (globalThis as unknown as { readonly tracks: readonly MediaStreamTrack[] }).tracks.filter(
    ({ readyState }) => readyState === 'live',
  ).length;

const react18 = { react: resolve('test/react-18'), 'react-dom': resolve('test/react-18') };

for (const [name, app, packages, visits] of [
  ['React 19', 'react', {}, 2],
  ['React 18', 'react', react18, 1],
  ['Vue', 'vue', {}, 2],
] as const) {
  test(`${name}: mount, write, talk, leave, return`, async () => {
    const served = join(folder, name);
    await buildApp(app, served, packages);
    const policy = `script-src 'self'; style-src 'self'; connect-src ${siteUrl()} ${siteUrl().replace('http', 'ws')}; require-trusted-types-for 'script'`;
    const host = await guestPage({
      served,
      headers: { 'content-security-policy': policy },
      body: '',
    });
    const page = await browser.newPage();
    try {
      const faults: string[] = [];
      page.on('pageerror', (fault) => faults.push(fault.message));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
      });
      await page.addInitScript(keepTracks);
      await page.goto(`${host.url}index.html?gateway=${siteUrl()}`);
      await expect(page.getByRole('heading', { name: 'The garden centre' })).toBeVisible();

      const status = page.getByRole('main').locator('> [role="status"]');
      const answers = page.getByRole('list', { name: 'Answers' }).getByRole('listitem');
      for (let visit = 1; visit <= visits; visit++) {
        await page.getByRole('link', { name: 'Ask' }).click();
        await page.getByRole('button', { name: 'When do you open?' }).click();
        await expect(answers, `visit ${visit}`).toHaveCount(1, { timeout: PATIENCE_MS });
        await page.getByRole('button', { name: 'Talk to us' }).click();
        await expect.poll(() => page.evaluate(liveTracks), { timeout: PATIENCE_MS }).toBe(1);
        await expect(status).toHaveText('listening', { timeout: PATIENCE_MS });
        await expect.poll(() => page.workers().length).toBe(1);

        await page.getByRole('link', { name: 'Home' }).click();
        await expect(page.locator('viva-voce')).toHaveCount(0);
        await expect.poll(() => page.evaluate(liveTracks)).toBe(0);
        await expect.poll(() => page.workers().length).toBe(0);
      }
      expect(faults).toEqual([]);
    } finally {
      await page.close();
      await host.close();
    }
  });
}
