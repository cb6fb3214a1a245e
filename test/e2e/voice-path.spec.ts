import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { gzipBytes } from '../checks/closure.ts';
import { answerPath, LIMITS, voicePath } from '../checks/voice-path.ts';
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
    // Asked for by the first frame, and by nothing else before an answer; the words of the speech that it begins come after it.
    const later = (path: string) => path.includes('playback') && path.endsWith('.js');
    await expect.poll(() => guest.asked.some(later)).toBe(true);
    const scripts = guest.asked.slice(0, guest.asked.findIndex(later)).filter((path) => path.endsWith('.js'));
    const facts = await element.evaluate((host: HTMLElement & { diagnose(): Promise<Record<string, unknown>> }) =>
      host.diagnose(),
    );
    expect(JSON.stringify(facts)).toContain('"worker"');
    expect(scripts.filter((path) => path.includes('worker'))).not.toEqual([]);
    expect(scripts.filter((path) => path.includes('capture.worklet'))).toHaveLength(1);
    const served = (files: ReturnType<typeof voicePath>) => files.map(({ path }) => `/embed/${path}`);
    expect(scripts.filter((path) => !served(answerPath()).includes(path))).toEqual([]);
    // What an answer needs is on its way when frames come, never before.
    const first = scripts.filter((path) => served(voicePath()).includes(path));
    const captured = scripts.findIndex((path) => path.includes('capture.worklet'));
    expect(scripts.filter((path, index) => !first.includes(path) && index < captured)).toEqual([]);
    const sizes = [...new Set(first)].map((path) => ({ path, gzip: gzipBytes(`dist${path}`) }));
    const bytes = sizes.reduce((sum, { gzip }) => sum + gzip, 0);
    console.log(`voice path ${bytes} bytes: ${sizes.map(({ path, gzip }) => `${path} ${gzip}`).join(', ')}`);
    expect(bytes).toBeLessThanOrEqual(LIMITS.voice);
  } finally {
    await browser.close();
    await guest.close();
    rmSync(folder, { recursive: true });
  }
});
