import { expect, test, type Page } from '@playwright/test';
import { words } from '../support/conversation.ts';
import { film } from '../support/media-samples.ts';
import { serveFile } from '../support/media-server.ts';

/** The streams desk of the built site against the real gateway: from a source's address to a lasting video with captions. */

const plays = (page: Page) => async () =>
  page
    .locator('viva-player')
    .first()
    .evaluate((player) => player.shadowRoot?.querySelector('video')?.currentTime ?? 0);

test('a stream is connected by keyboard, seen live with its words, searched, and exported', async ({ page, context }) => {
  test.setTimeout(150_000);
  const { path } = await film({ seconds: 13 });
  const source = await serveFile(path);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted Type/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(`${process.env['SITE_URL'] ?? ''}/demo/pages/desk.html`);
    const desk = page.locator('viva-streams');
    const open = desk.getByRole('button', { name: 'Connect a stream' });
    await expect(open).toBeEnabled({ timeout: 30_000 });
    await open.focus();
    await page.keyboard.press('Enter');
    await desk.getByRole('textbox', { name: 'Name' }).focus();
    await page.keyboard.type('Front door');
    await desk.getByRole('textbox', { name: 'Address' }).focus();
    await page.keyboard.type(source.url);
    await desk.getByLabel('Write down what is said').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await expect(desk.getByRole('heading', { name: 'Front door' })).toBeVisible();
    await expect.poll(plays(page), { timeout: 30_000 }).toBeGreaterThan(1);
    const line = desk.locator('.lines p').first();
    await expect.poll(async () => words((await line.textContent()) ?? '').join(' '), { timeout: 30_000 }).toContain('dashwood');
    await page.screenshot({ path: test.info().outputPath('live.png'), fullPage: true });

    // The film is over: what was taken in becomes a video.
    await desk.getByRole('tab', { name: 'Clips' }).click();
    const exporting = desk.getByRole('button', { name: 'Export as a video' });
    await expect(exporting).toBeEnabled({ timeout: 40_000 });
    await exporting.click();
    await expect(desk.getByRole('heading', { name: 'Front door - Recording' })).toBeVisible({ timeout: 30_000 });
    await desk.getByRole('tab', { name: 'Search' }).click();
    await desk.getByRole('searchbox').fill('a young man');
    await desk.getByRole('search').getByRole('button').click();
    await expect(desk.getByText(/young man/).first()).toBeVisible();

    await desk.getByRole('tab', { name: 'Videos' }).click();
    const [watched] = await Promise.all([context.waitForEvent('page'), desk.getByRole('link', { name: 'Page' }).first().click()]);
    await expect(watched.locator('viva-player')).toBeVisible();
    await watched.locator('viva-player').evaluate((player) => {
      (player as HTMLElement & { muted: boolean }).muted = true;
      return (player as HTMLElement & { play(): Promise<void> }).play();
    });
    await expect.poll(plays(watched), { timeout: 20_000 }).toBeGreaterThan(1);
    await watched.screenshot({ path: test.info().outputPath('watched.png') });
    expect(complaints).toEqual([]);
  } finally {
    await source.close();
  }
});
