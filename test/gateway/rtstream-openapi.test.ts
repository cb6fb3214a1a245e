import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import recordings from '../fixtures/rtstream-requests.json' with { type: 'json' };
import { at, playApi } from '../support/rtstream-api.ts';
import type { Json, Played } from '../support/rtstream-api.ts';

/** The document of the API: every route is in it, in words of ours, and its examples are what it says. */

let played: Played;
let paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
beforeAll(async () => {
  played = await playApi();
  paths = at((await played.app.inject('/openapi.json')).json(), 'paths') as typeof paths;
});
afterAll(() => played.close());

const operations = (): [string, Json][] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Json] => [`${method} ${path}`, operation]),
  );

it('has every route that there is', () => {
  const routes = played.routes
    .filter((route) => /^(GET|POST|PATCH|PUT|DELETE) \/(?!videodb|api-docs|openapi)/.test(route))
    .map((route) => route.replace(/:(\w+)/g, '{$1}'));
  const told = operations().map(([name]) => name.replace(/^\w+/, (method) => method.toUpperCase()));
  expect(told.sort()).toEqual(routes.sort());
});

it('has the recorded calls of the SDKs', () => {
  const patterns = operations().map(([name]) => new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`));
  const unknown = recordings.requests
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/\?.*/, '')}`)
    .filter((call) => !patterns.some((pattern) => pattern.test(call)));
  expect(unknown).toEqual([]);
});

describe('each operation', () => {
  it('is told in words: summary, description, tag, parameters', () => {
    const bare = operations().filter(([, { summary, description, tags }]) => {
      const words = [summary, description].every((text) => typeof text === 'string' && text.length > 5);
      return !words || !Array.isArray(tags) || tags.length !== 1;
    });
    expect(bare.map(([name]) => name)).toEqual([]);
    expect(operations().length).toBeGreaterThan(60);
  });

  it('says how it refuses', () => {
    const silent = operations().filter(([, operation]) => at(operation, 'responses.4XX') === undefined);
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('has an example for every body, and each is valid', () => {
    const faults: string[] = [];
    let count = 0;
    for (const [name, operation] of operations()) {
      const body = bodyOf(operation);
      if (body === undefined) continue;
      const examples = examplesOf(body);
      if (examples.length === 0) faults.push(`${name}: no example`);
      const read = z.fromJSONSchema(body['schema'] as Parameters<typeof z.fromJSONSchema>[0]);
      for (const example of examples) {
        count += 1;
        const { error } = read.safeParse(example);
        if (error !== undefined) faults.push(`${name}: ${error.message}`);
      }
    }
    expect(faults).toEqual([]);
    expect(count).toBeGreaterThan(20);
  });
});

/** A key with dots and slashes cannot be read by path. */
function bodyOf(operation: Json): Json | undefined {
  const content = at(operation, 'requestBody.content') as Readonly<Record<string, Json>> | undefined;
  return content?.['application/json'];
}

const examplesOf = ({ example, examples }: Json): unknown[] =>
  example === undefined ? Object.values((examples ?? {}) as Readonly<Record<string, Json>>).map(({ value }) => value) : [example];

describe('the page', () => {
  it('is served under a policy without other hosts or inline code', async () => {
    for (const path of ['/api-docs', '/videodb/api-docs/']) {
      const { statusCode, headers, body } = await played.app.inject(path);
      expect(statusCode, path).toBe(200);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|sha256/);
      expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|https?:\/\//);
    }
  });

  it('reads the same document, of its own place', async () => {
    for (const mount of ['', '/videodb']) {
      const settings = (await played.app.inject(`${mount}/api-docs/static/swagger-initializer.js`)).body;
      expect(settings).toContain('BaseLayout');
      const [read, told] = await Promise.all([
        played.app.inject(`${mount}/api-docs/json`),
        played.app.inject(`${mount}/openapi.json`),
      ]);
      expect(read.json()).toEqual(told.json());
      expect(at(told.json(), 'servers[0].url')).toBe(mount === '' ? '/' : mount);
    }
  });
});
