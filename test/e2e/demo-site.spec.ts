import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { siteUrl } from '../support/guest-page.ts';

/** The demo site as a visitor and its visitors' browsers find it. */

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The player page stands at `/watch`, without the site around it, and has tests of its own. */
const pages = readdirSync('demo/pages').filter((name) => name.endsWith('.html') && name !== 'watch.html');
const paths = ['/', ...pages.map((name) => `/demo/pages/${name}`)];

/** What the browser complains of from now on. */
function complaints(tab: Page): readonly string[] {
  const heard: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  tab.on('pageerror', (fault) => heard.push(fault.message));
  return heard;
}

interface Axe {
  run(): Promise<{
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>;
}

async function axe(tab: Page): Promise<readonly string[]> {
  await tab.evaluate(axeSource);
  return await tab.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { readonly axe: Axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

test('every page answers, carries the tag, and every link between them leads somewhere', async ({ page: tab, request }) => {
  const heard = complaints(tab);
  const linked = new Set<string>();
  for (const path of paths) {
    await tab.goto(siteUrl() + path);
    await expect(tab.locator('viva-voce').first()).toBeAttached();
    await expect(tab.locator('main h1')).toHaveCount(1);
    const links = await tab
      .locator('a[href], img[src]')
      .evaluateAll((all) =>
        all.map((element) => new URL(element.getAttribute('href') ?? element.getAttribute('src') ?? '', document.baseURI).href),
      );
    for (const link of links) linked.add(link.replace(/#.*/, ''));
  }
  for (const link of linked) expect((await request.get(link)).status(), link).toBe(200);
  expect(heard).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: nothing that axe finds fault with`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const tab = await context.newPage();
    for (const path of ['/', '/demo/pages/opening-hours.html', '/demo/pages/csp.html', '/demo/pages/inline.html']) {
      await tab.goto(siteUrl() + path);
      await expect(tab.locator('viva-voce').first()).toHaveJSProperty('hasUpdated', true);
      expect(await axe(tab), path).toEqual([]);
    }
    await context.close();
  });
}

test('a question on the page is asked in writing, and nobody asks for the microphone', async ({ page: tab }) => {
  await tab.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => {
      document.documentElement.dataset['asked'] = 'yes';
      return Promise.reject(new DOMException('no', 'NotAllowedError'));
    };
  });
  await tab.goto(siteUrl());
  await tab.getByRole('button', { name: 'When can I plant tomatoes outside?' }).click();
  await expect(tab.locator('viva-transcript')).toContainText('When can I plant tomatoes outside?');
  await expect(tab.locator('viva-voce')).toHaveAttribute('state', /listening|thinking|speaking/);
  await expect(tab.locator('html')).not.toHaveAttribute('data-asked');
});

test('the page with the strict policy: opened and written to, no violation', async ({ page: tab }) => {
  const heard = complaints(tab);
  await tab.goto(`${siteUrl()}/demo/pages/csp.html`);
  await tab.locator('viva-voce').getByRole('button').first().click();
  await tab.locator('viva-panel').getByRole('textbox').fill('Are you open on Saturday?');
  await tab.keyboard.press('Enter');
  await expect(tab.locator('viva-transcript')).toContainText('Are you open on Saturday?');
  await expect(tab.locator('#violations')).toHaveText('0');
  expect(heard).toEqual([]);
});

test('captions elsewhere on the page follow the conversation that they name', async ({ page: tab }) => {
  await tab.goto(`${siteUrl()}/demo/pages/inline.html`);
  await tab.locator('viva-panel').getByRole('textbox').fill('Do you deliver on Saturday?');
  await tab.keyboard.press('Enter');
  await expect(tab.locator('main > section > viva-captions')).toContainText('Do you deliver on Saturday?');
});
