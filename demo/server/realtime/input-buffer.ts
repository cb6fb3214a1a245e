import { bytesPerSample, decodeAudio, rateOf } from './audio/format.ts';
import type { AudioFormat } from './audio/format.ts';
import { NoiseReduction } from './audio/noise-reduction.ts';
import type { NoiseReductionSettings } from './audio/noise-reduction.ts';
import { Resampler } from './audio/resampler.ts';
import { SampleLog } from './audio/sample-log.ts';
import { RealtimeFault } from './errors.ts';

/**
 * The sound a client appended: as it came, and as the engines hear it (16 kHz, less noisy). Positions are samples at 16 kHz since the
 * first append ever, so they stay true across commits, clears and changes of format.
 */

/** Hz of everything the engines hear. */
export const ENGINE_RATE = 16000;

/** What may wait in the buffer, in seconds. */
export const MAX_BUFFER_SECONDS = 300;

export class InputBuffer {
  #format: AudioFormat;
  #noise: NoiseReduction | null;
  #resampler: Resampler;
  #raw = new SampleLog();
  /** Position at 16 kHz of the first raw sample since the format last changed. */
  #rawOrigin = 0;
  readonly #heard = new SampleLog();
  #odd: number | null = null;
  /** Start of what the next commit takes. */
  #from = 0;

  constructor(format: AudioFormat, noise: NoiseReductionSettings | null) {
    this.#format = format;
    this.#noise = noise && new NoiseReduction(noise);
    this.#resampler = new Resampler(rateOf(format), ENGINE_RATE);
  }

  /** Position after the newest sample. */
  get end(): number {
    return this.#heard.end;
  }

  /** Position of the first sample that is not committed yet. */
  get start(): number {
    return this.#from;
  }

  reduceNoise(settings: NoiseReductionSettings | null): void {
    this.#noise = settings && new NoiseReduction(settings);
  }

  /** What waits is forgotten: bytes of two formats cannot be one item. */
  changeFormat(format: AudioFormat): void {
    this.#format = format;
    this.#resampler = new Resampler(rateOf(format), ENGINE_RATE);
    this.#raw = new SampleLog();
    this.#rawOrigin = this.end;
    this.#odd = null;
    this.clear();
  }

  /** Takes base64; returns the new sound as the engines hear it. Throws `invalid_value` or `input_audio_buffer_full`. */
  append(base64: string): Int16Array {
    if (!/^[A-Za-z0-9+/_-]*={0,2}\s*$/.test(base64)) {
      throw new RealtimeFault('invalid_value', "Invalid 'audio': it is not base64.", 'audio');
    }
    const bytes = Buffer.from(base64, 'base64');
    const seconds = bytes.length / bytesPerSample(this.#format) / rateOf(this.#format);
    if ((this.end - this.#from) / ENGINE_RATE + seconds > MAX_BUFFER_SECONDS) {
      throw new RealtimeFault(
        'input_audio_buffer_full',
        `The input audio buffer holds ${MAX_BUFFER_SECONDS} seconds at most; commit or clear it.`,
        'audio',
      );
    }
    const pcm = decodeAudio(this.#wholeSamples(bytes), this.#format);
    this.#raw.append(pcm);
    const resampled = this.#resampler.push(pcm);
    const heard = this.#noise === null ? resampled : this.#noise.process(resampled);
    this.#heard.append(heard);
    return heard;
  }

  /** As the engines hear it. */
  heard(from: number, to: number): Int16Array {
    return this.#heard.slice(from, to);
  }

  /** As it came, with its format. */
  raw(from: number, to: number): { readonly pcm: Int16Array; readonly format: AudioFormat } {
    const scale = rateOf(this.#format) / ENGINE_RATE;
    const at = (position: number): number => Math.round((position - this.#rawOrigin) * scale);
    return { pcm: this.#raw.slice(Math.max(0, at(from)), to >= this.end ? this.#raw.end : at(to)), format: this.#format };
  }

  /** Everything before `position` belongs to an item now, or to nothing. */
  advance(position: number): void {
    this.#from = Math.max(this.#from, Math.min(position, this.end));
    this.#forget(this.#from);
  }

  clear(): void {
    this.advance(this.end);
  }

  #forget(position: number): void {
    this.#heard.forgetBefore(position);
    const rawPosition = Math.floor(((position - this.#rawOrigin) * rateOf(this.#format)) / ENGINE_RATE);
    this.#raw.forgetBefore(position >= this.end ? this.#raw.end : rawPosition);
  }

  /** A frame may end in the middle of a sample. */
  #wholeSamples(bytes: Uint8Array): Uint8Array {
    if (bytesPerSample(this.#format) === 1) return bytes;
    const joined = this.#odd === null ? bytes : concat(this.#odd, bytes);
    this.#odd = joined.length % 2 === 1 ? (joined[joined.length - 1] ?? null) : null;
    return joined.length % 2 === 1 ? joined.subarray(0, joined.length - 1) : joined;
  }
}

function concat(first: number, rest: Uint8Array): Uint8Array {
  const joined = new Uint8Array(rest.length + 1);
  joined[0] = first;
  joined.set(rest, 1);
  return joined;
}
