import { startSite } from './site.ts';

/** Once a Playwright run: the site, whose origin the specs find in `SITE_URL` (which, when already set, is used as it is). */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env['SITE_URL'] !== undefined) return () => Promise.resolve();
  const site = await startSite();
  process.env['SITE_URL'] = site.url;
  console.log(`The site is at ${site.url}`);
  return () => site.stop();
}
