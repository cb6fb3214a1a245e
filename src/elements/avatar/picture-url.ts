/** Where a picture may come from: a page's own words for it, never a script or a file. */
const schemes: ReadonlySet<string> = new Set(['https:', 'http:', 'blob:', 'data:']);

/** The whole address of a picture, or null when it is none. */
export function pictureUrl(source: string, base: string): string | null {
  if (source.trim() === '' || !URL.canParse(source, base)) return null;
  const url = new URL(source, base);
  const inText = url.protocol === 'data:' && !/^data:image\//i.test(url.href);
  return schemes.has(url.protocol) && !inText ? url.href : null;
}
