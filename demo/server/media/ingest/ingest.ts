import { Observable, Subscription } from 'rxjs';
import type { Fragment } from '../fmp4/fragment.ts';
import type { InitSegment } from '../fmp4/init-segment.ts';
import type { Track } from '../media-stream.ts';
import { attempt } from './attempt.ts';
import { backoffMs } from './backoff.ts';
import { SourceRefusedError } from './source.ts';
import type { OpenedSource } from './source.ts';
import type { TranscodeSlots } from './transcode-slots.ts';

/** A source, connected to again and again until it ends or nobody wants it any more. */

export type IngestEvent =
  | { readonly type: 'connecting' }
  /** Nobody publishes yet. */
  | { readonly type: 'waiting' }
  /** `continues`: the picture has changed its size in the middle of a connection. */
  | { readonly type: 'init'; readonly init: InitSegment; readonly continues: boolean; readonly transcoded: boolean }
  | { readonly type: 'fragment'; readonly fragment: Fragment }
  /** The connection is over. */
  | { readonly type: 'lost'; readonly why: string; readonly retryInMs: number }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly why: string };

export interface IngestOptions {
  readonly program: string;
  readonly wanted: readonly Track[];
  readonly slots: TranscodeSlots;
  /** Somebody must come first: then `open` may take for ever, and it is asked for again at once. */
  readonly waits: boolean;
  /** `patient`: the try before brought nothing. Aborted: the source is not wanted any more. */
  open(patient: boolean, signal: AbortSignal): Promise<OpenedSource>;
  /** When aborted, what is still on its way is taken in, and it completes. */
  readonly finish: AbortSignal;
  readonly random?: () => number;
}

/** A connection that brought something for so long was a good one: the next failure is a first one. ms */
const GOOD_MS = 2000;
/** Somebody came and brought nothing, ms. */
const EMPTY_MS = 500;
const PICTURE: readonly Track[] = ['video'];

/** Cold; never errors. Completes after `ended`, `failed`, or when `finish` is aborted. */
export function ingest(options: IngestOptions): Observable<IngestEvent> {
  const { program, wanted, slots, finish, waits, random = Math.random } = options;
  return new Observable((subscriber) => {
    const gone = new AbortController();
    let run = new Subscription();
    let timer: NodeJS.Timeout | null = null;
    let failures = 0;
    let connected = false;
    let delivered = false;
    /** Without sound: the last try had both tracks announced and got nothing. */
    let pictureOnly = false;

    const complete = (): void => subscriber.complete();
    const isClosed = (): boolean => subscriber.closed;
    const again = (why: string): void => {
      if (isClosed()) return;
      if (finish.aborted) {
        complete();
        return;
      }
      const retryInMs = waits ? (delivered ? 0 : EMPTY_MS) : backoffMs(failures, random());
      failures++;
      subscriber.next({ type: 'lost', why, retryInMs });
      timer = setTimeout(() => void connect(), retryInMs);
    };

    const connect = async (): Promise<void> => {
      if (isClosed()) return;
      if (finish.aborted) {
        complete();
        return;
      }
      subscriber.next({ type: waits ? 'waiting' : 'connecting' });
      connected = true;
      let source: OpenedSource;
      try {
        source = await options.open(failures > 0, gone.signal);
      } catch (error) {
        connected = false;
        const why = error instanceof Error ? error.message : String(error);
        if (error instanceof SourceRefusedError) {
          subscriber.next({ type: 'failed', why });
          complete();
        } else {
          again(why);
        }
        return;
      }
      if (isClosed()) {
        source.bytes?.destroy();
        return;
      }
      if (waits) subscriber.next({ type: 'connecting' });
      delivered = false;
      let sinceMs = Infinity;
      run = attempt({ program, source, wanted: pictureOnly ? PICTURE : wanted, slots, finish }).subscribe((event) => {
        if (event.type !== 'ended') {
          if (!delivered) sinceMs = performance.now();
          delivered = true;
          subscriber.next(event);
          return;
        }
        connected = false;
        if (performance.now() - sinceMs > GOOD_MS) failures = 0;
        // By turns, because it may begin to be sent.
        pictureOnly = !pictureOnly && event.silent && wanted.includes('video');
        if (event.finished && !finish.aborted) {
          subscriber.next({ type: 'ended' });
          complete();
        } else {
          again(event.why);
        }
      });
    };

    const stop = (): void => {
      // A connection finishes by itself; waiting for one, or for its turn, ends here.
      if (connected) gone.abort();
      else complete();
    };
    finish.addEventListener('abort', stop, { once: true });
    void connect();
    return () => {
      finish.removeEventListener('abort', stop);
      if (timer !== null) clearTimeout(timer);
      gone.abort();
      run.unsubscribe();
    };
  });
}
