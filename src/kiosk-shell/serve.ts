import { noNetworkPage, policy, script, SCRIPT, style, STYLE } from './no-network.ts';
import type { ShownLanguages } from './register.ts';

/** In the service worker: pages come from the network, and where none comes, from here. Nothing else is kept, so nothing grows old. */

interface Waitable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Waitable {
  readonly request: Request;
  readonly clientId: string;
  readonly resultingClientId: string;
  readonly preloadResponse?: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

interface Page {
  readonly url: string;
  navigate(url: string): Promise<unknown>;
}

/** As much of a service worker's world as is used; TypeScript's DOM has none of it. */
export interface ServiceWorkerWorld {
  readonly registration: {
    readonly scope: string;
    readonly navigationPreload?: { enable(): Promise<void> };
  };
  readonly clients: { claim(): Promise<void>; get(id: string): Promise<Page | undefined> };
  readonly caches: CacheStorage;
  fetch(request: Request): Promise<Response>;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Waitable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
  addEventListener(type: 'message', listener: (event: Waitable & { readonly data: unknown }) => void): void;
}

export const isServiceWorker = (world: object): world is ServiceWorkerWorld => 'ServiceWorkerGlobalScope' in world;

/** The one cache, and what is in it. */
const CACHE = 'viva-kiosk-shell';
const LANGUAGES = 'viva-languages.json';
const MOST_LANGUAGES = 100;

/** A server that has not answered by then is taken to be away, ms. */
const AWAY_MS = 15_000;
/** A page whose scripts do not come within so long is a page without its kiosk, ms. */
const LOADING_MS = 30_000;
const MOST_PAGES = 20;

/** `words`: the sentence that is shown without a network, by language. */
export function serve(world: ServiceWorkerWorld, words: Readonly<Record<string, string>>): void {
  /** Pages that are being loaded, by id, and since when (ms since the epoch). */
  const loading = new Map<string, number>();
  /** A page came without its scripts: the next one is shown only when the server answers again. */
  let incomplete = false;
  const kept = new URL(LANGUAGES, world.registration.scope).href;

  const noNetwork = async (): Promise<Response> => {
    const answer = await world.caches.match(kept);
    const languages: unknown = await answer?.json();
    const known = Array.isArray(languages) ? languages.filter((tag) => typeof tag === 'string') : [];
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
    };
    return new Response(noNetworkPage(known, words), { status: 503, headers });
  };

  const page = async ({ request, preloadResponse, resultingClientId }: Asked): Promise<Response> => {
    if (incomplete) {
      incomplete = false;
      return noNetwork();
    }
    const late = new Promise<null>((resolve) => setTimeout(resolve, AWAY_MS, null));
    const fetched = (async () => (await preloadResponse) ?? (await world.fetch(request)))();
    const answer = await Promise.race([fetched, late]).catch(() => null);
    // 5xx is a server, or what stands before it, that is only just starting.
    if (answer === null || answer.status >= 500) return noNetwork();
    loading.set(resultingClientId, Date.now());
    for (const id of loading.keys()) if (loading.size > MOST_PAGES) loading.delete(id);
    return answer;
  };

  /** The network went away between the page and its scripts: a page that stays empty would stay so for ever. */
  const scriptOf = async ({ request, clientId }: Asked): Promise<Response> => {
    try {
      return await world.fetch(request);
    } catch (cause) {
      if (Date.now() - (loading.get(clientId) ?? 0) < LOADING_MS) {
        incomplete = true;
        const client = await world.clients.get(clientId);
        await client?.navigate(client.url);
      }
      throw cause;
    }
  };

  world.addEventListener('install', (event) => {
    event.waitUntil(world.skipWaiting());
  });
  world.addEventListener('activate', (event) => {
    event.waitUntil(Promise.all([world.clients.claim(), world.registration.navigationPreload?.enable()]));
  });
  world.addEventListener('message', (event) => {
    const { vivaLanguages } = (event.data ?? {}) as Partial<ShownLanguages>;
    if (!Array.isArray(vivaLanguages)) return;
    const body = JSON.stringify(vivaLanguages.slice(0, MOST_LANGUAGES));
    event.waitUntil(world.caches.open(CACHE).then((cache) => cache.put(kept, new Response(body))));
  });
  world.addEventListener('fetch', (event) => {
    const { mode, url, destination } = event.request;
    const name = new URL(url).pathname.split('/').at(-1);
    if (mode === 'navigate') event.respondWith(page(event));
    else if (name === SCRIPT) event.respondWith(Promise.resolve(own(script, 'text/javascript')));
    else if (name === STYLE) event.respondWith(Promise.resolve(own(style, 'text/css')));
    else if (destination === 'script' && event.clientId !== '') event.respondWith(scriptOf(event));
  });
}

const own = (body: string, type: string): Response =>
  new Response(body, { headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' } });
