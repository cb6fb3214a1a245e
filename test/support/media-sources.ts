import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawBarcode } from './media-barcode.ts';
import { startRtspRelay } from './media-rtsp-relay.ts';
import type { RtspRelay } from './media-rtsp-relay.ts';
import { drawnInput, enlarged, ffmpegPath, FPS, h264, speech } from './media-samples.ts';
import { writeWav } from './wav.ts';

/** Live sources on loopback: an encoder that publishes by RTMP, and a camera that is pulled by RTSP. */

export interface LiveSource {
  /** What to connect to. */
  readonly url: string;
  /** The encoder dies at once and may be started again by `resume`; the camera's port stays open. */
  drop(): Promise<void>;
  /** Not a byte more comes, and no end either. */
  freeze(): void;
  resume(): void;
  stop(): Promise<void>;
}

export interface SourceWish {
  /** Plays this file again and again. Default: a picture whose barcode is the wall clock (`Date.now()`), with speech. */
  readonly film?: string;
  /** Between key frames of the drawn picture, default 1. */
  readonly keyFrameS?: number;
}

/** An encoder that publishes to `url` (`rtmp://…`) in real time. */
export function startRtmpPublisher(url: string, wish: SourceWish = {}): LiveSource {
  return new Encoder(url, ['-f', 'flv', '-flvflags', 'no_duration_filesize'], wish);
}

/** A camera: `url` can be pulled by RTSP over TCP, by several at once. */
export async function startRtspSource(wish: SourceWish = {}): Promise<LiveSource> {
  const relay = await startRtspRelay();
  return new Encoder(relay.url, ['-f', 'rtsp', '-rtsp_transport', 'tcp'], wish, relay);
}

class Encoder implements LiveSource {
  readonly url: string;
  readonly #output: readonly string[];
  readonly #wish: SourceWish;
  readonly #relay: RtspRelay | null;
  #child: ChildProcess | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(url: string, output: readonly string[], wish: SourceWish, relay: RtspRelay | null = null) {
    this.url = url;
    this.#output = output;
    this.#wish = wish;
    this.#relay = relay;
    void this.#start();
  }

  async #start(): Promise<void> {
    const quiet = ['-hide_banner', '-loglevel', 'error'];
    const { film, keyFrameS = 1 } = this.#wish;
    if (film !== undefined) {
      const args = [...quiet, '-re', '-stream_loop', '-1', '-i', film, '-c', 'copy', ...this.#output, this.url];
      this.#child = spawn(ffmpegPath(), args, { stdio: ['ignore', 'ignore', 'ignore'] });
      return;
    }
    const wav = join(tmpdir(), `viva-voce-speech-${String(process.pid)}.wav`);
    await writeFile(wav, writeWav({ rate: 16_000, pcm: (await speech(28)).pcm }));
    if (this.#stopped || this.#child !== null) return;
    const child = spawn(
      ffmpegPath(),
      [
        ...quiet,
        ...drawnInput(),
        ...['-re', '-stream_loop', '-1', '-i', wav, '-map', '0:v', '-map', '1:a', ...enlarged(), ...h264()],
        ...['-g', String(Math.round(keyFrameS * FPS)), '-c:a', 'aac', '-b:a', '64k', '-ar', '48000', ...this.#output, this.url],
      ],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    );
    this.#child = child;
    const { stdin } = child;
    // Whoever kills the encoder knows why.
    stdin.on('error', () => stdin.destroy());
    const beganMs = performance.now();
    let drawn = 0;
    const draw = (): void => {
      for (; (drawn * 1000) / FPS <= performance.now() - beganMs && !stdin.destroyed; drawn++) {
        if (stdin.writableLength < 5_000_000) stdin.write(drawBarcode(Date.now()));
      }
      this.#timer = setTimeout(draw, 10);
    };
    draw();
  }

  async drop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
    this.#relay?.freeze(true);
  }

  resume(): void {
    this.#relay?.freeze(false);
    if (this.#child === null) void this.#start();
    else this.#child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.drop();
    await this.#relay?.close();
  }
}
