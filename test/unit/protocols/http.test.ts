import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { request, type HttpRequest } from '../../../src/protocols/http.ts';
import { tokenFromUrl } from '../../../src/protocols/realtime/token-url.ts';
import { marbles } from '../../support/marbles.ts';

type Fetch = NonNullable<HttpRequest['fetch']>;

const answering =
  (status: number, body: string): Fetch =>
  () =>
    Promise.resolve(new Response(body, { status }));

const ask = (options: Partial<HttpRequest>): Promise<unknown> => firstValueFrom(request({ url: 'http://test/', ...options }));

describe('request', () => {
  it('sends JSON and reads JSON', async () => {
    const seen: [string, RequestInit][] = [];
    const fetch: Fetch = (url, init) => {
      seen.push([url, init]);
      return Promise.resolve(new Response('{"a":1}'));
    };
    expect(await ask({ fetch, body: { b: 2 }, headers: { 'x-y': 'z' } })).toEqual({ a: 1 });
    expect(seen[0]?.[1]).toMatchObject({
      method: 'POST',
      body: '{"b":2}',
      headers: { 'content-type': 'application/json', 'x-y': 'z' },
    });
    await ask({ fetch });
    expect(seen[1]?.[1]).toMatchObject({ method: 'GET' });
    expect(seen[1]?.[1].body).toBeUndefined();
  });

  it('is cold, and aborts when nobody waits any more', () => {
    let signal: AbortSignal | null | undefined = null;
    const fetch: Fetch = (_, init) => {
      signal = init.signal;
      return new Promise(() => undefined);
    };
    const answer$ = request({ url: 'http://test/', fetch });
    expect(signal).toBeNull();
    const subscription = answer$.subscribe();
    expect(signal).toMatchObject({ aborted: false });
    subscription.unsubscribe();
    expect(signal).toMatchObject({ aborted: true });
  });

  it.each([
    [401, 'token-refused', false],
    [403, 'origin-refused', false],
    [404, 'bad-option', false],
    [429, 'rate-limited', true],
    [500, 'server-error', true],
    [503, 'server-busy', true],
  ])('%i is %s, retryable: %s', async (status, code, retryable) => {
    const fetch = answering(status, '{"error":{"message":"because"}}');
    await expect(ask({ fetch })).rejects.toMatchObject({ code, retryable, message: `${status} because` });
  });

  it('has a word for no answer, no JSON and no body', async () => {
    await expect(ask({ fetch: () => Promise.reject(new TypeError('failed')) })).rejects.toMatchObject({ code: 'socket-refused' });
    await expect(ask({ fetch: answering(200, '<html>') })).rejects.toMatchObject({ code: 'bad-message' });
    await expect(ask({ fetch: answering(500, '<html>') })).rejects.toMatchObject({ code: 'server-error' });
    expect(await ask({ fetch: answering(200, '') })).toBeNull();
  });

  it('does not wait for ever', () => {
    marbles(({ expectObservable }) => {
      const fetch: Fetch = () => new Promise(() => undefined);
      const late = expect.objectContaining({ code: 'timed-out', retryable: true }) as unknown;
      expectObservable(request({ url: 'http://test/', fetch, timeoutMs: 500 })).toBe('500ms #', {}, late);
    });
  });
});

describe('tokenFromUrl', () => {
  const token = (body: string, status = 200): Promise<unknown> =>
    firstValueFrom(tokenFromUrl('http://test/token', { fetch: answering(status, body) }));

  it('asks for a realtime secret', async () => {
    let body: unknown = null;
    const fetch: Fetch = (_, init) => {
      body = JSON.parse(init.body as string);
      return Promise.resolve(new Response('{"value":"ek","expires_at":10}'));
    };
    await firstValueFrom(tokenFromUrl('http://test/token', { fetch, body: { page: 1 } }));
    expect(body).toEqual({ for: 'realtime', page: 1 });
  });

  it('reads both spellings, in their units', async () => {
    expect(await token('{"value":"ek","expires_at":10}')).toEqual({ token: 'ek', expiresAt: 10_000 });
    expect(await token('{"token":"ek","expiresAt":10}')).toEqual({ token: 'ek', expiresAt: 10 });
    expect(await token('{"token":"ek"}')).toEqual({ token: 'ek', expiresAt: null });
  });

  it('names what is wrong', async () => {
    await expect(token('{}')).rejects.toMatchObject({ code: 'bad-message', field: 'value' });
    await expect(token('{"value":""}')).rejects.toMatchObject({ code: 'bad-message' });
    await expect(token('[1]')).rejects.toMatchObject({ code: 'bad-message' });
    await expect(token('{}', 401)).rejects.toMatchObject({ code: 'token-refused' });
    await expect(token('{}', 403)).rejects.toMatchObject({ code: 'origin-refused' });
  });
});
