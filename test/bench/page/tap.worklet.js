/** Listens to the last node of a graph: tells when it begins to sound and when it has fallen silent. */

/** 50 dB below the loudest is silence. */
const SILENCE = 10 ** (-50 / 20);
const QUIETEST = 1e-5;

class TapProcessor extends AudioWorkletProcessor {
  #loudest = 0;
  #sounding = false;
  #soundedAt = 0;

  process(inputs) {
    let peak = 0;
    const input = inputs[0]?.[0];
    if (input !== undefined) for (let index = 0; index < input.length; index++) peak = Math.max(peak, Math.abs(input[index]));
    this.#loudest = Math.max(this.#loudest, peak);
    const sounding = peak > Math.max(QUIETEST, this.#loudest * SILENCE);
    if (sounding) this.#soundedAt = currentTime + 128 / sampleRate;
    if (sounding !== this.#sounding && (sounding || currentTime - this.#soundedAt > 0.05)) {
      this.#sounding = sounding;
      this.port.postMessage({ sounding, at: sounding ? currentTime : this.#soundedAt });
      if (!sounding) this.#loudest = 0;
    }
    return true;
  }
}

registerProcessor('bench-tap', TapProcessor);
