import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** The first Chromium found: `CHROMIUM_PATH`, Debian's, then Playwright's own download. */
export function chromiumPath(): string {
  const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', chromium.executablePath()];
  const found = candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
  return found ?? '/usr/bin/chromium';
}
