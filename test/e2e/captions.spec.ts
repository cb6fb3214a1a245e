import { expect, test } from '@playwright/test';
import { visit, words } from '../support/conversation.ts';

/** Captions and the interpreter alone on a page of the built site, under its strict policy. */

test('a recording on a page is captioned while it plays, and the captions can be kept', async () => {
  const visited = await visit([{ silenceMs: 1_000 }], { path: '/demo/pages/captions.html' });
  try {
    const { page } = visited;
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted Type/i.test(message.text())) violations.push(message.text());
    });
    await page.reload();
    const captions = page.locator('viva-captions[for="reading"]');
    await page.locator('#reading').evaluate((audio: HTMLAudioElement) => audio.play());
    const final = captions.locator('viva-caption-rows [part~="caption-original"] p:not(.interim):not(.waiting)').last();
    await expect.poll(async () => words((await final.textContent()) ?? '').length, { timeout: 30_000 }).toBeGreaterThan(6);
    const srt = await captions.evaluate((tag) =>
      (tag as HTMLElement & { exportText(format: string): Promise<string> }).exportText('srt'),
    );
    expect(srt).toMatch(/^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n/);
    expect(violations).toEqual([]);
  } finally {
    await visited.leave();
  }
});

test('the interpreter alone on a page works by its own attributes, by keyboard only', async () => {
  const visited = await visit([{ silenceMs: 3_500 }, { wav: 'test/fixtures/speech/austen-0880.wav' }, { silenceMs: 20_000 }], {
    path: '/demo/pages/interpreter.html',
  });
  try {
    const { page } = visited;
    const interpreter = page.locator('viva-interpreter').first();
    await interpreter.getByRole('button', { name: 'Start interpreting' }).focus();
    await page.keyboard.press('Enter');
    const near = interpreter.getByRole('button', { name: 'English' });
    await expect(near).toHaveAttribute('aria-disabled', 'false');
    await near.focus();
    await page.keyboard.down('Space');
    const translation = interpreter.locator('viva-caption-rows [part~="caption-translation"] p').last();
    await expect.poll(async () => words((await translation.textContent()) ?? '').length, { timeout: 30_000 }).toBeGreaterThan(3);
    await page.keyboard.up('Space');
    await interpreter.getByRole('button', { name: 'End', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(interpreter.getByText('Ended').first()).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('interpreter.png') });
  } finally {
    await visited.leave();
  }
});
