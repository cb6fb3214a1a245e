import { spawn } from 'node:child_process';
import { wav } from '../engines/openai/wav.ts';

/** Spoken sentences as whole files: mp3 where the system has ffmpeg, else wav; made outside of this process. */

/** Hz of every file. */
export const SPEECH_RATE = 16000;
const TIMEOUT_MS = 10_000;
/** A sentence as mp3 is never larger, bytes. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Whether ffmpeg was found; unknown until it was tried. */
let ffmpeg: Promise<boolean> | null = null;

/** The samples as a file; rejects with the reason of `signal` only: where mp3 cannot be made, it is wav. */
export async function speechFile(pcm: Int16Array, signal: AbortSignal): Promise<Uint8Array> {
  const file = wav(pcm, SPEECH_RATE);
  ffmpeg ??= run(['-version'], null, AbortSignal.timeout(TIMEOUT_MS)).then(
    () => true,
    () => false,
  );
  if (!(await ffmpeg)) return file;
  const toMp3 = '-hide_banner -loglevel error -f wav -i pipe:0 -ac 1 -b:a 48k -f mp3 pipe:1'.split(' ');
  try {
    const mp3 = await run(toMp3, file, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
    return mp3.length === 0 ? file : mp3;
  } catch (cause) {
    if (signal.aborted) throw cause;
    return file;
  }
}

function run(parameters: readonly string[], input: Uint8Array | null, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', parameters, { stdio: ['pipe', 'pipe', 'ignore'], signal });
    const parts: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > MOST_BYTES) child.kill();
      else parts.push(part);
    });
    child.once('error', reject);
    // It may end without reading all of its input; how it ended tells enough.
    child.stdin.on('error', () => undefined);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(parts));
      else reject(new Error(`ffmpeg ended with ${String(code)}`));
    });
    child.stdin.end(input);
  });
}
