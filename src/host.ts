import { catchError, Observable, timer } from 'rxjs';
import workerUrl from './voice.worker.ts?worker&url';
import type { Port } from './session/bridge.ts';
import type { Host } from './session/stage.ts';
import { AssistantError } from './shared/errors.ts';
import { newest } from './shared/newest.ts';

/** Where the voice path runs: a Worker where its script is on the page's own origin, else the page, by the same code. */

export interface HostOptions {
  readonly host?: 'auto' | 'worker' | 'page' | undefined;
  readonly workerUrl?: string | undefined;
  readonly assetBase?: string | undefined;
}

/** A stopped conversation keeps its Worker this long, so that the next one begins at once and the last words get out. */
const LINGER_MS = 2_000;

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | null = null;

/** `new Worker(string)` throws under Trusted Types; the URL is ours or the page's own option, so it is vouched for. */
function trusted(url: string): string {
  const types = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes;
  policy ??= types?.createPolicy('viva-voce', { createScriptURL: (given) => given }) ?? { createScriptURL: (given) => given };
  return policy.createScriptURL(url);
}

/** The Worker script's absolute URL; null where a Worker cannot be had. */
function workerScript(options: HostOptions): string | null {
  if (options.host === 'page' || typeof Worker === 'undefined') return null;
  const { assetBase } = options;
  const beside = assetBase === undefined || assetBase === '' ? null : `${assetBase.replace(/\/*$/, '/')}voice.worker.js`;
  const url = new URL(options.workerUrl ?? beside ?? new URL(workerUrl, import.meta.url).href, document.baseURI);
  return url.origin === location.origin ? url.href : null;
}

const inWorker = (url: string): Observable<Host> =>
  new Observable<Host>((subscriber) => {
    const worker = new Worker(trusted(url), { type: 'module' });
    worker.onerror = (event) => {
      event.preventDefault();
      subscriber.error(
        new AssistantError('worker-failed', `the voice worker cannot run: ${event.message}`, { retryable: false }),
      );
    };
    subscriber.next({ port: worker, kind: 'worker' });
    return () => {
      worker.onerror = null;
      worker.terminate();
    };
  });

const inPage = new Observable<Host>((subscriber) => {
  const { port1, port2 } = new MessageChannel();
  port1.start();
  port2.start();
  let close = (): void => {
    port1.close();
    port2.close();
  };
  import('./voice.worker.ts').then(
    ({ serveVoice }) => {
      if (subscriber.closed) return;
      const serving = serveVoice(port2 satisfies Port).subscribe();
      const before = close;
      close = () => {
        serving.unsubscribe();
        before();
      };
      subscriber.next({ port: port1, kind: 'page' });
    },
    (cause: unknown) => {
      subscriber.error(new AssistantError('worker-failed', 'the voice code was not loaded', { cause }));
    },
  );
  return () => {
    close();
  };
});

/** One host for one assistant, made on first use. A Worker that fails (a policy, a missing file) is replaced by the page. */
export function voiceHost(options: HostOptions): Observable<Host> {
  const url = workerScript(options);
  const wanted$ = url === null ? inPage : inWorker(url).pipe(catchError(() => inPage));
  return wanted$.pipe(newest(timer(LINGER_MS)));
}
