import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A new profile for the installed Firefox: a microphone without questions, sound without a press, and no word to anybody but this machine. */

export type Preferences = Readonly<Record<string, string | number | boolean>>;

const PREFERENCES: Preferences = {
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1',
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
};

/** The folder, made below `parent` and removed by whoever asked for it. `more`: preferences besides. */
export function firefoxProfile(parent: string, more: Preferences = {}): string {
  const profile = mkdtempSync(join(parent, 'firefox-'));
  const lines = Object.entries({ ...PREFERENCES, ...more }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  return profile;
}
