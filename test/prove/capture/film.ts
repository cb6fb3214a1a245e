import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorRate } from '../../engines/words.ts';
import { fakeMicrophone, type Part } from '../../support/fake-microphone.ts';
import { DRAWN, drawBarcode } from '../../support/media-barcode.ts';
import { readWav, writeWav } from '../../support/wav.ts';

/** What Chromium's fake camera and microphone play: a film whose every picture tells its time, and people who speak between clicks. */

const FPS = 30;
const RATE = 16_000;
/** Of the clicks' 1; the voices stay below what counts as a click. */
const VOICE_PEAK = 0.35;
/** Of each voice: three clicks with quiet before each, quiet, the voice. */
const PARTS = 8;

export interface Film {
  readonly args: readonly string[];
  /** What is said, in order and over and over: when each ends on the file's clock, ms. */
  readonly said: readonly { readonly text: string; readonly endsMs: number }[];
  readonly loopMs: number;
}

export async function film(folder: string, seconds: number): Promise<Film> {
  const picture = join(folder, 'camera.mjpeg');
  const size = `${DRAWN.width}x${DRAWN.height}`;
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', size],
      ...['-r', String(FPS), '-i', 'pipe:0', '-vf', 'scale=640:360:flags=neighbor:out_range=full,format=yuvj420p'],
      ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'mjpeg', picture],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const closed = once(ffmpeg, 'close');
  for (let index = 0; index < seconds * FPS; index += 1)
    if (!ffmpeg.stdin.write(drawBarcode((index * 1000) / FPS))) await once(ffmpeg.stdin, 'drain');
  ffmpeg.stdin.end();
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error('The film could not be made.');

  const click = join(folder, 'click.wav');
  writeFileSync(
    click,
    writeWav({ rate: RATE, pcm: Int16Array.from({ length: RATE * 0.04 }, (_, at) => Math.sin(at * 0.4) * 29_000) }),
  );
  const spoken = JSON.parse(readFileSync('test/fixtures/speech/manifest.json', 'utf8')) as readonly {
    file: string;
    text: string;
  }[];
  const parts = spoken.flatMap(({ file }): Part[] => {
    const wav = `test/fixtures/speech/${file}`;
    const peak = readWav(readFileSync(wav)).pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const clicks = [0, 1, 2].flatMap((): Part[] => [{ silenceMs: 460 }, { wav: click }]);
    return [...clicks, { silenceMs: 700 }, { wav, gain: (VOICE_PEAK * 32_768) / peak }];
  });
  const microphone = fakeMicrophone({ path: join(folder, 'microphone.wav'), parts, format: 'exact', loop: true });
  return {
    args: [...microphone.args, `--use-file-for-fake-video-capture=${picture}`],
    said: spoken.map(({ text }, index) => ({ text, endsMs: microphone.startsMs[(index + 1) * PARTS] ?? microphone.durationMs })),
    loopMs: microphone.durationMs,
  };
}

/** The fewest word errors of what was heard of so much of the file, 0–1: the voice that was cut off counts as far as it was heard. */
export function heardRate({ said, loopMs }: Film, recordedMs: number, heard: string): number {
  const whole: string[] = [];
  let next = '';
  for (let loop = 0; next === ''; loop += 1)
    for (const { text, endsMs } of said)
      if (loop * loopMs + endsMs <= recordedMs) whole.push(text);
      else if (next === '') next = text;
  const words = next.split(' ');
  const ends = Array.from({ length: words.length + 1 }, (_, count) => [...whole, ...words.slice(0, count)].join(' '));
  return Math.min(...ends.map((text) => errorRate([[text, heard]])));
}
