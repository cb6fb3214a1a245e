import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  checkOutsideUrl,
  outsideLookup,
  pinnedUrl,
  privateUrlsAllowed,
  UrlRefusedError,
} from '../../../demo/server/http/outside-url.ts';
import type { Resolve } from '../../../demo/server/http/outside-url.ts';

const schemes = ['http', 'https', 'rtsp', 'rtmp'];
const names: Readonly<Record<string, string>> = {
  'shop.test': '93.184.216.34',
  'inside.test': '10.0.0.7',
  'six.test': '2606:2800:220:1::1',
  'mapped.test': '::ffff:127.0.0.1',
};
const resolve: Resolve = (hostname, done) => {
  const address = names[hostname];
  if (address === undefined) done(new Error(`ENOTFOUND ${hostname}`), []);
  else done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
};
const check = (url: string, allowPrivate = false): Promise<URL> =>
  checkOutsideUrl('callback_url', url, { allowPrivate, schemes, resolve });

describe('checkOutsideUrl', () => {
  it.each([
    'https://shop.test/hook?secret=1',
    'rtsp://camera:pass@shop.test:554/stream',
    'https://six.test/',
    // Its server may be up later: nothing connects without another look.
    'https://your-backend.example/alerts',
  ])('takes %s', async (url) => {
    expect((await check(url)).href).toBe(new URL(url).href);
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'http://a.LOCALHOST./',
    'http://inside.test/',
    'http://mapped.test/',
    'https://%31%32%37.0.0.1/',
    'rtsp://127.1/stream',
    'rtsp://0x7f000001/stream',
    'rtmp://user@10.0.0.1/live/key',
    'rtsp://[fd00::1]/',
  ])('refuses %s, and takes it where private addresses are allowed', async (url) => {
    await expect(check(url)).rejects.toBeInstanceOf(UrlRefusedError);
    await expect(check(url)).rejects.toMatchObject({ field: 'callback_url' });
    await expect(check(url, true)).resolves.toBeInstanceOf(URL);
  });

  it.each(['file:///etc/passwd', 'gopher://shop.test/', 'ftp://shop.test/', 'concat:/a|/b', 'not a url', '', '//shop.test/'])(
    'refuses %j everywhere',
    async (url) => {
      await expect(check(url, true)).rejects.toBeInstanceOf(UrlRefusedError);
    },
  );
});

it('private addresses are allowed while only this machine can ask, or by wish', () => {
  expect(privateUrlsAllowed({ host: '127.0.0.1', allowPrivateUrls: false })).toBe(true);
  expect(privateUrlsAllowed({ host: '0.0.0.0', allowPrivateUrls: false })).toBe(false);
  expect(privateUrlsAllowed({ host: '0.0.0.0', allowPrivateUrls: true })).toBe(true);
});

describe('outsideLookup', () => {
  it('refuses a name that turned private after it was checked', async () => {
    const server = createServer((_request, response) => response.end('secret'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    let asked = 0;
    const rebinding: Resolve = (_hostname, done) =>
      done(null, [{ address: (asked += 1) === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }]);
    const url = `http://rebinding.test:${(server.address() as AddressInfo).port}/`;
    await checkOutsideUrl('url', url, { allowPrivate: false, schemes, resolve: rebinding });
    const failed = new Promise((settle) => {
      get(url, { lookup: outsideLookup('url', false, rebinding) }, () => settle(null)).on('error', settle);
    });
    expect(await failed).toBeInstanceOf(UrlRefusedError);
    expect(asked).toBe(2);
    server.close();
  });

  it('is none where everything may be reached', () => {
    expect(outsideLookup('url', true)).toBeUndefined();
  });
});

it('pinnedUrl puts the address in place of the name, for programs that look names up themselves', async () => {
  const pin = (url: string): Promise<string> => pinnedUrl('url', url, { allowPrivate: false, schemes, resolve });
  expect(await pin('rtsp://camera:p%40ss@shop.test:554/a/b?c')).toBe('rtsp://camera:p%40ss@93.184.216.34:554/a/b?c');
  expect(await pin('rtmp://six.test/live/key')).toBe('rtmp://[2606:2800:220:1::1]/live/key');
  expect(await pin('rtmp://93.184.216.34/live')).toBe('rtmp://93.184.216.34/live');
  await expect(pin('rtsp://inside.test/')).rejects.toBeInstanceOf(UrlRefusedError);
  await expect(pin('rtsp://nowhere.test/')).rejects.toThrow('ENOTFOUND');
});
