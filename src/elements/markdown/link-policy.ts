/** Where the links and pictures of somebody else's Markdown may lead. Pure. */

/** `own`: the page's own origin and `data:` pictures; `all`: every https one too; `none`: no picture at all. */
export type ImagePolicy = 'own' | 'all' | 'none';

/** What browsers draw without running anything in it: `data:image/svg+xml` is left out although an `<img>` runs no script. */
const DRAWN = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=\s]*$/i;

/** The address a link may have, else null: `http:`, `https:`, `mailto:`. A mere `#place` is none: the page's address is not the report's. */
export function linkAddress(href: string, base: string): string | null {
  if (href.trim() === '' || href.trim().startsWith('#')) return null;
  const url = URL.parse(href, base);
  if (url === null) return null;
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

/** The address a picture may have, else null. */
export function imageAddress(src: string, base: string, policy: ImagePolicy): string | null {
  if (policy === 'none') return null;
  if (DRAWN.test(src)) return src;
  const url = URL.parse(src, base);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const own = URL.parse(base)?.origin;
  return url.origin === own || (policy === 'all' && url.protocol === 'https:') ? url.href : null;
}

/** Hosts as a page names them, with spaces or commas between: `example.org`, `*.example.org`, `*` = any. */
const hostsIn = (list: string): readonly string[] =>
  list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((host) => host !== '');

const isAmong = (hostname: string, hosts: readonly string[]): boolean =>
  hosts.some((host) => host === '*' || host === hostname || (host.startsWith('*.') && hostname.endsWith(host.slice(1))));

/**
 * The address a link of an answer may have, else null: the page's own origin, and `https:` at one of `hosts`; null = any host, and
 * `mailto:`.
 */
export function answerLink(href: string, base: string, hosts: string | null): string | null {
  const address = linkAddress(href, base);
  if (address === null) return null;
  const url = new URL(address);
  const free = hosts === null ? ['*'] : hostsIn(hosts);
  if (url.origin === URL.parse(base)?.origin) return address;
  if (url.protocol === 'mailto:') return free.includes('*') ? address : null;
  return url.protocol === 'https:' && isAmong(url.hostname, free) ? address : null;
}

/** The address a picture of an answer may have, else null: `https:` or the page's own origin, at one of `hosts`; `data:` where it is one of them. */
export function answerImage(src: string, base: string, hosts: string | null): string | null {
  const named = hostsIn(hosts ?? '');
  if (src.startsWith('data:')) return named.includes('data:') ? imageAddress(src, base, 'own') : null;
  const address = imageAddress(src, base, 'all');
  return address !== null && isAmong(new URL(address).hostname, named) ? address : null;
}
