import { expect, it } from 'vitest';
import { plainPath, RTSTREAM_PATH } from '../../../../demo/server/rtstream/api/plain-path.ts';

/** Paths as SDKs write them become the routes' own; other people's paths stay as they are. */

it.each([
  ['//collection/default', '/collection/default'],
  ['/rtstream/', '/rtstream'],
  ['/rtstream/x/status/?a=//&b=/', '/rtstream/x/status?a=//&b=/'],
  ['/videodb//rtstream///x//', '/videodb/rtstream/x'],
  ['//videodb//video/x/search/v2/', '/videodb/video/x/search/v2'],
  ['/capture//session/token/', '/capture/session/token'],
  ['/compile', '/compile'],
  ['/openapi.json', '/openapi.json'],
  ['/docs/', '/docs/'],
  ['/capture/', '/capture/'],
  ['/videodb/other//', '/videodb/other//'],
  ['//evil.test/rtstream', '//evil.test/rtstream'],
  ['/rtstreams//', '/rtstreams//'],
  ['/', '/'],
])('%s → %s', (path, plain) => {
  expect(plainPath(path)).toBe(plain);
});

it('knows its own paths with and without a prefix', () => {
  for (const path of ['/rtstream?limit=1', '/videodb/collection', '/api-docs', '/async-response/job-1', '/download'])
    expect(RTSTREAM_PATH.test(path), path).toBe(true);
  for (const path of ['/', '/captures', '/capture/upload', '/videos', '/watch'])
    expect(RTSTREAM_PATH.test(path), path).toBe(false);
});
