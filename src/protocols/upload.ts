import { Observable, timer } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { readAnswer, request, type Refusal } from './http.ts';
import { offline } from './socket.ts';

/** A form sent with word of how much of it is gone, which `fetch` does not tell: by `XMLHttpRequest` where there is one. */

export interface UploadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: FormData;
  readonly timeoutMs: number;
  /** 0–100 of what is sent; null = not told. */
  readonly progress?: ((percentage: number | null) => void) | undefined;
  /** As of `request`. */
  readonly refusal?: Refusal | undefined;
  /** Instead of `XMLHttpRequest`; tells no progress. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** Emits as `request` does, and fails as it does; `timeoutMs` counts from when all is sent. */
export function upload({ url, headers, form, timeoutMs, progress, refusal, fetch }: UploadRequest): Observable<unknown> {
  if (progress === undefined || fetch !== undefined || typeof XMLHttpRequest === 'undefined') {
    progress?.(null);
    return request({
      url,
      method: 'POST',
      headers,
      form,
      credentials: 'omit',
      timeoutMs,
      refusal,
      ...(fetch === undefined ? {} : { fetch }),
    });
  }
  return new Observable((subscriber) => {
    const call = new XMLHttpRequest();
    call.open('POST', url);
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    call.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      progress(lengthComputable && total > 0 ? Math.round((100 * loaded) / total) : null);
    };
    call.upload.onload = () => {
      progress(100);
      const late = timer(timeoutMs).subscribe(() => {
        subscriber.error(new AssistantError('timed-out', `no answer within ${timeoutMs} ms`));
      });
      subscriber.add(late);
    };
    call.onerror = () => {
      subscriber.error(new AssistantError(offline() ? 'offline' : 'socket-refused', 'the server could not be reached'));
    };
    call.onload = () => {
      try {
        subscriber.next(
          readAnswer({ ok: call.status >= 200 && call.status < 300, status: call.status }, call.responseText, refusal),
        );
        subscriber.complete();
      } catch (cause) {
        subscriber.error(cause);
      }
    };
    call.send(form);
    return () => {
      call.abort();
    };
  });
}
