import { Observable } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';

/** A text file fetched: captions, chapters, lists of pictures. */

/** Longer is no caption file; bytes. */
const MOST_BYTES = 20_000_000;

/** Cold; aborted on unsubscription. `url` is told as it is after redirects: what the text names is relative to it. */
export const textFile = (url: string): Observable<{ readonly url: string; readonly text: string }> =>
  new Observable((subscriber) => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const answer = await fetch(url, { signal: abort.signal });
      if (!answer.ok)
        throw new AssistantError(
          answer.status >= 500 ? 'server-error' : 'bad-option',
          `a caption file answered ${answer.status}`,
        );
      if (Number(answer.headers.get('content-length') ?? 0) > MOST_BYTES)
        throw new AssistantError('bad-message', 'a caption file is too long');
      subscriber.next({ url: answer.url === '' ? url : answer.url, text: (await answer.text()).slice(0, MOST_BYTES) });
      subscriber.complete();
    };
    read().catch((cause: unknown) => {
      if (!subscriber.closed) subscriber.error(AssistantError.from(cause, 'offline'));
    });
    return () => abort.abort();
  });
