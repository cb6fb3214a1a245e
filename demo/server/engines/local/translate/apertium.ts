import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkManifest } from '../../weights/manifest.ts';
import type { FetchOptions } from '../../weights/fetch.ts';
import type { DebianOptions } from './debian.ts';
import { residentCommand } from './mode.ts';
import { APERTIUM_PAIRS, type ApertiumPair } from './pairs.ts';

/** Where Apertium is on this machine: installed, in MODELS_DIR, or prepared there now. */

export interface Apertium {
  readonly pairs: readonly (Pick<ApertiumPair, 'from' | 'to'> & { readonly command: string })[];
  /** For its programs: where they and their libraries are. */
  readonly env: Readonly<Record<string, string>>;
}

/** Apertium cannot be had here; `message` says why, for whoever starts the gateway. */
export class NoApertiumError extends Error {
  override readonly name = 'NoApertiumError';
}

export interface ApertiumOptions {
  readonly modelsDir: string;
  readonly pairs?: readonly ApertiumPair[];
  readonly progress?: FetchOptions['progress'];
  /** Fetches the packages. Default: from Debian. */
  readonly prepare?: (options: DebianOptions) => Promise<void>;
  /** Stands for `/` where an installed one is looked for. Default: the machine's own. */
  readonly systemRoot?: string;
}

const MODES = 'usr/share/apertium/modes';
const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Rejects with NoApertiumError. The system is only read; what is fetched goes to MODELS_DIR. */
export async function apertiumHere(options: ApertiumOptions): Promise<Apertium> {
  const wanted = options.pairs ?? APERTIUM_PAIRS;
  const system = options.systemRoot ?? '';
  const missing = await without(wanted, [system]);
  if (missing.length === 0) return usable(wanted, [system]);
  const id = 'apertium-debian';
  const folder = join(options.modelsDir, id);
  // A change of the table makes another integrity, and so another folder's worth of it.
  const integrity = ['apertium 1', ...new Set(wanted.map(({ debian }) => debian))].join(' ');
  try {
    if (!(await checkManifest(folder, integrity))) {
      // The code that fetches is not loaded by the many starts that need none of it.
      const prepare = options.prepare ?? (await import('./debian.ts')).fetchFromDebian;
      const packages = [...new Set(missing.map(({ debian }) => debian))];
      await prepare({ modelsDir: options.modelsDir, id, integrity, packages, progress: options.progress });
    }
    return await usable(wanted, [folder, system]);
  } catch (cause) {
    // A part of it may be installed all the same.
    if (missing.length < wanted.length) return usable(wanted, [system]);
    throw cause instanceof NoApertiumError
      ? cause
      : new NoApertiumError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Of `pairs`, those that no root has a pipeline for. */
async function without(pairs: readonly ApertiumPair[], roots: readonly string[]): Promise<readonly ApertiumPair[]> {
  const found = await Promise.all(pairs.map(({ mode }) => modeIn(mode, roots)));
  return pairs.filter((_, index) => found[index] === null);
}

async function modeIn(mode: string, roots: readonly string[]): Promise<{ readonly text: string; readonly root: string } | null> {
  for (const root of roots) {
    const text = await readFile(join(root === '' ? '/' : root, MODES, `${mode}.mode`), 'utf8').catch(absent);
    if (text !== null) return { text, root };
  }
  return null;
}

function absent(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return null;
  throw error;
}

/** The pairs that `roots` have, after one of the programs was seen to run. */
async function usable(wanted: readonly ApertiumPair[], roots: readonly string[]): Promise<Apertium> {
  const env = await environment(roots.filter((root) => root !== ''));
  await promisify(execFile)('lt-proc', ['-v'], { env, timeout: 5000 }).catch((cause: unknown) => {
    throw new NoApertiumError(`Apertium's programs do not run here: ${firstLine(cause)}`, { cause });
  });
  const pairs = await Promise.all(
    wanted.map(async ({ from, to, mode }) => {
      const found = await modeIn(mode, roots);
      return found === null ? [] : [{ from, to, command: residentCommand(found.text, found.root) }];
    }),
  );
  return { pairs: pairs.flat(), env };
}

async function environment(roots: readonly string[]): Promise<Record<string, string>> {
  const libraries = await Promise.all(
    roots.map(async (root) => {
      const lib = join(root, 'usr/lib');
      const inside = await readdir(lib, { withFileTypes: true }).catch(() => []);
      // Debian keeps libraries in a folder named after the machine's kind.
      return [
        lib,
        ...inside.filter((entry) => entry.isDirectory() && entry.name.includes('-linux-')).map(({ name }) => join(lib, name)),
      ];
    }),
  );
  return {
    PATH: [...roots.map((root) => join(root, 'usr/bin')), SYSTEM_PATH].join(':'),
    LC_ALL: 'C.UTF-8',
    ...(roots.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.flat().join(':') }),
  };
}

const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).trim().split('\n').at(-1) ?? '';
