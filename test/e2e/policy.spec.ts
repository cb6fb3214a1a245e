import { expect, test } from '@playwright/test';
import { guestPage, siteUrl, type GuestPage } from '../support/guest-page.ts';

/** The strictest policy a page can have: nothing inline, nothing from `blob:` or `data:`, Trusted Types required. */

let page: GuestPage;
test.afterEach(() => page.close());

const policy = (site: string) =>
  [
    `default-src 'none'`,
    `script-src 'self' ${site}`,
    `style-src 'self'`,
    `connect-src ${site} ${site.replace('http', 'ws')}`,
    `img-src 'self'`,
    `require-trusted-types-for 'script'`,
    `trusted-types viva-voce lit-html`,
  ].join('; ');

/** Runs on the page, from a file of its own as the policy demands. */
const recorder = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    window.violations.push([violatedDirective, blockedURI, sample].join(' ')));
`;

const violations = () => (globalThis as unknown as { readonly violations: readonly string[] }).violations;

test('a page with a strict policy and Trusted Types: no violation, styled all the same', async ({ page: tab }) => {
  const site = siteUrl();
  page = await guestPage({
    headers: { 'content-security-policy': policy(site) },
    files: { '/recorder.js': { type: 'text/javascript', content: recorder } },
    body: `<script src="/recorder.js"></script>
      <script type="module" src="${site}/embed/viva-voce.js"></script><viva-voce></viva-voce>`,
  });
  await tab.goto(page.url);
  const launcher = tab.locator('viva-voce').getByRole('button').first();
  await expect(launcher).toBeVisible();
  const box = await launcher.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  const background = await launcher.evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(background).not.toBe('rgb(239, 239, 239)');
  await launcher.click();
  await expect(tab.locator('viva-panel')).toBeVisible();
  await tab.waitForLoadState('networkidle');
  expect(await tab.evaluate(violations)).toEqual([]);

  // The page does report what its policy forbids, so an empty list means something.
  await tab.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await expect.poll(() => tab.evaluate(violations)).toHaveLength(1);
});

/** Each alone on the page, out of the built script: variants, features, and the tags that stand alone. */
const tags = [
  ...['compact', 'expanded', 'inline', 'full'].map((variant) => `<viva-voce open variant="${variant}" resizable></viva-voce>`),
  `<viva-voce open lang="ar" consent="once" resume="session" page-actions="read click" avatar="visualizer" metrics keyboard
    feedback="both" prices='{"inputAudio":100}' suggestions='["Where?"]' duplex="half"></viva-voce>`,
  '<viva-voce variant="kiosk" presence="touch" pin="1234" keyboard attract-src="/picture.png"></viva-voce>',
  '<viva-voce open mode="interpreter" translate-to="es"></viva-voce>',
  ...['captions', 'interpreter', 'player', 'alerts', 'streams', 'recorder', 'tasks'].map(
    (name) => `<viva-${name}></viva-${name}>`,
  ),
];

test('every variant, feature and tag of the built script: no violation', async ({ page: tab }) => {
  const site = siteUrl();
  page = await guestPage({
    headers: { 'content-security-policy': policy(site) },
    files: { '/recorder.js': { type: 'text/javascript', content: recorder } },
    body: `<script src="/recorder.js"></script><main></main><script type="module" src="${site}/embed/viva-voce.js"></script>`,
  });
  await tab.goto(page.url);
  for (const html of tags) {
    // A parser is what the policy forbids: the test puts elements, as a page would.
    await tab.evaluate((text) => {
      const [, name = '', attributes = ''] = /^<([\w-]+)([^>]*)>/.exec(text) ?? [];
      const element = document.createElement(name);
      for (const [, key = '', quoted, plain] of attributes.matchAll(/([\w-]+)(?:="([^"]*)"|='([^']*)')?/g))
        element.setAttribute(key, quoted ?? plain ?? '');
      document.querySelector('main')?.replaceChildren(element);
    }, html);
    await expect(tab.locator('main > :defined'), html).toBeAttached();
    if (html.startsWith('<viva-voce')) await expect(tab.locator('main viva-panel'), html).toBeAttached();
    await tab.waitForLoadState('networkidle');
    expect(await tab.evaluate(violations), html).toEqual([]);
  }
});
