import { fromEvent, map, type Observable } from 'rxjs';

/** What arrives at a port, started by the subscription. */
export function messages<T>(port: MessagePort): Observable<T> {
  port.start();
  return fromEvent<MessageEvent<T>>(port, 'message').pipe(map(({ data }) => data));
}
