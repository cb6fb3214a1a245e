import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';
import { guestBundle } from '../support/guest-bundle.ts';
import { guestPage, siteUrl } from '../support/guest-page.ts';
import type * as VivaVoce from '../../src/index.ts';

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

test('createAssistant alone: two conversations beside each other, each with its own words, and nothing on the screen', async ({
  page,
}) => {
  const bundle = await guestBundle(
    "import { createAssistant } from 'viva-voce'; Object.assign(globalThis, { createAssistant });",
  );
  const guest = await guestPage({ served: bundle.folder, body: '<script type="module" src="/main.js"></script>' });
  try {
    const faults: string[] = [];
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(guest.url);
    await page.waitForFunction(() => 'createAssistant' in globalThis);
    const told = await page.evaluate(async (endpoint) => {
      const { createAssistant } = globalThis as unknown as {
        readonly createAssistant: typeof VivaVoce.createAssistant;
      };
      const assistants = ['When do you open?', 'How long can I return a plant?'].map((question) => ({
        question,
        assistant: createAssistant({ endpoint, settings: { reply: 'text' } }),
      }));
      const answers = assistants.map(
        ({ assistant, question }) =>
          new Promise<{ readonly question: string | undefined; readonly answer: string; readonly answered: number }>(
            (resolve) => {
              assistant.state.subscribe(({ transcript }) => {
                const done = transcript.filter(({ role, status }) => role === 'assistant' && status === 'final');
                if (done[0] === undefined) return;
                const asked = transcript.find(({ role }) => role === 'user')?.text;
                resolve({ question: asked, answer: done[0].text, answered: done.length });
              });
              void assistant.send(question);
            },
          ),
      );
      const all = await Promise.all(answers);
      for (const { assistant } of assistants) assistant.dispose();
      return all;
    }, siteUrl());
    expect(told.map(({ question }) => question)).toEqual(['When do you open?', 'How long can I return a plant?']);
    expect(new Set(told.map(({ answer }) => answer)).size).toBe(2);
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await page.locator('body > :not(script)').count()).toBe(0);
    expect(faults).toEqual([]);
  } finally {
    await guest.close();
    bundle.remove();
  }
});
