import { Observable, share } from 'rxjs';
import type { Port } from './bridge.ts';

/** The wishes that a page sends to its voice host, in order. */
export const commandsFrom = <T>(port: Port): Observable<T> =>
  new Observable<T>((subscriber) => {
    const listen = ({ data }: MessageEvent<unknown>): void => {
      if (typeof data === 'object' && data !== null && 'command' in data) subscriber.next(data.command as T);
    };
    port.addEventListener('message', listen);
    return () => {
      port.removeEventListener('message', listen);
    };
  }).pipe(share());
