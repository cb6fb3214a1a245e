/** The loudspeaker's processor, `viva-playback`: its ports and its output, the rest is the kernel's. */

import { PlaybackKernel } from './kernels/playback.ts';
import type { PlaybackCommand } from './messages.ts';

class PlaybackProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  readonly #kernel = new PlaybackKernel(Math.round(sampleRate), {
    tell: (event) => this.#out?.postMessage(event),
    meter: (level) => this.port.postMessage(level),
  });
  #out: MessagePort | null = null;
  #wanted = true;

  constructor() {
    super();
    this.port.onmessage = this.#obey;
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    this.#kernel.render(outputs[0]![0]!, currentTime);
    return this.#wanted;
  }

  readonly #obey = ({ data }: MessageEvent<PlaybackCommand>): void => {
    if (data.type === 'connect') {
      this.#out = data.port;
      this.#out.onmessage = this.#obey;
    } else if (data.type === 'stop') this.#wanted = false;
    else this.#kernel.obey(data, Date.now());
  };
}

registerProcessor('viva-playback', PlaybackProcessor);
