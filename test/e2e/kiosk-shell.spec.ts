import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { kioskServer, type KioskServer } from '../support/kiosk-server.ts';

/** A kiosk that is switched on while its server cannot be reached, in a browser that has seen the page once, under the strictest policy. */

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'";
const PAGE = `<!doctype html><html lang="en"><head><title>Kiosk</title>
  <script src="/embed/kiosk-shell.js" data-scope="/" defer></script>
  <script type="module" src="/embed/viva-voce.js"></script></head>
  <body><viva-voce variant="kiosk" presence="touch" lang="de" languages="en de ar zh-CN"></viva-voce></body></html>`;

let server: KioskServer;
let profile: string;
let context: BrowserContext;

async function switchOn(): Promise<Page> {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    args: [...chromiumArgs],
  });
  return context.pages()[0] ?? (await context.newPage());
}

test.beforeAll(async () => {
  server = await kioskServer(PAGE, 'dist', { 'content-security-policy': POLICY, 'service-worker-allowed': '/' });
  profile = mkdtempSync(join(tmpdir(), 'viva-kiosk-'));
});
test.afterAll(async () => {
  await context.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
});

test('a kiosk without a network says so in its languages, never shows the browser’s error page, and goes on by itself', async () => {
  const faults: string[] = [];
  const watch = (tab: Page): void =>
    void tab.on('console', (message) => /policy|Trusted/i.test(message.text()) && faults.push(message.text()));
  const origin = `http://127.0.0.1:${server.port}/`;
  const first = await switchOn();
  watch(first);
  await first.goto(origin);
  await first.waitForFunction(
    async () =>
      (await navigator.serviceWorker.ready).active?.state === 'activated' && navigator.serviceWorker.controller !== null,
  );
  await first.waitForFunction(async () => (await caches.keys()).length === 1);
  await context.close();

  server.reachable(false);
  const tab = await switchOn();
  watch(tab);
  await tab.goto(origin);
  await expect(tab.locator('h1')).toHaveText('Kein Netz. Sobald es wieder da ist, geht es von selbst weiter.');
  await expect(tab.locator('li')).toHaveCount(3);
  await expect(tab.locator('li[lang="ar"]')).toHaveCSS('direction', 'rtl');
  expect(await tab.locator('body').evaluate((body) => getComputedStyle(body).display)).toBe('grid');

  // The page comes, its scripts do not: that is no kiosk either.
  server.reachable('pages');
  await tab.waitForResponse(
    (answer) => answer.url() === origin && answer.status() === 200 && answer.request().isNavigationRequest(),
  );
  await expect(tab.locator('h1')).toBeVisible();

  server.reachable(true);
  await expect(tab.locator('viva-kiosk-attract')).toBeVisible({ timeout: 20_000 });
  expect(faults).toEqual([]);
});
