import { expect, test } from '@playwright/test';
import { gzipBytes } from '../checks/closure.ts';
import { LIMITS } from '../checks/voice-path.ts';
import { guestPage, siteUrl, type GuestPage } from '../support/guest-page.ts';
import { Network } from '../support/network.ts';

/** The script of the tag on a page of somebody else. */

const tag = () => `<h1>A guest's page</h1>
  <script type="module" src="${siteUrl()}/embed/viva-voce.js"></script>
  <viva-voce></viva-voce>`;

let page: GuestPage;
test.afterEach(() => page.close());

test('before a click: one small script from the site, the launcher is there, nobody else is asked', async ({
  context,
  page: tab,
}) => {
  page = await guestPage({ body: tag() });
  const network = new Network(context);
  await tab.goto(page.url);
  await expect(tab.locator('viva-voce').getByRole('button').first()).toBeVisible();
  await tab.waitForLoadState('networkidle');

  expect(network.strangers([page.url, siteUrl()])).toEqual([]);
  const scripts = network.scripts().map((url) => new URL(url));
  expect(scripts.every((url) => url.href.startsWith(`${siteUrl()}/embed/`))).toBe(true);
  const bytes = scripts.reduce((sum, { pathname }) => sum + gzipBytes(`dist${pathname}`), 0);
  expect(bytes).toBeLessThanOrEqual(LIMITS.launcher);
});

test('after a click: the panel opens from files beside the script, still nobody else is asked, nothing is complained of', async ({
  context,
  page: tab,
}) => {
  page = await guestPage({ body: tag() });
  const network = new Network(context);
  const complaints: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  tab.on('pageerror', (fault) => complaints.push(fault.message));
  await tab.goto(page.url);
  await tab.locator('viva-voce').getByRole('button').first().click();
  await expect(tab.locator('viva-voce')).toHaveAttribute('open');
  await expect(tab.locator('viva-panel')).toBeVisible();
  await tab.waitForLoadState('networkidle');

  expect(network.strangers([page.url, siteUrl()])).toEqual([]);
  expect(network.scripts().every((url) => url.startsWith(`${siteUrl()}/embed/`))).toBe(true);
  expect(complaints).toEqual([]);
});

test('the tag may stand on the page before its script, and be put in later', async ({ page: tab }) => {
  page = await guestPage({ body: `<viva-voce></viva-voce>${tag()}` });
  await tab.goto(page.url);
  await tab.evaluate(() => document.body.append(document.createElement('viva-voce')));
  for (const element of await tab.locator('viva-voce').all()) {
    await expect(element.getByRole('button').first()).toBeVisible();
  }
  expect(await tab.locator('viva-voce:defined').count()).toBe(3);
});
