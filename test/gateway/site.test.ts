import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway } from '../../demo/server/app.ts';
import type { Gateway } from '../../demo/server/mount.ts';
import { readConfig } from '../../demo/server/config.ts';
import { fakeEngines } from '../support/fake-engines.ts';
import { KEY } from './client.ts';

/** What a browser gets beside the API: the site under its policy, the scripts of the tag for anybody. */

let dist = '';
let gateway: Gateway;
let url = '';
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'viva-dist-'));
  const files: Record<string, string> = {
    'site/index.html': '<!doctype html><title>Site</title>',
    'site/assets/index-DGyGpZDI.js': 'export {};',
    'site/demo/pages/lawn.html': '<!doctype html><title>Lawn</title>',
    'docs/index.html': '<!doctype html><title>Docs</title>',
    'embed/viva-voce.js': 'export const plain = 1;',
    'embed/integrity.json': '{"version":"9.8.7","files":{}}',
    'data/embed/9.8.6/viva-voce.js': 'export const older = 1;',
    'data/embed/..secret/viva-voce.js': 'no version',
    'data/embed/9.8.7/viva-voce.js': 'of a build that was never whole',
    'embed/viva-voce.js.gz': 'not really gzip',
    'embed/voice.worker.js': 'export {};',
    'embed/worklets/capture.worklet.js': 'export {};',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dist, name, '..'), { recursive: true });
    writeFileSync(join(dist, name), text);
  }
  const config = readConfig({ GATEWAY_API_KEY: KEY, OPENAI_API_KEY: 'sk-x', DATA_DIR: join(dist, 'data') }, 0);
  gateway = await createGateway(config, fakeEngines(), { log: pino({ level: 'silent' }), dist, streams: false });
  url = await gateway.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await gateway.close();
  rmSync(dist, { recursive: true });
});

const head = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(url + path, { headers });

describe('the site', () => {
  it.each(['/', '/index.html', '/demo/pages/lawn.html', '/docs/'])('%s comes under a strict policy', async (path) => {
    const response = await head(path);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    for (const rule of [
      "script-src 'self'",
      "style-src 'self'",
      "worker-src 'self'",
      "require-trusted-types-for 'script'",
      "object-src 'none'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe|script-src[^;]*(blob|data):/);
    expect(policy).toContain('https://api.openai.com wss://api.openai.com');
    expect(response.headers.get('permissions-policy')).toContain('microphone=(self)');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('the documents are where people look for them, with and without the last stroke', async () => {
    const response = await fetch(`${url}/docs?theme=dark`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([301, '/docs/?theme=dark']);
    expect(await (await head('/docs')).text()).toContain('Docs');
  });

  it('what has a hash in its name is kept for ever', async () => {
    expect((await head('/assets/index-DGyGpZDI.js')).headers.get('cache-control')).toContain('immutable');
  });

  it('what is not there is told as everything is', async () => {
    const response = await head('/nothing.html');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('no way leads out of its folder', async () => {
    for (const path of ['/../package.json', '/%2e%2e/%2e%2e/package.json', '/embed/..%2f..%2fpackage.json', '/.env']) {
      expect((await head(path)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('the scripts of the tag', () => {
  it.each(['/embed/viva-voce.js', '/embed/voice.worker.js', '/embed/worklets/capture.worklet.js'])(
    '%s may be loaded by any page',
    async (path) => {
      const response = await head(path, { origin: 'https://shop.test', 'accept-encoding': 'identity' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    },
  );

  it.each([
    ['9.8.7', 'plain'],
    ['9.8.6', 'older'],
  ])('version %s stays as it is under its own path', async (version, content) => {
    const response = await head(`/embed/${version}/viva-voce.js`, { origin: 'https://shop.test', 'accept-encoding': 'identity' });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(content);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('the path without a version is asked for anew each time', async () => {
    expect((await head('/embed/viva-voce.js')).headers.get('cache-control')).toBe('no-cache');
    expect((await head('/embed/1.0.0/viva-voce.js')).status).toBe(404);
    expect((await head('/embed/..secret/viva-voce.js')).status).toBe(404);
  });
});
