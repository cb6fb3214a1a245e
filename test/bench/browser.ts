import { chromium, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';

/** A Chromium of its own for each measurement, so that none inherits the other's contexts. */

export interface BrowserOptions {
  /** WAV file that the fake microphone plays. */
  readonly microphone?: string;
  /** Sound goes to this PulseAudio server. */
  readonly pulse?: string | null;
  readonly args?: readonly string[];
}

export async function inBrowser<T>(url: string, options: BrowserOptions, work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    ignoreDefaultArgs: ['--mute-audio'],
    env: { ...process.env, ...(options.pulse == null ? {} : { PULSE_SERVER: options.pulse }) },
    args: [
      ...chromiumArgs,
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(options.microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${options.microphone}`]),
      ...(options.args ?? []),
    ],
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => {
      console.log(`  page: ${error.message}`);
    });
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in window);
    return await work(page);
  } finally {
    await browser.close();
  }
}
