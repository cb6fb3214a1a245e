import { expect, test, type Page } from '@playwright/test';
import { serveLive } from '../support/served-live.ts';
import { slideFilm } from '../support/slide-film.ts';
import { SLIDES } from '../support/slides.ts';

/** Livestream tasks on the built site against the real gateway: from a room's address to its report, seen without a reload. */

const type = async (page: Page, name: RegExp, text: string): Promise<void> => {
  await page.locator('viva-tasks').getByRole('dialog').getByRole('textbox', { name }).focus();
  await page.keyboard.type(text);
};

/** Every status that the open task shows from now on, also one that stands for a moment only. */
async function shownStatuses(page: Page): Promise<() => Promise<readonly string[]>> {
  const detail = page.locator('viva-task-detail');
  await detail.evaluate(({ shadowRoot }) => {
    const shown: string[] = [];
    const look = (): void => {
      const text = shadowRoot?.querySelector('header .status')?.textContent.trim() ?? '';
      if (text !== '' && text !== shown.at(-1)) shown.push(text);
    };
    look();
    if (shadowRoot) new MutationObserver(look).observe(shadowRoot, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { shownStatuses: shown });
  });
  return () => page.evaluate(() => (globalThis as unknown as { shownStatuses: readonly string[] }).shownStatuses);
}

test('a broadcast is watched, recorded, read and reported on by keyboard alone', async ({ page }) => {
  test.setTimeout(200_000);
  const chosen = SLIDES.filter(({ id }) => id === 'en-prices' || id === 'zh-agenda');
  const { path } = await slideFilm(test.info().outputDir, 'launch', chosen, { slideS: 4 });
  const room = await serveLive({ path });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted Type/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(`${process.env['SITE_URL'] ?? ''}/demo/pages/tasks.html`);
    const tasks = page.locator('viva-tasks');
    const add = tasks.getByRole('button', { name: 'New task' }).first();
    await expect(add).toBeEnabled({ timeout: 30_000 });
    await add.focus();
    await page.keyboard.press('Enter');
    await type(page, /^Address/, room.url);
    await type(page, /^Name/, 'Autumn launch');
    await tasks.getByRole('button', { name: 'Create the task' }).focus();
    await page.keyboard.press('Enter');

    const head = tasks.getByRole('heading', { name: 'Autumn launch' });
    await expect(head).toBeVisible({ timeout: 20_000 });
    const status = tasks.locator('viva-task-detail header .status');
    await expect(status).toHaveText('Listening', { timeout: 20_000 });
    const statuses = await shownStatuses(page);
    room.begin();
    await expect(status).toHaveText('Completed', { timeout: 120_000 });
    expect(await statuses()).toEqual(['Listening', 'Recording', 'Processing', 'Completed']);

    const report = tasks.locator('viva-task-report');
    await expect(report).toContainText('29,900');
    await tasks.getByRole('tab', { name: 'Manuscript' }).click();
    await expect(tasks.locator('viva-task-manuscript')).toContainText('Aurora Long Range');
    await expect(tasks.locator('viva-task-manuscript img').first()).toBeVisible();
    await tasks.getByRole('tab', { name: 'Log' }).click();
    await expect(tasks.locator('viva-task-log')).toContainText('On the air: recording.');
    await page.screenshot({ path: test.info().outputPath('task.png'), fullPage: true });
    expect(complaints).toEqual([]);
  } finally {
    await room.close();
  }
});
