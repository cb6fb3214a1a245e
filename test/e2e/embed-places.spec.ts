import { expect, test, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { guestPage, siteUrl, type GuestPage } from '../support/guest-page.ts';

/** Where a page may put the tag: into shadow roots, dialogs, boxes and frames, at any time, and over what a server drew. */

const script = (name = 'viva-voce') => `<script type="module" src="${siteUrl()}/embed/${name}.js"></script>`;

test.use({
  launchOptions: {
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

let page: GuestPage;
test.afterEach(() => page.close());

/** What is on top in the middle of the panel belongs to the tag, however deep it is. */
const onTop = (tab: Page): Promise<boolean> =>
  tab
    .locator('viva-panel')
    .first()
    .evaluate((panel) => {
      const { left, top, width, height } = panel.getBoundingClientRect();
      let found = document.elementFromPoint(left + width / 2, top + height / 2);
      while (found !== null && found !== panel) {
        const inner: Element | null = found.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2) ?? null;
        if (inner === null || inner === found) break;
        found = inner;
      }
      return found !== null && (found === panel || panel.contains(found) || found.getRootNode() === panel.shadowRoot);
    });

test('in a shadow root in a shadow root in a modal dialog in a box that moves everything, it opens above all', async ({
  page: tab,
}) => {
  page = await guestPage({ body: `${script()}<main></main>` });
  await tab.goto(page.url);
  await tab.evaluate(() => {
    const box = document.createElement('div');
    Object.assign(box.style, {
      transform: 'scale(.9)',
      containerType: 'size',
      overflow: 'hidden',
      width: '300px',
      height: '80px',
    });
    const dialog = document.createElement('dialog');
    box.append(dialog);
    document.querySelector('main')?.append(box);
    let place: Node = dialog;
    for (let depth = 0; depth < 2; depth++) {
      const host = document.createElement('section');
      place.appendChild(host);
      place = host.attachShadow({ mode: 'open' });
    }
    place.appendChild(document.createElement('viva-voce'));
    dialog.showModal();
  });
  await tab.locator('viva-voce').getByRole('button', { name: 'Ask us' }).click();
  await expect(tab.locator('viva-panel')).toBeVisible();
  await expect.poll(() => onTop(tab)).toBe(true);
  await tab.locator('viva-voce').getByRole('textbox').fill('When do you open?');
  await tab.locator('viva-voce').getByRole('textbox').press('Enter');
  await expect(tab.locator('viva-voce')).toHaveAttribute('state', /listening|thinking|speaking/, { timeout: 20_000 });
});

test('what stands alone is found when it comes later, and in a shadow root by a script of its own', async ({ page: tab }) => {
  page = await guestPage({ body: script() });
  await tab.goto(page.url);
  await tab.evaluate(() => document.body.append(document.createElement('viva-captions')));
  await expect(tab.locator('viva-captions:defined')).toHaveCount(1);

  await tab.evaluate(() => {
    const host = document.body.appendChild(document.createElement('section'));
    host.attachShadow({ mode: 'open' }).append(document.createElement('viva-player'));
  });
  await tab.addScriptTag({ type: 'module', url: `${siteUrl()}/embed/viva-player.js` });
  await expect(tab.locator('viva-player:defined')).toHaveCount(1);
});

test('what a server drew in the tag gives way to it, light or in a declarative shadow root', async ({ page: tab }) => {
  page = await guestPage({
    body: `<viva-voce id="plain" variant="inline" lang="de"></viva-voce>
      <viva-voce id="drawn"><template shadowrootmode="open"><button>Ask us, drawn before</button></template></viva-voce>${script()}`,
  });
  const faults: string[] = [];
  tab.on('pageerror', (fault) => faults.push(fault.message));
  await tab.goto(page.url);
  await expect(tab.locator('#drawn').getByRole('button')).toHaveText(['Ask us']);
  await expect(tab.locator('#plain viva-panel')).toBeVisible();
  await expect(tab.locator('#plain').getByRole('region')).toHaveCount(1);
  expect(faults).toEqual([]);
});

test('a frame that allows nothing is told by name what it is missing', async ({ page: tab }) => {
  page = await guestPage({ body: `${script()}<viva-voce open></viva-voce>` });
  const outer = await guestPage({ body: `<iframe src="${page.url}" width="500" height="700"></iframe>` });
  try {
    await tab.goto(outer.url);
    const inside = tab.frameLocator('iframe');
    await inside.getByRole('button', { name: 'Start talking' }).click();
    const alert = inside.locator('viva-alert').getByRole('alert');
    await expect(alert).toContainText('microphone-blocked');
    await expect(alert).toContainText('allow="microphone; autoplay"');

    await tab.evaluate((src) => {
      const frame = document.querySelector('iframe');
      frame?.setAttribute('allow', 'microphone; autoplay');
      frame?.setAttribute('src', src);
    }, page.url);
    await inside.getByRole('button', { name: 'Start talking' }).click();
    await expect(inside.locator('viva-voce')).toHaveAttribute('state', 'listening', { timeout: 20_000 });
  } finally {
    await outer.close();
  }
});

test('where a screen has round corners, a notch or a bar of its own, launcher and panel keep clear of them', async ({
  page: tab,
}) => {
  page = await guestPage({ body: `${script()}<viva-voce></viva-voce>` });
  await tab.setViewportSize({ width: 1000, height: 800 });
  await tab.goto(page.url);
  const edges = (selector: string) =>
    tab.locator(selector).evaluate((element) => {
      const { right, bottom } = element.getBoundingClientRect();
      return [Math.round(innerWidth - right), Math.round(innerHeight - bottom)];
    });
  const launcher = '[part="launcher"]';
  const [, below] = await edges(launcher);
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets: { top: 47, left: 0, right: 30, bottom: 34 } });
  // To the side the larger of both counts; below, the page's own distance begins above the bar.
  await expect.poll(() => edges(launcher)).toEqual([30, (below ?? 0) + 34]);
  await tab.locator(launcher).click();
  await expect.poll(() => edges('viva-panel')).toEqual([30, (below ?? 0) + 34]);
  await tab.setViewportSize({ width: 390, height: 700 });
  await expect.poll(() => edges('viva-panel')).toEqual([0, 0]);
  const [top, padding] = await tab
    .locator('viva-panel')
    .evaluate((panel) => [panel.getBoundingClientRect().top, getComputedStyle(panel).paddingBottom] as const);
  expect(top).toBeGreaterThanOrEqual(47);
  expect(padding).toBe('34px');
});
