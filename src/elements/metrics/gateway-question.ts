import { Observable } from 'rxjs';
import type { Launcher } from '../viva-voce/launcher.ts';

/** How long the way to a gateway is, by the smallest question it answers to anybody. */

/** Where the gateway of a tag says how it is; null = its server is none of ours, or is not known. */
export function questionUrl({ endpoint, preset, given, interprets }: Launcher): string | null {
  if ((preset !== null && preset !== 'gateway') || interprets || (given && endpoint === null)) return null;
  const base = URL.parse(endpoint ?? new URL(import.meta.url).origin, document.baseURI);
  if (base === null) return null;
  base.protocol = base.protocol.replace('ws', 'http');
  return new URL('/health', base).href;
}

/**
 * Asks once; emits when the answer begins, completes when it is read (a connection that was not read to its end is not used again), fails
 * without one. No cookies go along, and no credentials.
 */
export const question = (url: string): Observable<null> =>
  new Observable<null>((subscriber) => {
    const given = new AbortController();
    fetch(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', signal: given.signal })
      .then((answer) => {
        subscriber.next(null);
        return answer.arrayBuffer();
      })
      .then(
        () => {
          subscriber.complete();
        },
        (cause: unknown) => {
          subscriber.error(cause);
        },
      );
    return () => {
      given.abort();
    };
  });
