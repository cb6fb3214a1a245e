import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { gzipBytes } from '../checks/closure.ts';
import { LIMITS, voicePath } from '../checks/voice-path.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';
import { guestPage, siteUrl } from '../support/guest-page.ts';

/** Every byte of script between the click and the first frame of speech, on the Worker path, counted by the server that gave them. */

test('from the click to the first frame', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'voice-path-'));
  const microphone = fakeMicrophone({
    path: join(folder, 'microphone.wav'),
    parts: [{ wav: 'test/fixtures/speech/austen-0880.wav' }],
    loop: true,
  });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...microphone.args] });
  const guest = await guestPage({
    served: 'dist',
    body: `<script type="module" src="/embed/viva-voce.js"></script><viva-voce endpoint="${siteUrl()}"></viva-voce>`,
  });
  try {
    const tab = await browser.newPage();
    await tab.goto(guest.url);
    const element = tab.locator('viva-voce');
    await expect(element.getByRole('button').first()).toBeVisible();
    await element.evaluate((host: HTMLElement & { start(): Promise<void> }) => host.start());
    await expect(element).toHaveAttribute('state', /listening|thinking|speaking/, { timeout: 20_000 });
    const facts = await element.evaluate((host: HTMLElement & { diagnose(): Promise<Record<string, unknown>> }) =>
      host.diagnose(),
    );
    expect(JSON.stringify(facts)).toContain('"worker"');
    const scripts = guest.asked.filter((path) => path.endsWith('.js'));
    expect(scripts.filter((path) => path.includes('worker'))).not.toEqual([]);
    expect(scripts.filter((path) => path.includes('capture.worklet'))).toHaveLength(1);
    const sizes = [...new Set(scripts)].map((path) => ({ path, gzip: gzipBytes(`dist${path}`) }));
    const bytes = sizes.reduce((sum, { gzip }) => sum + gzip, 0);
    const expected = voicePath().map(({ path }) => `/embed/${path}`);
    expect(scripts.filter((path) => !expected.includes(path))).toEqual([]);
    console.log(`voice path ${bytes} bytes: ${sizes.map(({ path, gzip }) => `${path} ${gzip}`).join(', ')}`);
    expect(bytes).toBeLessThanOrEqual(LIMITS.voice);
  } finally {
    await browser.close();
    await guest.close();
    rmSync(folder, { recursive: true });
  }
});
