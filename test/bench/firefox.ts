import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { firefoxProfile } from '../support/firefox-profile.ts';
import type { Ear } from './ear.ts';
import { notMeasured, round, type Row } from './report.ts';
import { cacheFolder } from './rivals.ts';
import type { Site } from './site.ts';

/** T13: the same code in Firefox, where one is installed. It is told by the page's address what to do and posts what it found. */

function installed(): boolean {
  try {
    execFileSync('firefox-esr', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export async function firefoxRow(site: Site, ear: Ear | null): Promise<Row> {
  const what = 'Firefox, the same code: error of our rate against the context’s clock; frames of its made microphone';
  const promise = '0 ppm (less than 1, which is a phase of 2° in 4.5 s); frames arrive';
  if (!installed()) return notMeasured('T13', what, promise, 'no firefox-esr on this machine');
  if (ear === null) return notMeasured('T13', what, promise, 'Firefox plays nothing without PulseAudio');
  const profile = firefoxProfile(cacheFolder('firefox'), { 'media.navigator.streams.fake': true });
  const browser = spawn('firefox-esr', ['--headless', '--no-remote', '--profile', profile, `${site.url}?report=rate`], {
    env: { ...process.env, PULSE_SERVER: ear.server, HOME: profile },
    stdio: 'ignore',
  });
  try {
    const report = JSON.parse(await site.reported(90_000)) as
      { readonly ppm: number; readonly contextRate: number; readonly frames: number } | { readonly error: string };
    if ('error' in report) return notMeasured('T13', what, promise, report.error);
    return {
      target: 'T13',
      what,
      ours: `${round(report.ppm, 2)} ppm at a context of ${report.contextRate} Hz, ${report.frames} frames`,
      rivals: '',
      kept: Math.abs(report.ppm) < 1 && report.frames >= 90,
      promise,
    };
  } catch (cause) {
    return notMeasured('T13', what, promise, cause instanceof Error ? cause.message : String(cause));
  } finally {
    browser.kill();
    await new Promise((resolve) => browser.once('exit', resolve));
    rmSync(profile, { recursive: true, force: true });
  }
}
