import { defer, map, type Observable, switchMap, take, throwError, timer } from 'rxjs';
import { heardAloud } from './kiosk-sound.ts';
import { adapterOf } from './protocols/realtime/adapters.ts';
import { aside, type Aside } from './protocols/realtime/aside.ts';
import { tokenFromUrl } from './protocols/realtime/token-url.ts';
import type { AssistantOptions, Token } from './session/options.ts';
import { socketUrl } from './session/voice-options.ts';
import { AssistantError } from './shared/errors.ts';
import { newest } from './shared/newest.ts';

/** A kiosk's own sentences in the voice of the conversation that its tag describes, and never in that conversation. */

/** The next sentence of a countdown finds the connection still open, ms. */
const LINGER_MS = 12_000;

export interface Sentence {
  readonly words: string;
  /** BCP 47 */
  readonly language: string;
  /** 0–1 */
  readonly volume: number;
}

/** The one connection, and what it was opened for. */
let open: { readonly described: string; readonly line$: Observable<Aside> } | null = null;

/** Fails with `unsupported` where the tag describes no voice, else as `aside` and the token. */
export function spokenAside(options: AssistantOptions | null, { words, language, volume }: Sentence): Observable<'begun'> {
  if (options === null) return throwError(() => new AssistantError('unsupported', 'no voice of the tag’s own'));
  const described = JSON.stringify([options.endpoint, options.preset, options.model, options.settings?.voice, language]);
  if (open?.described !== described) open = { described, line$: line(options, language).pipe(newest(timer(LINGER_MS))) };
  return open.line$.pipe(
    take(1),
    switchMap(({ say }) => heardAloud(say(words), volume)),
  );
}

const line = (options: AssistantOptions, language: string): Observable<Aside> =>
  defer(() => {
    const adapter = adapterOf(options.preset ?? 'gateway');
    const url = socketUrl(options.endpoint === '' ? (adapter.url ?? '') : options.endpoint);
    const { model = null, settings } = options;
    return secret(options).pipe(
      switchMap(({ token }) => aside({ adapter, url, model, token, voice: settings?.voice ?? null, language })),
    );
  });

/** The page's own provider, else the token URL, else the gateway's: as for the conversation. */
const secret = ({ tokenProvider, tokenUrl, endpoint }: AssistantOptions): Observable<Pick<Token, 'token'>> =>
  tokenProvider === undefined
    ? tokenFromUrl(tokenUrl ?? new URL('/auth/page-token', endpoint.replace(/^ws/, 'http')).href)
    : defer(() => tokenProvider('connect')).pipe(map((token) => token));
