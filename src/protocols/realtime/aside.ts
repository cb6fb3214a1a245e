import { defer, EMPTY, ignoreElements, map, merge, mergeMap, Observable, of, share, take, tap, timer } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { socket, type SocketConstructor, type SocketEvent, type Wire } from '../socket.ts';
import type { Adapter } from './adapters.ts';
import { askedBy, asideResponse, asideSession, type AsideWishes } from './aside-request.ts';
import type { ClientEvent } from './client-events.ts';
import { readEvent, text, type ServerEvent } from './events.ts';

/**
 * Single sentences in the assistant's voice, beside any conversation: over a connection of their own, by responses that belong to none
 * (`conversation: 'none'`), so that neither the server's history nor the page's has them.
 */

export interface AsideOptions extends AsideWishes {
  readonly adapter: Adapter;
  /** `wss:` URL */
  readonly url: string;
  readonly model: string | null;
  /** A short-lived secret. */
  readonly token: string;
  /** For platforms without one. */
  readonly WebSocket?: SocketConstructor | undefined;
}

export interface AsideSound {
  readonly pcm: Int16Array;
  /** Hz */
  readonly rate: number;
}

/** An open connection. */
export interface Aside {
  /** The sound of `words` while it is made. Unsubscribing stops the server. Fails with `server-error` or what ended the connection. */
  say(this: void, words: string): Observable<AsideSound>;
}

const SETTINGS = 'aside_settings';
/** A server that does not confirm is taken at its greeting after so long, ms. */
const UNCONFIRMED_MS = 2_000;
/** Characters of the largest event that is read: half a minute of sound. */
const LONGEST = 4_000_000;

/**
 * Connects on subscription and emits once sentences are taken; unsubscribing hangs up. Fails with `unsupported` for a preset that a page
 * cannot speak so with (another dialect, telephone sound, a secret in a header), else as `socket`.
 */
export function aside(options: AsideOptions): Observable<Aside> {
  return new Observable<Aside>((subscriber) => {
    const { adapter, model, token, WebSocket } = options;
    if (adapter.auth.by !== 'subprotocol' || adapter.dialect !== 'ga' || adapter.outputFormat !== 'pcm') {
      subscriber.error(
        new AssistantError('unsupported', 'sentences beside a conversation are not for this server', { field: 'preset' }),
      );
      return undefined;
    }
    const url = new URL(options.url);
    const asked = model ?? adapter.model;
    if (asked !== null && !url.searchParams.has('model')) url.searchParams.set('model', asked);
    let wire: Wire | null = null;
    let serial = 0;
    const send = (event: ClientEvent): void => {
      wire?.send(JSON.stringify(event));
    };
    const event$ = socket({ url: url.href, protocols: ['realtime', adapter.auth.prefix + token], WebSocket }).pipe(
      tap((event) => {
        if (event.type !== 'open') return;
        wire = event.wire;
        send(asideSession(adapter, options, SETTINGS));
      }),
      mergeMap(read),
      share(),
    );
    const say = (words: string): Observable<AsideSound> =>
      defer(() => {
        serial += 1;
        return sentence(words, `aside_${serial}`, { event$, send, rate: adapter.outputRate });
      });
    const ready$ = event$.pipe(
      mergeMap((event) => {
        if (event.type === 'session.updated' || refuses(event, SETTINGS)) return of(null);
        return event.type === 'session.created' ? timer(UNCONFIRMED_MS) : EMPTY;
      }),
      take(1),
      map((): Aside => ({ say })),
    );
    return merge(ready$, event$.pipe(ignoreElements())).subscribe(subscriber);
  });
}

interface Line {
  readonly event$: Observable<ServerEvent>;
  readonly send: (event: ClientEvent) => void;
  /** Hz */
  readonly rate: number;
}

const sentence = (words: string, eventId: string, { event$, send, rate }: Line): Observable<AsideSound> =>
  new Observable((subscriber) => {
    let response: string | null = null;
    let over = false;
    const tell = (delta: string): void => {
      try {
        subscriber.next({ pcm: samplesOf(delta), rate });
      } catch (cause) {
        subscriber.error(new AssistantError('bad-message', 'no base64', { cause, field: 'delta' }));
      }
    };
    const hear = (event: ServerEvent): void => {
      if (refuses(event, eventId)) subscriber.error(new AssistantError('server-error', 'the sentence was refused'));
      else if (event.type === 'response.created' && askedBy(event.response) === eventId) response = event.response.id;
      else if (event.type === 'response.output_audio.delta' && event.response_id === response) {
        tell(event.delta);
      } else if (event.type === 'response.done' && event.response.id === response) {
        over = true;
        if (event.response['status'] === 'completed') subscriber.complete();
        else subscriber.error(new AssistantError('server-error', `the sentence was ${text(event.response['status']) ?? 'lost'}`));
      }
    };
    const hearing = event$.subscribe({
      next: hear,
      error: (cause: unknown) => {
        subscriber.error(cause);
      },
      complete: () => {
        subscriber.error(new AssistantError('socket-closed', 'the server hung up'));
      },
    });
    hearing.add(() => {
      if (response !== null && !over) send({ type: 'response.cancel', event_id: 'aside_cancel', response_id: response });
    });
    send(asideResponse(words, eventId));
    return hearing;
  });

/** An error that is about the event of this id. */
const refuses = (event: ServerEvent, eventId: string): boolean => event.type === 'error' && event.error['event_id'] === eventId;

function read(event: SocketEvent): readonly ServerEvent[] {
  if (event.type === 'open') return [];
  const { data } = event;
  if (typeof data !== 'string' || data.length > LONGEST) throw new AssistantError('bad-message', 'no event of this protocol');
  const reading = readEvent(parsed(data));
  return reading.kind === 'event' ? [reading.event] : [];
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new AssistantError('bad-message', 'not JSON', { cause });
  }
}

/** 16-bit little-endian, as every machine with a browser counts; a delta is whole samples, or its odd byte is noise. */
function samplesOf(base64: string): Int16Array {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  return new Int16Array(bytes.buffer, 0, bytes.length >> 1);
}
