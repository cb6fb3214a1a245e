import { expect, test } from '@playwright/test';
import { guestPage, siteUrl, type GuestPage } from '../support/guest-page.ts';
import { Network } from '../support/network.ts';

/** How a page may load the tag: when a pointer comes near, pinned to a version, and in the place of another widget's script. */

interface Integrity {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly preload: readonly string[];
}

let page: GuestPage;
test.afterEach(() => page.close());

const integrity = async (): Promise<Integrity> => (await (await fetch(`${siteUrl()}/embed/integrity.json`)).json()) as Integrity;

for (const [how, come] of [
  ['a pointer', 'hover'],
  ['the focus', 'focus'],
] as const) {
  test(`nothing more is fetched until ${how} comes near the launcher; then the panel is, and nobody is told`, async ({
    context,
    page: tab,
  }) => {
    page = await guestPage({
      body: `<script type="module" src="${siteUrl()}/embed/viva-voce.js"></script><viva-voce></viva-voce>`,
    });
    const network = new Network(context);
    await tab.goto(page.url);
    const launcher = tab.locator('viva-voce').getByRole('button');
    await expect(launcher).toBeVisible();
    await tab.waitForLoadState('networkidle');
    expect(network.scripts()).toEqual([`${siteUrl()}/embed/viva-voce.js`]);

    await launcher[come]();
    const first = (await integrity()).preload.map((name) => `${siteUrl()}/embed/${name}`);
    await expect.poll(() => first.filter((url) => !network.scripts().includes(url))).toEqual([]);
    await tab.waitForLoadState('networkidle');
    expect(network.urls.filter((url) => !/\.js$|favicon/.test(url) && url !== page.url)).toEqual([]);
    await expect(tab.locator('viva-voce')).not.toHaveAttribute('open');
  });
}

test('pinned to a version by its hashes, with its first press loaded ahead', async ({ context, page: tab }) => {
  const { version, files, preload } = await integrity();
  const at = (name: string) =>
    `="${siteUrl()}/embed/${version}/${name}" integrity="${files[name] ?? ''}" crossorigin="anonymous"`;
  page = await guestPage({
    body: `<script type="module" src${at('viva-voce.js')}></script>
      ${preload.map((name) => `<link rel="modulepreload" href${at(name)}>`).join('\n')}<viva-voce></viva-voce>`,
  });
  const network = new Network(context);
  const complaints: string[] = [];
  tab.on('console', (message) => complaints.push(message.text()));
  await tab.goto(page.url);
  await expect.poll(() => new Set(network.scripts()).size).toBe(preload.length + 1);
  await tab.locator('viva-voce').getByRole('button').click();
  await expect(tab.locator('viva-panel')).toBeVisible();
  const scripts = network.scripts();
  expect(scripts.every((url) => url.startsWith(`${siteUrl()}/embed/${version}/`))).toBe(true);
  expect(scripts.length).toBe(new Set(scripts).size);
  expect(complaints).toEqual([]);
});

test('a script that is not what its hash says does not run', async ({ page: tab }) => {
  const { version, files } = await integrity();
  page = await guestPage({
    body: `<script type="module" src="${siteUrl()}/embed/${version}/viva-voce.js" integrity="${files['migrate.js'] ?? ''}"
      crossorigin="anonymous"></script><viva-voce></viva-voce>`,
  });
  const refused = tab.waitForEvent('console', (message) => /integrity/i.test(message.text()));
  await tab.goto(page.url);
  await refused;
  expect(await tab.locator('viva-voce:defined').count()).toBe(0);
});

for (const kind of ['text/javascript', 'module'] as const) {
  test(`another widget’s page changes one URL (${kind})`, async ({ page: tab }) => {
    page = await guestPage({
      body: `<elevenlabs-convai agent-id="a" placement="top-left" text-contents='{"main_label":"Talk to Ada"}'></elevenlabs-convai>
        <vapi-widget public-key="pk" position="bottom-left" cta-title="Write to Bob"></vapi-widget>
        <script src="${siteUrl()}/embed/migrate.js" async type="${kind}"></script>`,
    });
    const warnings: string[] = [];
    tab.on('console', (message) => warnings.push(message.text()));
    await tab.goto(page.url);
    const ada = tab.locator('elevenlabs-convai');
    await expect(ada.getByRole('button', { name: 'Talk to Ada' })).toBeVisible();
    await expect(tab.locator('vapi-widget').getByRole('button', { name: 'Write to Bob' })).toBeVisible();
    await expect(ada.locator('viva-voce')).toHaveAttribute('placement', 'top-left');
    await expect(tab.locator('vapi-widget viva-voce')).toHaveAttribute('mode', 'chat');

    // The page’s function is a tool of the conversation that begins.
    const tools = await ada.evaluate(async (element) => {
      element.addEventListener('elevenlabs-convai:call', (event) => {
        (event as CustomEvent<{ config: { clientTools: object } }>).detail.config.clientTools = { open_page: () => 'opened' };
      });
      return new Promise((resolve) => {
        document.addEventListener('viva-before-start', (event) => {
          event.preventDefault();
          resolve(Object.keys(event.options.tools ?? {}));
        });
        void element.querySelector('viva-voce')?.start();
      });
    });
    expect(tools).toEqual(['open_page']);

    await ada.evaluate((element) => {
      element.setAttribute('placement', 'bottom-right');
      element.setAttribute('agent-id', 'b');
      element.setAttribute('default-expanded', 'true');
      element.removeAttribute('text-contents');
    });
    await expect(ada.locator('viva-voce')).toHaveAttribute('placement', 'bottom-right');
    await expect(ada.locator('viva-voce')).not.toHaveAttribute('strings');
    expect(warnings).toEqual([
      '<viva-voce> has no agent-id of <elevenlabs-convai>',
      '<viva-voce> has no public-key of <vapi-widget>',
    ]);
  });
}
