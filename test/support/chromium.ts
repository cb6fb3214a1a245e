import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where Chromium is, and how tests start it. */

const DEBIAN = '/usr/bin/chromium';

/** The first Chromium found: `CHROMIUM_PATH`, Debian's, then Playwright's own download; null = none on this machine. */
export function findChromium(): string | null {
  const candidates = [process.env['CHROMIUM_PATH'], DEBIAN, chromium.executablePath()];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}

/** As `findChromium`; where there is none, the place it would be installed to, so that launching it says what is missing. */
export function chromiumPath(): string {
  return findChromium() ?? DEBIAN;
}

/** Switches every test browser gets: no sandbox (tests may run as root), nothing that talks to the world of its own accord. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
