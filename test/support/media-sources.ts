import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { drawBarcode, DRAWN } from './media-barcode.ts';
import { startRtspRelay } from './media-rtsp-relay.ts';
import type { RtspRelay } from './media-rtsp-relay.ts';
import { ffmpegPath, FPS, h264, speech } from './media-samples.ts';

/** Live sources on loopback: an encoder that publishes by RTMP, and a camera that is pulled by RTSP. */

export interface LiveSource {
  /** What to connect to. */
  readonly url: string;
  /** Unix ms of its first picture and its first sample of sound, which keep one clock; null = it plays a film, or has not begun. */
  readonly beganMs: number | null;
  /** Pictures that the encoder was too slow for; the sound beside them is missing too, and `beganMs` holds no more. */
  readonly missed: number;
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
  /** In place of a barcode alone. */
  readonly drawn?: Drawn;
  /** 16 kHz mono, again and again; default: 28 s of the fixtures' sentences. */
  readonly sound?: Int16Array;
  /** Arguments of the encoder of pictures; default: without delay. */
  readonly encoder?: readonly string[];
}

/** Pictures that are drawn as they are needed. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  /** Planar 4:2:0 for Unix ms `timeMs`. */
  draw(timeMs: number): Buffer;
}

const BARCODE: Drawn = { ...DRAWN, draw: drawBarcode };
const RATE = 16_000;
/** Of sound that is written at once. */
const STEP_SAMPLES = RATE / FPS;
/** What may wait for an encoder that does not keep up. */
const MAX_WAITING_BYTES = 100_000_000;

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
  beganMs: number | null = null;
  missed = 0;
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
    const { film, keyFrameS = 1, drawn = BARCODE, encoder = h264() } = this.#wish;
    if (film !== undefined) {
      const args = [...quiet, '-re', '-stream_loop', '-1', '-i', film, '-c', 'copy', ...this.#output, this.url];
      this.#child = spawn(ffmpegPath(), args, { stdio: ['ignore', 'ignore', 'ignore'] });
      return;
    }
    const sound = this.#wish.sound ?? (await speech(28)).pcm;
    if (this.#stopped || this.#child !== null) return;
    const enlarged = drawn === BARCODE ? ['-vf', 'scale=640:360:flags=neighbor'] : [];
    const child = spawn(
      ffmpegPath(),
      [
        ...quiet,
        // Both come at the pace of the clock, so that neither waits for the other: a file read beside the pictures begins when ffmpeg does.
        ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${String(drawn.width)}x${String(drawn.height)}`, '-r', String(FPS)],
        ...['-probesize', '32', '-analyzeduration', '0', '-thread_queue_size', '64', '-i', 'pipe:0'],
        ...['-f', 's16le', '-ar', String(RATE), '-ac', '1', '-probesize', '32', '-analyzeduration', '0'],
        ...['-thread_queue_size', '64', '-i', 'pipe:3', '-map', '0:v', '-map', '1:a', ...enlarged, ...encoder],
        ...['-g', String(Math.round(keyFrameS * FPS)), '-c:a', 'aac', '-b:a', '64k', '-ar', '48000', ...this.#output, this.url],
      ],
      { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] },
    );
    this.#child = child;
    const [pictures, sounds] = [child.stdin, child.stdio[3]];
    if (pictures === null || !(sounds instanceof Writable)) throw new Error('the encoder has no input');
    // Whoever kills the encoder knows why.
    for (const pipe of [pictures, sounds]) pipe.on('error', () => pipe.destroy());
    this.beganMs = Date.now();
    const beganMs = performance.now();
    let step = 0;
    const play = (): void => {
      for (; (step * 1000) / FPS <= performance.now() - beganMs && !pictures.destroyed; step++) {
        // An encoder that stands still misses pictures and sound alike: the pictures go on telling the time.
        if (pictures.writableLength > MAX_WAITING_BYTES) {
          this.missed += 1;
          continue;
        }
        pictures.write(drawn.draw((this.beganMs ?? 0) + (step * 1000) / FPS));
        sounds.write(stretchOf(sound, step * STEP_SAMPLES));
      }
      this.#timer = setTimeout(play, 10);
    };
    play();
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

/** `STEP_SAMPLES` from there on, of what is repeated for ever. */
function stretchOf(sound: Int16Array, from: number): Buffer {
  const bytes = Buffer.alloc(STEP_SAMPLES * 2);
  for (let index = 0; index < STEP_SAMPLES; index++) bytes.writeInt16LE(sound[(from + index) % sound.length] ?? 0, index * 2);
  return bytes;
}
