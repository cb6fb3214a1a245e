/** The microphone's processor, `viva-capture`: hands blocks to the kernel and posts the frames that it makes. */

import { CaptureKernel } from './kernels/capture.ts';
import type { CaptureCommand, CaptureFrame, CaptureLevel, CaptureOptions } from './messages.ts';

/** A level goes to the page so often: with every third frame of 20 ms. */
const MS_PER_LEVEL = 60;
/** While it is silent one in so many goes out, as a sign of life about once a second. */
const LEVELS_PER_BEAT = 16;
const SILENT = 1e-4;

class CaptureProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  readonly #kernel: CaptureKernel;
  readonly #silence = new Float32Array(128);
  #out: MessagePort | null = null;
  readonly #framesPerLevel: number;
  #wanted = true;
  #frames = 0;
  #quiet = 0;
  #loudest = 0;
  #clipped = 0;

  constructor({ processorOptions: { targetRate, frameMs } }: { readonly processorOptions: CaptureOptions }) {
    super();
    this.#framesPerLevel = Math.max(1, Math.round(MS_PER_LEVEL / frameMs));
    this.#kernel = new CaptureKernel(Math.round(sampleRate), targetRate, frameMs, () => this.#post());
    this.port.onmessage = ({ data }: MessageEvent<CaptureCommand>) => {
      if (data.type === 'connect') this.#out = data.port;
      else this.#wanted = false;
    };
  }

  process(inputs: Float32Array[][]): boolean {
    this.#kernel.process(inputs[0]?.[0] ?? this.#silence);
    return this.#wanted;
  }

  #post(): void {
    const { clipped, framer } = this.#kernel;
    const pcm = framer.pcm.slice().buffer;
    this.#out?.postMessage({ type: 'frame', pcm, at: framer.at, level: framer.level, clipped } satisfies CaptureFrame, [pcm]);
    this.#loudest = Math.max(this.#loudest, framer.level);
    this.#clipped += clipped;
    if (++this.#frames % this.#framesPerLevel === 0) this.#meter();
  }

  #meter(): void {
    this.#quiet = this.#loudest < SILENT ? this.#quiet + 1 : 0;
    if (this.#quiet <= 1 || this.#quiet % LEVELS_PER_BEAT === 0)
      this.port.postMessage({ type: 'level', level: this.#loudest, clipped: this.#clipped } satisfies CaptureLevel);
    this.#loudest = this.#clipped = 0;
  }
}

registerProcessor('viva-capture', CaptureProcessor);
