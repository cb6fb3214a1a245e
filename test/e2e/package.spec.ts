import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';
import { guestBundle } from '../support/guest-bundle.ts';
import { guestPage, siteUrl } from '../support/guest-page.ts';

/** The package in somebody's own bundle: the registration is kept, and worklets and worker come along and run. */

test('a bundle of viva-voce/define holds a conversation from its own origin', async () => {
  const bundle = await guestBundle("import 'viva-voce/define';");
  const sound = mkdtempSync(join(tmpdir(), 'package-'));
  const microphone = fakeMicrophone({ path: join(sound, 'microphone.wav'), parts: [{ silenceMs: 1000 }], loop: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...microphone.args] });
  const guest = await guestPage({
    served: bundle.folder,
    body: `<viva-voce endpoint="${siteUrl()}"></viva-voce><script type="module" src="/main.js"></script>`,
  });
  try {
    const tab = await browser.newPage();
    const faults: string[] = [];
    tab.on('pageerror', (fault) => faults.push(fault.message));
    await tab.goto(guest.url);
    const element = tab.locator('viva-voce');
    await expect(element.getByRole('button').first()).toBeVisible();
    await element.evaluate((host: HTMLElement & { start(): Promise<void> }) => host.start());
    await expect(element).toHaveAttribute('state', 'listening', { timeout: 20_000 });
    const facts = await element.evaluate((host: HTMLElement & { diagnose(): Promise<Record<string, unknown>> }) =>
      host.diagnose(),
    );
    expect(JSON.stringify(facts)).toContain('"worker"');
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await guest.close();
    bundle.remove();
    rmSync(sound, { recursive: true });
  }
});
