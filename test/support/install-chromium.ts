import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { findChromium } from './chromium.ts';

/** Makes sure there is a Chromium before the browser tests start, and says aloud what it installs. */

const run = (command: string, args: readonly string[]): boolean => {
  console.log(`  $ ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
};

/** The path of a Chromium; installs one when there is none: Playwright's own first, then Debian's package when root. Throws when neither can be had. */
export function installChromium(): string {
  const present = findChromium();
  if (present !== null) return present;
  console.log(
    'No Chromium found (CHROMIUM_PATH, /usr/bin/chromium, Playwright’s own). Installing Playwright’s into its cache folder:',
  );
  const playwright = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
  run(process.execPath, [playwright, 'install', 'chromium', '--no-shell']);
  const downloaded = findChromium();
  if (downloaded !== null) return downloaded;
  if (process.getuid?.() === 0) {
    console.log('It could not be downloaded. Installing the system’s package, since this runs as root:');
    if (run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])) {
      const installed = findChromium();
      if (installed !== null) return installed;
    }
  }
  throw new Error('There is no Chromium and none could be installed. Install one and set CHROMIUM_PATH to its executable.');
}
