import { join } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import type { TestProjectConfiguration } from 'vitest/config';
import { chromiumArgs, chromiumPath } from './chromium.ts';

/**
 * The Vitest projects: `unit` in Node, `gateway` in Node with real sockets, databases and ffmpeg, `attacks` beside it, `engines` with the real weights, `browser`
 * in Chromium.
 */

/** The same patience for every way to wait. */
const patient = { setupFiles: ['test/support/patience.ts'], expect: { poll: { timeout: 15_000 } } };

const node = (
  name: string,
  timeoutMs: number,
  include: string[],
  more: { readonly isolate?: boolean; readonly globalSetup?: string[] } = {},
): TestProjectConfiguration => ({
  extends: true,
  test: { name, environment: 'node', include, testTimeout: timeoutMs, hookTimeout: timeoutMs, ...patient, ...more },
});

const args = [
  ...chromiumArgs,
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

export const projects: readonly TestProjectConfiguration[] = [
  // Nothing that they leave behind matters to another: a process for each file would take as long as the tests.
  node('unit', 30_000, ['test/unit/**/*.test.ts'], { isolate: false }),
  // One after the other in one process: each would otherwise load the whole gateway again.
  node('gateway', 120_000, ['test/gateway/**/*.test.ts'], { isolate: false, globalSetup: ['test/support/database-template.ts'] }),
  // What is outside is played by other modules in place of the gateway's own, which must not get into other tests.
  node('attacks', 120_000, ['test/attacks/**/*.test.ts']),
  node('engines', 120_000, ['test/{engines,answer}/**/*.test.ts']),
  {
    extends: true,
    test: {
      name: 'browser',
      ...patient,
      include: ['test/browser/**/*.test.ts'],
      // A condition that does not come in time says what it waited for.
      testTimeout: 30_000,
      browser: {
        enabled: true,
        // Another run on this machine may have the usual port.
        api: { port: 0, strictPort: false },
        headless: true,
        screenshotFailures: false,
        expect: {
          toMatchScreenshot: {
            // Letters are blocks in them, so the pictures of one machine hold for all.
            resolveScreenshotPath: ({ root, arg, ext }) => join(root, 'test/visual', `${arg}${ext}`),
            resolveDiffPath: ({ root, arg, ext }) => join(root, 'node_modules/.vite/visual', `${arg}${ext}`),
          },
        },
        provider: playwright({ launchOptions: { executablePath: chromiumPath(), args } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  },
];
