import { spawn } from 'node:child_process';
import { DRAWN } from '../../support/media-barcode.ts';

/** An exported recording as it plays: what each picture shows and where, and where its sound gets loud. */

export interface Measured {
  /** Place in the video and time that is shown, ms; the latter modulo 2^24. */
  readonly pictures: readonly { readonly atMs: number; readonly shownMs: number }[];
  readonly unread: number;
  /** Places of beeps in the video, ms. */
  readonly beeps: readonly number[];
  readonly seconds: number;
}

/** `url`: of a playlist or a file. */
export async function measure(url: string): Promise<Measured> {
  const { width, height } = DRAWN;
  const look = `showinfo,scale=${width}:${height},format=gray`;
  // Where the picture begins later than the sound, its place is its time all the same.
  const video = await ffmpeg(['-copyts', '-i', url, '-map', '0:v', '-vsync', '0', '-vf', look, '-f', 'rawvideo', '-']);
  const times = [...video.said.matchAll(/pts_time:\s*(-?[\d.]+)/g)].map(([, seconds]) => Number(seconds) * 1000);
  const pictures: { atMs: number; shownMs: number }[] = [];
  let unread = 0;
  for (const [index, atMs] of times.entries()) {
    const shownMs = barTime(video.bytes.subarray(index * width * height, (index + 1) * width * height));
    if (shownMs === null) unread += 1;
    else pictures.push({ atMs, shownMs });
  }
  const whole = 'aresample=48000:async=1:first_pts=0';
  const sound = await ffmpeg(['-copyts', '-i', url, '-map', '0:a', '-af', whole, '-ac', '1', '-f', 'f32le', '-']);
  const { buffer, byteOffset, byteLength } = sound.bytes;
  const samples = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  return { pictures, unread, beeps: beepsIn(samples), seconds: samples.length / 48_000 };
}

/** What ffmpeg writes to its standard output, and what it says. */
function ffmpeg(args: readonly string[]): Promise<{ readonly bytes: Buffer; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const pieces: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve({ bytes: Buffer.concat(pieces), said });
      else reject(new Error(said.slice(-500)));
    });
  });
}

/** The time shown by a grey picture of `DRAWN`'s size, ms modulo 2^24; null where it cannot be read. */
function barTime(grey: Buffer): number | null {
  let value = 0;
  for (let bit = 0; bit < 28; bit += 1) value = value * 2 + ((grey[5 * DRAWN.width + bit * 10 + 5] ?? 0) > 126 ? 1 : 0);
  const time = Math.floor(value / 16);
  let sum = 0;
  for (let shift = 0; shift < 24; shift += 4) sum ^= (time >> shift) & 15;
  return sum === value % 16 ? time : null;
}

const LOUD = 0.5;

/** Where it gets loud, to the sample: half the loudness of a beep, after 200 ms of quiet. */
function beepsIn(samples: Float32Array): readonly number[] {
  const found: number[] = [];
  let loudAt = -Infinity;
  for (let index = 0; index < samples.length; index += 1) {
    if (Math.abs(samples[index] ?? 0) < LOUD) continue;
    if (index - loudAt > 0.2 * 48_000) found.push(index / 48);
    loudAt = index;
  }
  return found;
}
