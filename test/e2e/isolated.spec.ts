import { expect, test } from '@playwright/test';
import { guestPage, siteUrl, type GuestPage } from '../support/guest-page.ts';

/** A page that is cross-origin isolated takes nothing from elsewhere that does not agree to it. */

let page: GuestPage;
test.afterEach(() => page.close());

test('an isolated page: the tag opens from another origin, and nothing is blocked', async ({ page: tab }) => {
  page = await guestPage({
    headers: { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
    body: `<script type="module" src="${siteUrl()}/embed/viva-voce.js"></script><viva-voce></viva-voce>`,
  });
  const complaints: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await tab.goto(page.url);
  expect(await tab.evaluate(() => crossOriginIsolated)).toBe(true);
  await tab.locator('viva-voce').getByRole('button').first().click();
  await expect(tab.locator('viva-panel')).toBeVisible();
  await tab.locator('viva-panel').getByRole('textbox').fill('When do you open?');
  await tab.waitForLoadState('networkidle');
  expect(complaints).toEqual([]);
});
