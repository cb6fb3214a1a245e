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
