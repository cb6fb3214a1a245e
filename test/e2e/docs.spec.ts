import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { siteUrl } from '../support/guest-page.ts';

/** The documentation as its readers find it: under the site's policy, by keyboard, on a telephone, in the dark. */

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(context: { readonly exclude: readonly string[] }): Promise<{
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>;
}

/** The elements at work have tests of their own. */
async function axe(tab: Page): Promise<readonly string[]> {
  await tab.evaluate(axeSource);
  return await tab.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { readonly axe: Axe }).axe.run({ exclude: ['.live'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

/** What the browser complains of from now on, the policy's violations among it. */
function complaints(tab: Page): readonly string[] {
  const heard: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  tab.on('pageerror', (fault) => heard.push(fault.message));
  return heard;
}

test('examples run in the page, under its policy, and nobody is asked for a microphone', async ({ page: tab }) => {
  const heard = complaints(tab);
  const response = await tab.goto(`${siteUrl()}/docs/examples.html`);
  expect(response?.headers()['content-security-policy']).toContain("require-trusted-types-for 'script'");
  for (const assistant of await tab.locator('.live viva-voce').all()) {
    await expect(assistant.getByRole('textbox')).toBeVisible({ timeout: 20_000 });
  }
  await expect(tab.getByRole('textbox', { name: 'Nachricht' })).toBeVisible();
  await tab.getByRole('button', { name: 'Say a sentence' }).click();
  await expect(tab.locator('#welcome')).toContainText('Bienvenidos al invernadero.');
  expect(heard).toEqual([]);
});

test('the search is used by keyboard, and leads to the place', async ({ page: tab }) => {
  await tab.goto(`${siteUrl()}/docs/`);
  await tab.getByRole('searchbox', { name: 'Search' }).focus();
  await tab.keyboard.type('microphone-blocked');
  const first = tab.locator('#found a').first();
  await expect(first).toBeVisible();
  await expect(tab.getByRole('status')).toContainText('found');
  await tab.keyboard.press('ArrowDown');
  await expect(first).toBeFocused();
  await tab.keyboard.press('Escape');
  await expect(first).toBeHidden();
  await expect(tab.getByRole('searchbox')).toBeFocused();
  await tab.keyboard.type(' policy');
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/troubleshooting\.html/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on a telephone, ${colorScheme}: fits, opens its list, and axe finds no fault`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 720 }, hasTouch: true });
    const tab = await context.newPage();
    for (const name of ['index', 'viva-voce', 'features', 'troubleshooting']) {
      await tab.goto(`${siteUrl()}/docs/${name === 'index' ? '' : `${name}.html`}`);
      await expect(tab.locator('main h1')).toHaveCount(1);
      expect(await tab.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
      expect(await axe(tab), name).toEqual([]);
    }
    await tab.getByRole('button', { name: 'Contents' }).click();
    const list = tab.getByRole('navigation', { name: 'Documentation' });
    await expect(list.getByRole('link', { name: 'Languages' })).toBeVisible();
    const low = await list
      .getByRole('link')
      .evaluateAll((links) => links.filter((link) => link.getBoundingClientRect().height < 44).length);
    expect(low).toBe(0);
    expect(await axe(tab)).toEqual([]);
    await tab.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await context.close();
  });
}
