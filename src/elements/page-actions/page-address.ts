import { AssistantError } from '../../shared/errors.ts';

/** The address on this origin that `to` means, seen from `base`. Throws `tool-failed` (field `url`) for any other: an assistant leads nobody away. */
export function pageAddress(to: unknown, base: string): URL {
  const url = typeof to === 'string' ? URL.parse(to, base) : null;
  if (url === null) throw new AssistantError('tool-failed', 'url: is not an address', { field: 'url' });
  const own = new URL(base);
  if (url.origin !== own.origin || !/^https?:$/.test(url.protocol))
    throw new AssistantError('tool-failed', 'url: only pages of this site can be opened', { field: 'url' });
  return url;
}
