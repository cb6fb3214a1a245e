import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { connect } from '../../src/rtstream.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { words } from '../support/conversation.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';

/** This browser as a capture client of the real gateway: camera and microphone become streams, and one video with the words in it. */

test('camera and microphone are recorded, seen as a capture session, heard, and exported', async () => {
  test.setTimeout(150_000);
  const site = process.env['SITE_URL'] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'viva-voce-capture-'));
  const said = [{ silenceMs: 1000 }, { wav: 'test/fixtures/speech/austen-0880.wav' }, { silenceMs: 30_000 }];
  const microphone = fakeMicrophone({ path: join(folder, 'microphone.wav'), parts: said });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...microphone.args] });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted Type/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`${site}/demo/pages/capture.html`);
    const recorder = page.locator('viva-recorder');
    await recorder.getByRole('button', { name: 'Start recording' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('viva-recording-mark')).toContainText('Recording');
    const stop = recorder.getByRole('button', { name: 'Stop recording' });
    await expect(stop).toBeVisible({ timeout: 20_000 });

    // As a program sees it, by a page's token of its own.
    const token = await page.evaluate(async () => {
      const answer = await fetch('/auth/page-token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"for":"rtstream"}',
      });
      return ((await answer.json()) as { readonly value: string }).value;
    });
    const ask: typeof fetch = (url, init) =>
      fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), origin: new URL(site).origin } });
    const connection = connect({ baseUrl: site, token, fetch: (url, init) => ask(url, init) });
    const collection = await connection.getCollection();
    const streamOf = async (channel: string): Promise<string | null> => {
      const { items } = await collection.listRtstreams({ ordering: '-created_at' });
      return items.find(({ facts }) => facts.channelId === channel && facts.state === 'live')?.id ?? null;
    };
    await expect.poll(() => streamOf('mic'), { timeout: 30_000 }).not.toBeNull();
    await expect.poll(() => streamOf('camera'), { timeout: 30_000 }).not.toBeNull();
    const mic = await collection.getRtstream((await streamOf('mic')) ?? '');
    await mic.startTranscript();
    await page.waitForFunction(
      () => document.querySelector('viva-recorder')?.shadowRoot?.textContent.match(/0:(0[8-9]|1\d)/) !== null,
      undefined,
      { timeout: 30_000 },
    );
    await stop.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#session')).toContainText('cap-', { timeout: 30_000 });
    await expect(page.locator('viva-recording-mark')).toHaveCount(0);

    const session = await connection.getCaptureSession((await page.locator('#session').textContent()) ?? '');
    await expect.poll(async () => (await session.refresh()).status, { timeout: 30_000 }).toBe('stopped');
    await expect.poll(async () => (await session.export()).status, { timeout: 60_000, intervals: [1000] }).toBe('exported');
    const { videoId } = await session.export();
    const video = await collection.getVideo(videoId ?? '');
    expect(video.facts.lengthMs).toBeGreaterThan(6000);
    await video.indexSpokenWords({ force: true });
    const { text } = await video.getTranscript();
    expect(words(text).join(' ')).toContain('young man');

    const watched = await browser.newPage();
    await watched.goto(video.facts.playerUrl ?? '');
    const player = watched.locator('viva-player');
    await player.evaluate((element) => {
      const media = element as HTMLElement & { muted: boolean; play(): Promise<void> };
      media.muted = true;
      return media.play();
    });
    const shown = () =>
      player.evaluate((element) => {
        const media = element.shadowRoot?.querySelector('video');
        return media === undefined || media === null ? [0, 0] : [media.currentTime, media.videoWidth];
      });
    await expect.poll(async () => (await shown())[0], { timeout: 20_000 }).toBeGreaterThan(1);
    expect((await shown())[1]).toBeGreaterThan(0);
    await watched.screenshot({ path: test.info().outputPath('captured.png') });
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
