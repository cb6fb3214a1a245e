import { expect, test } from 'vitest';
import { noNetworkPage } from '../../src/kiosk-shell/no-network.ts';
import { serve, type ServiceWorkerWorld } from '../../src/kiosk-shell/serve.ts';

const WORDS = { en: 'No network.', de: 'Kein Netz.', ar: 'لا شبكة.', 'zh-CN': '没有网络。' };

test('the page says it in the languages of the kiosk, the first one large, those it has no words for not at all', () => {
  const page = noNetworkPage(['de-AT', 'en', 'tlh', 'ar', 'de'], WORDS);
  expect(page).toContain('<h1 lang="de" dir="ltr">Kein Netz.</h1>');
  expect(page).toContain('<ul><li lang="en" dir="ltr">No network.</li><li lang="ar" dir="rtl">لا شبكة.</li></ul>');
  expect(page).not.toContain('tlh');
  expect(page).not.toMatch(/<script>|style=|onload/);
});

test('of many languages a screenful is shown', () => {
  const many = Object.fromEntries(['en', ...'a b c d e f g h i j k l m n o p q r s t'.split(' ')].map((tag) => [tag, tag]));
  expect(noNetworkPage(Object.keys(many), many).match(/<li /g)).toHaveLength(12);
});

test('without a language that it knows it says it in English', () => {
  expect(noNetworkPage([], WORDS)).toContain('<h1 lang="en" dir="ltr">No network.</h1>');
});

/** A service worker that nobody serves but this test. */
function world(fetch: () => Promise<Response>) {
  const listeners = new Map<string, (event: never) => void>();
  const navigated: string[] = [];
  const cache = new Map<string, string>();
  const waited: Promise<unknown>[] = [];
  const fake = {
    registration: { scope: 'https://kiosk.test/hall/' },
    clients: {
      claim: () => Promise.resolve(),
      get: (id: string) =>
        Promise.resolve({
          url: `https://kiosk.test/hall/${id}`,
          navigate: (url: string) => Promise.resolve(navigated.push(url)),
        }),
    },
    caches: {
      match: (url: string) => Promise.resolve(cache.has(url) ? new Response(cache.get(url)) : undefined),
      open: () => Promise.resolve({ put: async (url: string, body: Response) => void cache.set(url, await body.text()) }),
    },
    fetch,
    skipWaiting: () => Promise.resolve(),
    addEventListener: (type: string, listener: (event: never) => void) => listeners.set(type, listener),
  };
  serve(fake as unknown as ServiceWorkerWorld, WORDS);
  const ask = (request: {
    readonly mode?: string;
    readonly url?: string;
    readonly destination?: string;
  }): Promise<Response> | null => {
    let answer: Promise<Response> | null = null;
    const asked = {
      request: { mode: 'cors', url: 'https://kiosk.test/hall/', destination: '', ...request },
      clientId: 'page',
      resultingClientId: 'page',
      respondWith: (given: Promise<Response>) => (answer = given),
    };
    listeners.get('fetch')?.(asked as never);
    return answer;
  };
  const tell = async (data: unknown): Promise<void> => {
    listeners.get('message')?.({ data, waitUntil: (work: Promise<unknown>) => waited.push(work) } as never);
    await Promise.all(waited);
  };
  return { ask, tell, navigated };
}

const page = { mode: 'navigate', destination: 'document' };

test.each([
  ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['is only just starting', () => Promise.resolve(new Response('', { status: 502 }))],
])('a server that %s: our page, in the languages that were told', async (_why, fetch) => {
  const { ask, tell } = world(fetch);
  await tell({ vivaLanguages: ['ar', 'de'] });
  const answer = await ask(page);
  expect(answer?.status).toBe(503);
  expect(answer?.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await answer?.text()).toContain('<html lang="ar" dir="rtl">');
});

test('what the server answers is what is seen, refusals too; nothing but pages and scripts is touched', async () => {
  const { ask } = world(() => Promise.resolve(new Response('not here', { status: 404 })));
  expect((await ask(page))?.status).toBe(404);
  expect(ask({ destination: 'image', url: 'https://kiosk.test/hall/a.png' })).toBeNull();
  expect(ask({ url: 'https://kiosk.test/auth/page-token' })).toBeNull();
});

test('a page whose script does not come is given up for ours, and once only; one that is there already stays', async () => {
  let reached = true;
  const { ask, navigated } = world(() =>
    reached ? Promise.resolve(new Response('a page')) : Promise.reject(new TypeError('away')),
  );
  const script = { destination: 'script', url: 'https://kiosk.test/embed/viva-voce.js' };
  reached = false;
  await expect(ask(script)).rejects.toThrow('away');
  expect(navigated).toEqual([]);
  reached = true;
  expect((await ask(page))?.status).toBe(200);
  reached = false;
  await expect(ask(script)).rejects.toThrow('away');
  expect(navigated).toEqual(['https://kiosk.test/hall/page']);
  reached = true;
  expect((await ask(page))?.status).toBe(503);
  expect((await ask(page))?.status).toBe(200);
});
