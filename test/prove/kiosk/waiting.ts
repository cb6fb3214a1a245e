import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { fakeMicrophone } from '../../support/fake-microphone.ts';
import { kioskServer } from '../../support/kiosk-server.ts';
import { page, pause } from './watched.ts';

/** The screen that waits: what it costs beside silence and beside noise, and what wakes it. */

const DEVICE = '--use-fake-device-for-media-stream';

/** Chromium ends itself when told both to accept by itself and to pretend that somebody did. */
const accepting = (args: readonly string[]): readonly string[] => args.filter((each) => !each.startsWith('--use-fake-ui'));

const WATCHED_MS = 30_000;

/** What the screen that waits costs, with its ear open and nothing else on the page: time of the main thread, and frames that it asked for. */
export async function waiting(room: 'quiet' | 'beeping'): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'viva-kiosk-'));
  const silence = fakeMicrophone({ path: join(folder, 'silence.wav'), parts: [{ silenceMs: 60_000 }], loop: true });
  const server = await kioskServer(`<!doctype html><html lang="en"><head><title>Kiosk</title></head><body>
    <viva-voce variant="kiosk"></viva-voce><script type="module" src="/embed/viva-voce.js"></script></body></html>`);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...chromiumArgs,
      '--auto-accept-camera-and-microphone-capture',
      ...(room === 'quiet' ? accepting(silence.args) : [DEVICE]),
    ],
  });
  try {
    const tab = await browser.newPage();
    await tab.addInitScript(() => {
      const counted = globalThis as unknown as { frames: number };
      counted.frames = 0;
      const ask = requestAnimationFrame;
      globalThis.requestAnimationFrame = (callback) => {
        counted.frames += 1;
        return ask(callback);
      };
    });
    await tab.goto(`http://127.0.0.1:${server.port}/`);
    await pause(6_000);
    const session = await tab.context().newCDPSession(tab);
    // The thread's own time: another process on this machine is not counted.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async (): Promise<{ readonly task: number; readonly script: number; readonly frames: number }> => {
      const frames = await tab.evaluate(() => (globalThis as unknown as { frames: number }).frames);
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
      return { task: of('TaskDuration'), script: of('ScriptDuration'), frames };
    };
    const before = await spent();
    await pause(WATCHED_MS);
    const after = await spent();
    const perSecond = (name: 'task' | 'script'): number => ((after[name] - before[name]) * 1000) / WATCHED_MS;
    const frames = after.frames - before.frames;
    console.log(
      `the screen that waits in a ${room} room, ear open: ${perSecond('script').toFixed(2)} ms/s of script, ${perSecond('task').toFixed(2)} ms/s of all tasks, ${frames} frames asked for in ${WATCHED_MS / 1000} s`,
    );
    return (perSecond('script') <= 1 ? 0 : 1) + (frames === 0 ? 0 : 1);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** Nobody touches the screen: a voice after a silence, and somebody before the camera, each begin a visit. */
export async function wakes(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'viva-kiosk-'));
  const parts = [{ silenceMs: 4_000 }, { wav: 'test/fixtures/speech/austen-0880.wav' }];
  const voice = fakeMicrophone({ path: join(folder, 'microphone.wav'), parts, loop: true });
  let failed = 0;
  for (const presence of ['voice', 'camera'] as const) {
    const server = await kioskServer(page(`presence="${presence}"`));
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [
        ...chromiumArgs,
        '--auto-accept-camera-and-microphone-capture',
        ...(presence === 'voice' ? accepting(voice.args) : [DEVICE]),
      ],
    });
    try {
      const tab = await browser.newPage();
      const visit = tab.waitForEvent('console', { predicate: (message) => message.text().startsWith('visit '), timeout: 30_000 });
      const begun = Date.now();
      await tab.goto(`http://127.0.0.1:${server.port}/`);
      const cause = await visit.then(
        (message) => message.text(),
        () => 'none',
      );
      if (cause !== `visit ${presence}`) failed += 1;
      console.log(
        `woken by ${presence.padEnd(8)} ${cause === 'none' ? 'NO' : `yes, ${((Date.now() - begun) / 1000).toFixed(1)} s after the page was asked for`}`,
      );
    } finally {
      await browser.close();
      await server.close();
    }
  }
  rmSync(folder, { recursive: true });
  return failed;
}
