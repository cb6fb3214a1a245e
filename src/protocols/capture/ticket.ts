import { map, type Observable } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { request, type HttpRequest } from '../http.ts';
import type { CaptureTicket } from './upload.ts';

/** Leave to upload: one capture session, this origin, minutes. */

export interface TicketOptions extends Pick<HttpRequest, 'credentials' | 'timeoutMs' | 'fetch'> {
  /** `/capture/token` of the gateway, or the page's own that answers like it. */
  readonly url: string;
  /** Null = make a new session. */
  readonly sessionId: string | null;
  /** Client token that the page's own server gave it; null = the page is known by its origin. */
  readonly token: string | null;
  readonly endUserId: string | null;
}

/** Emits the answer `{session_id, url}`. Errors as those of `request`. */
export function captureTicket({ sessionId, token, endUserId, ...rest }: TicketOptions): Observable<CaptureTicket> {
  const body = {
    ...(sessionId === null ? {} : { session_id: sessionId }),
    ...(endUserId === null ? {} : { end_user_id: endUserId }),
  };
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  return request({ ...rest, headers, body }).pipe(
    map((answer) => {
      const { session_id: id, url } = (answer ?? {}) as Readonly<Record<string, unknown>>;
      if (typeof id === 'string' && id !== '' && typeof url === 'string' && URL.canParse(url)) return { sessionId: id, url };
      const field = typeof id === 'string' && id !== '' ? 'url' : 'session_id';
      throw new AssistantError('bad-message', `the token endpoint answered without ${field}`, { field });
    }),
  );
}
