import { execFile } from 'node:child_process';
import { access, chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureWeights } from '../../engines/weights.ts';
import type { WeightsOptions } from '../../engines/weights.ts';
import { npmFfmpeg } from './npm-build.ts';

/** Finds the ffmpeg of this machine, or gets one. */

export interface Ffmpeg {
  /** Path or name of the program. */
  readonly ffmpeg: string;
  readonly ffprobe: string | null;
  readonly how: 'FFMPEG_PATH' | 'system' | 'apt' | 'npm';
  /** An old build: for local files and browsers' captures only, never for what strangers send. */
  readonly limited: boolean;
}

/** There is none and none could be got; the message says each thing that was tried and why it failed. */
export class FfmpegMissingError extends Error {
  override readonly name = 'FfmpegMissingError';
}

export interface EnsureFfmpegOptions {
  /** Where the npm build is kept. */
  readonly modelsDir: string;
  /** Hears one line for people whenever something is installed or missing. */
  readonly log?: (line: string) => void;
  readonly progress?: WeightsOptions['progress'];
  /** Default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Tests replace what touches the machine. */
  readonly machine?: Machine;
}

export interface Machine {
  /** Resolves when the program runs; rejects with why not. */
  runs(program: string): Promise<void>;
  /** Installs the system's package; rejects with why not. */
  install(): Promise<void>;
  /** Fetches the npm build; resolves to its path, rejects with why not. */
  fetch(): Promise<string>;
}

const INSTALL_MS = 600_000;
const run = promisify(execFile);

/** Rejects with FfmpegMissingError. Several processes may ask at once. */
export async function ensureFfmpeg(options: EnsureFfmpegOptions): Promise<Ffmpeg> {
  const { env = process.env, log = () => undefined } = options;
  const machine = options.machine ?? thisMachine(options);
  const tried: string[] = [];
  const works = async (program: string, what: string): Promise<boolean> => {
    try {
      await machine.runs(program);
      return true;
    } catch (error) {
      tried.push(`${what}: ${reason(error)}`);
      return false;
    }
  };
  const probeBeside = async (ffmpeg: string): Promise<string | null> => {
    const probe = ffmpeg.includes('/') ? join(dirname(ffmpeg), 'ffprobe') : 'ffprobe';
    return machine.runs(probe).then(
      () => probe,
      () => null,
    );
  };

  const given = env['FFMPEG_PATH']?.trim() ?? '';
  if (given !== '') {
    if (await works(given, `FFMPEG_PATH=${given}`))
      return { ffmpeg: given, ffprobe: await probeBeside(given), how: 'FFMPEG_PATH', limited: false };
    // Whoever names one wants that one: another in its place would be a surprise.
    throw new FfmpegMissingError(tried.join('; '));
  }
  if (await works('ffmpeg', 'the system’s')) {
    return { ffmpeg: 'ffmpeg', ffprobe: await probeBeside('ffmpeg'), how: 'system', limited: false };
  }
  try {
    log('There is no ffmpeg. Installing the system’s package (apt-get install ffmpeg) …');
    await machine.install();
    if (await works('ffmpeg', 'installed'))
      return { ffmpeg: 'ffmpeg', ffprobe: await probeBeside('ffmpeg'), how: 'apt', limited: false };
  } catch (error) {
    tried.push(`apt-get install ffmpeg: ${reason(error)}`);
  }
  try {
    const path = await machine.fetch();
    if (await works(path, 'the npm build')) {
      log(
        `Using an old build of ffmpeg from npm: it takes in local files and browsers’ captures only. For cameras and encoders install ffmpeg (${tried.join('; ')}).`,
      );
      return { ffmpeg: path, ffprobe: null, how: 'npm', limited: true };
    }
  } catch (error) {
    tried.push(`the npm build: ${reason(error)}`);
  }
  throw new FfmpegMissingError(`there is no ffmpeg: ${tried.join('; ')}`);
}

function thisMachine({ modelsDir, progress }: EnsureFfmpegOptions): Machine {
  return {
    async runs(program) {
      await run(program, ['-hide_banner', '-version'], { timeout: 20_000 });
    },
    async install() {
      if (process.getuid?.() !== 0) throw new Error('this does not run as root');
      await access('/usr/bin/apt-get').catch(() => {
        throw new Error('this is no Debian');
      });
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
      await run('apt-get', ['update', '-q'], { env, timeout: INSTALL_MS, maxBuffer: 16 << 20 });
      const args = ['install', '-y', '-q', '--no-install-recommends', 'ffmpeg'];
      await run('apt-get', args, { env, timeout: INSTALL_MS, maxBuffer: 16 << 20 });
    },
    async fetch() {
      const build = npmFfmpeg(process.platform, process.arch);
      if (build === null) throw new Error(`there is none for ${process.platform} on ${process.arch}`);
      const options = progress === undefined ? {} : { progress };
      const [folder = ''] = await ensureWeights(modelsDir, [build], { label: 'ffmpeg', ...options });
      const path = join(folder, 'ffmpeg');
      await chmod(path, 0o755);
      return path;
    },
  };
}

function reason(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return 'not there';
  const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
  const line = said.split('\n').find((text) => text.startsWith('E:')) ?? (error instanceof Error ? error.message : String(error));
  return line.split('\n')[0]?.trim() ?? '';
}
