import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './rivals.ts';

/**
 * What comes out of the machine: a PulseAudio of our own with a loudspeaker that goes nowhere, and a recording of it on the wall clock. Its
 * microphone hears what is said by `say` and nothing else.
 */

const RATE = 48_000;
const BYTES = 2;
/** −60 dBFS */
const AUDIBLE = 32;

export interface Ear {
  /** For `PULSE_SERVER`. */
  readonly server: string;
  /** ms since the epoch of the first sound at or after `from`, and of the last one before `until`; NaN when there is none. */
  firstSound(from: number, until: number): number;
  lastSound(from: number, until: number): number;
  /** What sounded then, 48 kHz, −1…1. */
  heard(from: number, until: number): Float32Array;
  /** Plays a WAV file into the microphone; resolves when it was said. */
  say(path: string): Promise<void>;
  close(): void;
}

const has = (program: string): boolean => {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Installs PulseAudio where it can, saying so. */
function available(): boolean {
  if (has('pulseaudio') && has('parec')) return true;
  if (process.getuid?.() !== 0 || !has('apt-get')) return false;
  console.log('  installing pulseaudio and pulseaudio-utils with apt-get, to hear what comes out');
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'pulseaudio', 'pulseaudio-utils'], { stdio: 'ignore' });
    return has('pulseaudio') && has('parec');
  } catch (cause) {
    console.log(`  apt-get failed: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)}`);
    return false;
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Null where there is no PulseAudio to be had. */
export async function openEar(): Promise<Ear | null> {
  if (!available()) return null;
  const folder = cacheFolder('pulse');
  const socket = join(folder, 'native');
  rmSync(socket, { force: true });
  const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder };
  const started: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]): ChildProcess => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(child);
    return child;
  };
  start('pulseaudio', [
    '-n',
    '--daemonize=no',
    '--use-pid-file=no',
    '--exit-idle-time=-1',
    '-L',
    `module-null-sink sink_name=ear rate=${RATE} channels=1`,
    '-L',
    `module-null-sink sink_name=mouth rate=${RATE} channels=1`,
    '-L',
    // A monitor is not offered to pages as a microphone; this is.
    'module-remap-source master=mouth.monitor source_name=microphone',
    '-L',
    `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
  ]);
  for (let tries = 0; tries < 50 && !existsSync(socket); tries++) await wait(100);
  const server = `unix:${socket}`;
  const close = (): void => {
    for (const child of started) child.kill();
  };
  if (!existsSync(socket)) {
    close();
    return null;
  }
  for (const [what, name] of [
    ['sink', 'ear'],
    ['source', 'microphone'],
  ] as const) {
    await new Promise((resolve) => start('pactl', [`--server=${server}`, `set-default-${what}`, name]).once('exit', resolve));
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  /** ms since the epoch of the first sample: the chunk that came with the least delay tells. */
  let origin = Infinity;
  const recorder = start('parec', [
    `--server=${server}`,
    '-d',
    'ear.monitor',
    `--rate=${RATE}`,
    '--channels=1',
    '--format=s16le',
    '--latency-msec=10',
    '--raw',
  ]);
  recorder.stdout?.on('data', (part: Buffer) => {
    parts.push(part);
    bytes += part.length;
    origin = Math.min(origin, performance.timeOrigin + performance.now() - (bytes / BYTES / RATE) * 1000);
  });
  await wait(1_000);
  const index = (at: number): number => Math.max(0, Math.min(bytes / BYTES - 1, Math.round(((at - origin) * RATE) / 1000)));
  const search = (from: number, until: number, step: 1 | -1): number => {
    const all = Buffer.concat(parts);
    const [first, last] = step === 1 ? [index(from), index(until)] : [index(until), index(from)];
    for (let at = first; step === 1 ? at <= last : at >= last; at += step) {
      if (Math.abs(all.readInt16LE(at * BYTES)) > AUDIBLE) return origin + (at * 1000) / RATE;
    }
    return NaN;
  };
  return {
    server,
    firstSound: (from, until) => search(from, until, 1),
    lastSound: (from, until) => search(from, until, -1),
    heard: (from, until) => {
      const all = Buffer.concat(parts);
      const first = index(from);
      return Float32Array.from({ length: index(until) - first }, (_, at) => all.readInt16LE((first + at) * BYTES) / 32_768);
    },
    say: (path) =>
      new Promise((resolve, reject) => {
        const spoken = start('paplay', [`--server=${server}`, '--device=mouth', path]);
        spoken.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`paplay ended with ${String(code)}`))));
      }),
    close,
  };
}
