import type { Context } from './context.ts';

/** Addresses of the pages around one (`next`, `previous` of lists). */

export interface Window {
  readonly limit: number;
  readonly offset: number;
  readonly count: number;
}

/** `asked`: path and query as asked, without the mount; null = there is no such page. */
export function neighbours(
  { mount }: Pick<Context, 'mount'>,
  base: string,
  asked: { readonly path: string; readonly query: Readonly<Record<string, unknown>> },
  { limit, offset, count }: Window,
): { next: string | null; previous: string | null } {
  const at = (from: number): string => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(asked.query)) if (typeof value === 'string') query.set(key, value);
    query.set('limit', String(limit));
    query.set('offset', String(from));
    return `${base}${mount}${asked.path}?${query}`;
  };
  return {
    next: offset + limit < count ? at(offset + limit) : null,
    previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
  };
}

/** One row more than a page is asked for: it tells whether there is a next page. */
export const page = <T>(rows: readonly T[], size: number): { rows: readonly T[]; next: boolean } => ({
  rows: rows.slice(0, size),
  next: rows.length > size,
});

/** For `like`: what people type is not a pattern. */
export const containing = (part: string): string => `%${part.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
