/**
 * Silero VAD v5 at 16 kHz, computed here: 0.3 million weights and 0.6 million multiplications a window need no runtime, and the runtime at
 * hand (sherpa-onnx) tells only yes or no with a window of delay. Layout: a short-time Fourier transform, four convolutions, an LSTM cell.
 */

/** Samples of one judgement: 32 ms. */
export const WINDOW_SAMPLES = 512;
/** Samples of the window before that the network is given again. */
const CONTEXT = 64;
const FFT = 256;
const HOP = 128;
const BINS = 129;
const FRAMES = 4;
const HIDDEN = 128;

interface Convolution {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: number;
}

export class Silero {
  readonly #basis: Float32Array;
  readonly #convolutions: readonly Convolution[];
  readonly #inputWeight: Float32Array;
  readonly #hiddenWeight: Float32Array;
  readonly #gateBias: Float32Array;
  readonly #outWeight: Float32Array;
  readonly #outBias: number;
  // Scratch, shared by all streams: one window is computed at a time.
  readonly #signal = new Float32Array(CONTEXT + WINDOW_SAMPLES + CONTEXT);
  readonly #planes = [new Float32Array(HIDDEN * (FRAMES + 2) + BINS * (FRAMES + 2)), new Float32Array(HIDDEN * (FRAMES + 2))];
  readonly #gates = new Float32Array(4 * HIDDEN);

  /** `tensors`: by the names of `silero_vad_v5.onnx`. Throws when one is missing or has another size. */
  constructor(tensors: ReadonlyMap<string, Float32Array>) {
    const tensor = (name: string, length: number): Float32Array => {
      const found = tensors.get(`If_0_then_branch__Inline_0__${name}`);
      if (found?.length !== length) throw new Error(`the Silero model has no ${name} of ${String(length)} numbers`);
      return found;
    };
    this.#basis = tensor('stft.forward_basis_buffer', 2 * BINS * FFT);
    const shapes = [
      [BINS, 128, 1],
      [128, 64, 2],
      [64, 64, 2],
      [64, 128, 1],
    ] as const;
    this.#convolutions = shapes.map(([inputs, outputs, stride], index) => ({
      weight: tensor(`encoder.${String(index)}.reparam_conv.weight`, outputs * inputs * 3),
      bias: tensor(`encoder.${String(index)}.reparam_conv.bias`, outputs),
      inputs,
      outputs,
      stride,
    }));
    this.#inputWeight = tensor('decoder.rnn.weight_ih', 4 * HIDDEN * HIDDEN);
    this.#hiddenWeight = tensor('decoder.rnn.weight_hh', 4 * HIDDEN * HIDDEN);
    const inputBias = tensor('decoder.rnn.bias_ih', 4 * HIDDEN);
    const hiddenBias = tensor('decoder.rnn.bias_hh', 4 * HIDDEN);
    this.#gateBias = inputBias.map((bias, index) => bias + (hiddenBias[index] ?? 0));
    this.#outWeight = tensor('decoder.decoder.2.weight', HIDDEN);
    this.#outBias = tensor('decoder.decoder.2.bias', 1)[0] ?? 0;
  }

  /** Probability 0–1 that `window` (512 samples, −1…1) holds speech; `memory` moves on by one window. */
  probability(window: Float32Array, memory: SileroMemory): number {
    const signal = this.#signal;
    signal.set(memory.context);
    signal.set(window, CONTEXT);
    // Reflected at the end, without repeating the last sample.
    const last = CONTEXT + WINDOW_SAMPLES - 1;
    for (let index = 1; index <= CONTEXT; index++) signal[last + index] = signal[last - index] as number;
    memory.context.set(window.subarray(WINDOW_SAMPLES - CONTEXT));

    let input = this.#planes[0] as Float32Array;
    let output = this.#planes[1] as Float32Array;
    this.#magnitudes(input);
    let frames = FRAMES;
    for (const convolution of this.#convolutions) {
      frames = convolve(convolution, input, frames, output);
      [input, output] = [output, input];
    }
    return this.#recur(input, memory);
  }

  /** Bin-major planes: `plane[bin * FRAMES + frame]`. */
  #magnitudes(plane: Float32Array): void {
    const basis = this.#basis;
    const signal = this.#signal;
    for (let frame = 0; frame < FRAMES; frame++) {
      const from = frame * HOP;
      for (let bin = 0; bin < BINS; bin++) {
        const realRow = bin * FFT;
        const imaginaryRow = (bin + BINS) * FFT;
        let real = 0;
        let imaginary = 0;
        for (let index = 0; index < FFT; index++) {
          const sample = signal[from + index] as number;
          real += sample * (basis[realRow + index] as number);
          imaginary += sample * (basis[imaginaryRow + index] as number);
        }
        plane[bin * FRAMES + frame] = Math.sqrt(real * real + imaginary * imaginary);
      }
    }
  }

  /** One step of the LSTM cell (gates in PyTorch's order: input, forget, cell, output), then one number out of it. */
  #recur(input: Float32Array, memory: SileroMemory): number {
    const { hidden, cell } = memory;
    const gates = this.#gates;
    const inputWeight = this.#inputWeight;
    const hiddenWeight = this.#hiddenWeight;
    for (let gate = 0; gate < 4 * HIDDEN; gate++) {
      const row = gate * HIDDEN;
      let sum = this.#gateBias[gate] as number;
      for (let index = 0; index < HIDDEN; index++) {
        sum +=
          (input[index] as number) * (inputWeight[row + index] as number) +
          (hidden[index] as number) * (hiddenWeight[row + index] as number);
      }
      gates[gate] = sum;
    }
    let out = this.#outBias;
    for (let unit = 0; unit < HIDDEN; unit++) {
      const kept = sigmoid(gates[HIDDEN + unit] as number) * (cell[unit] as number);
      const added = sigmoid(gates[unit] as number) * Math.tanh(gates[2 * HIDDEN + unit] as number);
      const now = kept + added;
      const shown = sigmoid(gates[3 * HIDDEN + unit] as number) * Math.tanh(now);
      cell[unit] = now;
      hidden[unit] = shown;
      if (shown > 0) out += shown * (this.#outWeight[unit] as number);
    }
    return sigmoid(out);
  }
}

/** What the network remembers of one stream. */
export class SileroMemory {
  readonly context = new Float32Array(CONTEXT);
  readonly hidden = new Float32Array(HIDDEN);
  readonly cell = new Float32Array(HIDDEN);
}

/** Width 3, one frame of zeros on both sides, then everything below zero cut off. Returns the number of frames left. */
function convolve(
  { weight, bias, inputs, outputs, stride }: Convolution,
  from: Float32Array,
  frames: number,
  to: Float32Array,
): number {
  const framesOut = Math.floor((frames - 1) / stride) + 1;
  for (let output = 0; output < outputs; output++) {
    for (let frame = 0; frame < framesOut; frame++) {
      const first = frame * stride - 1;
      const begin = first < 0 ? 1 : 0;
      const end = Math.min(3, frames - first);
      let sum = bias[output] as number;
      for (let tap = begin; tap < end; tap++) {
        let at = output * inputs * 3 + tap;
        let source = first + tap;
        for (let input = 0; input < inputs; input++) {
          sum += (weight[at] as number) * (from[source] as number);
          at += 3;
          source += frames;
        }
      }
      to[output * framesOut + frame] = sum > 0 ? sum : 0;
    }
  }
  return framesOut;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
