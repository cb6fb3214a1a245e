import { execFile, spawn } from 'node:child_process';
import { access, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { FetchOptions } from '../../weights/fetch.ts';
import { placeFolder, removeLeftovers } from '../../weights/place.ts';
import { showProgress } from '../../weights/progress.ts';
import { parseSimulation, parseUris, type DebianPackage } from './apt-output.ts';

/**
 * Takes packages of the machine's own Debian release apart into a folder: nothing is installed, no list of the system is touched, no root
 * is needed. apt checks the signature of the release and the hash of each package.
 */

export interface DebianOptions {
  readonly modelsDir: string;
  readonly id: string;
  readonly integrity: string;
  readonly packages: readonly string[];
  readonly progress?: FetchOptions['progress'];
}

/** Needed by scripts of the packages that are not run here. */
const NOT_NEEDED = /^(gawk|libsigsegv\d*|libxml2-utils|xsltproc|libxslt[\d.]*|perl.*|libperl.*|.*-dev)$/;
const LISTS_TIMEOUT_MS = 60_000;
const PACKAGES_TIMEOUT_MS = 600_000;

const run = promisify(execFile);
const env = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  HOME: '/nonexistent',
  DEBIAN_FRONTEND: 'noninteractive',
  ...proxies(),
};

/** Rejects with an Error whose message says why it cannot be had. */
export async function fetchFromDebian(options: DebianOptions): Promise<void> {
  await Promise.all(
    ['/usr/bin/apt-get', '/usr/bin/dpkg-deb', '/var/lib/dpkg/status'].map((path) =>
      access(path).catch((cause: unknown) => {
        throw new Error(
          `it is prepared by itself on Debian and Ubuntu only (there is no ${path}); install it by hand (apertium, and pairs)`,
          {
            cause,
          },
        );
      }),
    ),
  );
  await removeLeftovers(options.modelsDir);
  await placeFolder(options.modelsDir, options, async (folder) => {
    const work = join(folder, '.apt');
    for (const name of ['state/lists/partial', 'cache/archives/partial', 'debs', 'out'])
      await mkdir(join(work, name), { recursive: true });
    const apt = [
      ...['-o', `Dir::State=${join(work, 'state')}`, '-o', 'Dir::State::status=/var/lib/dpkg/status'],
      ...['-o', `Dir::Cache=${join(work, 'cache')}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root'],
      ...[
        '-o',
        'Acquire::Languages=none',
        '-o',
        'Acquire::Retries=1',
        '-o',
        'Acquire::http::Timeout=15',
        '-o',
        'Acquire::https::Timeout=15',
      ],
      ...['-o', 'APT::Update::Post-Invoke-Success::=true', '-q'],
    ];
    await aptGet([...apt, 'update'], LISTS_TIMEOUT_MS);
    const simulated = await aptGet([...apt, '-s', '--no-install-recommends', 'install', ...options.packages], LISTS_TIMEOUT_MS);
    const wanted = parseSimulation(simulated).filter(({ name, installed }) => !installed && !NOT_NEEDED.test(name));
    const named = wanted.map(({ name, version }) => `${name}=${version}`);
    const packages = parseUris(await aptGet([...apt, 'download', '--print-uris', ...named], LISTS_TIMEOUT_MS));
    await download([...apt, 'download', ...named], join(work, 'debs'), packages, options.progress);
    for (const { file } of packages) await run('dpkg-deb', ['-x', join(work, 'debs', file), join(work, 'out')], { env });
    await keep(join(work, 'out'), folder);
    await writeFile(join(folder, 'packages.json'), `${JSON.stringify(packages, null, 1)}\n`);
    await rm(work, { recursive: true });
  });
}

async function aptGet(args: readonly string[], timeout: number): Promise<string> {
  try {
    return (await run('apt-get', [...args], { env, timeout, maxBuffer: 16 << 20 })).stdout;
  } catch (cause) {
    throw new Error(`apt-get ${args.find((arg) => /^(update|install|download)$/.test(arg)) ?? ''} failed: ${lastError(cause)}`, {
      cause,
    });
  }
}

function lastError(cause: unknown): string {
  const said = typeof cause === 'object' && cause !== null && 'stderr' in cause ? String(cause.stderr) : '';
  const error = said.split('\n').find((line) => line.startsWith('E:'));
  // Lists that could not be fetched are no error of apt's; that they lack the package is.
  if (error?.startsWith('E: Unable to locate') === true)
    return `${error.slice(3)} (its archive cannot be reached, or this release has none)`;
  return error?.slice(3) ?? (cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause));
}

async function download(
  args: readonly string[],
  folder: string,
  packages: readonly DebianPackage[],
  progress: DebianOptions['progress'],
): Promise<void> {
  const shown = (progress ?? ((bytes) => showProgress('Translation (Apertium, from Debian)', bytes)))(
    packages.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  try {
    const child = spawn('apt-get', [...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PACKAGES_TIMEOUT_MS,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    for await (const line of createInterface({ input: child.stdout })) {
      const name = /^Get:\d+ \S+ \S+ \S+ (\S+)/.exec(line)?.[1];
      shown.received(packages.find((one) => one.name === name)?.bytes ?? 0);
    }
    const code = await ended;
    if (code !== 0) throw new Error(`apt-get download failed: ${lastError({ stderr: said })}`);
  } finally {
    shown.end();
  }
}

/** Programs, libraries, data and each package's licence; no manuals. */
async function keep(from: string, to: string): Promise<void> {
  for (const path of ['usr/bin', 'usr/lib', 'lib', 'usr/share/apertium']) {
    await cp(join(from, path), join(to, path), { recursive: true, verbatimSymlinks: true }).catch(ignoreAbsent);
  }
  for (const name of await readdir(join(from, 'usr/share/doc')).catch(() => [])) {
    await cp(join(from, 'usr/share/doc', name, 'copyright'), join(to, 'licences', name)).catch(ignoreAbsent);
  }
}

function ignoreAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

/** apt goes through the proxy that the system or the environment names. */
function proxies(): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'APT_CONFIG'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])));
}
