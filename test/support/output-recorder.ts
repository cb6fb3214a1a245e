import type { Page } from '@playwright/test';

/** Writes down every sample that a page sends to its loudspeaker, as the AudioContext's destination gets it. */

/** Samples in one message: short, so that a test can act on what sounds right now. */
const BLOCK = 512;

const PATH = '/__output-recorder.js';

const WORKLET = `
registerProcessor('test-output-recorder', class extends AudioWorkletProcessor {
  constructor() { super(); this.block = new Float32Array(${String(BLOCK)}); this.filled = 0; this.first = 0; }
  process(inputs) {
    const input = inputs[0][0];
    if (this.filled === 0) this.first = currentFrame;
    for (let index = 0; index < 128; index += 1) this.block[this.filled + index] = input === undefined ? 0 : input[index];
    this.filled += 128;
    if (this.filled === ${String(BLOCK)}) {
      this.port.postMessage({ first: this.first, rate: sampleRate, block: this.block });
      this.filled = 0;
    }
    return true;
  }
});`;

/** To be served on the page's own origin. */
export const recorderScripts: Readonly<Record<string, string>> = { [PATH]: WORKLET };

type Block = { readonly first: number; readonly rate: number; readonly block: Float32Array };

/** In the page: whatever is connected to a destination is connected to a recorder as well. */
function install(path: string): void {
  const blocks: Block[] = [];
  const waiting: { readonly above: number; readonly tell: () => void }[] = [];
  const soundNow = (above: number): Promise<void> => new Promise((tell) => waiting.push({ above, tell }));
  Object.assign(globalThis, { recordedOutput: blocks, soundNow });
  const recorders = new WeakMap<BaseAudioContext, Promise<AudioWorkletNode>>();
  const recorder = (context: AudioContext): Promise<AudioWorkletNode> => {
    const known = recorders.get(context);
    if (known !== undefined) return known;
    // Another context has another clock.
    blocks.splice(0);
    const made = context.audioWorklet.addModule(path).then(() => {
      const node = new AudioWorkletNode(context, 'test-output-recorder', { numberOfOutputs: 0 });
      Object.assign(globalThis, { recordedContext: context });
      node.port.onmessage = ({ data }: MessageEvent<Block>) => {
        blocks.push(data);
        const loudest = data.block.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
        for (const { tell } of waiting.filter(({ above }) => loudest > above)) tell();
        waiting.splice(0, waiting.length, ...waiting.filter(({ above }) => loudest <= above));
      };
      return node;
    });
    recorders.set(context, made);
    return made;
  };
  const connect = AudioNode.prototype.connect as (this: AudioNode, target: AudioNode | AudioParam, ...rest: number[]) => unknown;
  AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode | AudioParam, ...rest: number[]) {
    if (target instanceof AudioDestinationNode && this.context instanceof AudioContext) {
      void recorder(this.context).then((node) => {
        connect.call(this, node);
      });
    }
    return connect.call(this, target, ...rest);
  } as typeof AudioNode.prototype.connect;
}

export interface RecordedOutput {
  /** Hz */
  readonly rate: number;
  /** When the first sample was rendered, on the AudioContext's clock, s. */
  readonly from: number;
  /** −1…1, from the first recorded frame to the last, gaps as zeros. */
  readonly samples: Float32Array;
}

/** Call before the page is opened; its origin serves `recorderScripts`. */
export async function recordOutput(page: Page): Promise<() => Promise<RecordedOutput>> {
  await page.addInitScript(install, PATH);
  return async () => {
    const { rate, begin, text } = await page.evaluate((size) => {
      const { recordedOutput: blocks } = globalThis as unknown as {
        recordedOutput: Block[];
      };
      const begin = blocks[0]?.first ?? 0;
      const last = blocks.at(-1);
      const all = new Float32Array(last === undefined ? 0 : last.first + size - begin);
      for (const { first, block } of blocks) all.set(block, first - begin);
      const bytes = new Uint8Array(Int16Array.from(all, (value) => Math.round(value * 32_767)).buffer);
      let encoded = '';
      for (let at = 0; at < bytes.length; at += 32_768) encoded += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      return { rate: blocks[0]?.rate ?? 48_000, begin, text: btoa(encoded) };
    }, BLOCK);
    const bytes = Buffer.from(text, 'base64');
    const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    return { rate, from: begin / rate, samples: Float32Array.from(pcm, (value) => value / 32_767) };
  };
}

/** Stretches of sound, in samples: louder than −60 dBFS, gaps up to `gapMs` bridged. */
export function soundingStretches(
  { rate, samples }: Pick<RecordedOutput, 'rate' | 'samples'>,
  gapMs = 600,
): readonly { readonly from: number; readonly to: number }[] {
  const gap = (gapMs * rate) / 1000;
  const found: { from: number; to: number }[] = [];
  for (let index = 0; index < samples.length; index += 1) {
    if (Math.abs(samples[index] ?? 0) < 0.001) continue;
    const last = found.at(-1);
    if (last !== undefined && index - last.to <= gap) last.to = index + 1;
    else found.push({ from: index, to: index + 1 });
  }
  return found;
}

/** How much of the last sound is looked for, ms: the longest that is found again. A voice repeats itself within a few periods, so short is ambiguous. */
const LENGTHS_MS = [500, 300, 150, 80, 40];
/** Of 1: the sound came through a resampler, nothing else. With a gap of the playback inside, a piece is not found again. */
const ALIKE = 0.97;
/** The fade at the very end is like nothing else and left out, ms. */
const FADE_MS = 6;
/** How far from where it should be the end is looked for, ms. */
const REACH_MS = 150;

/**
 * Where in `whole` (at `rate`) the sound `heard` ends, ms, looked for around `nearMs`: by the likeness of its last moments. Throws if they
 * are not in it.
 */
export function endWithin(whole: Float32Array, rate: number, heard: Float32Array, heardRate: number, nearMs: number): number {
  const sent = smooth(whole);
  const tried = LENGTHS_MS.filter((length) => length * heardRate <= heard.length * 1000).map((length) =>
    lookFor(length, sent, rate, heard, heardRate, nearMs),
  );
  const found = tried.find(({ likeness }) => likeness >= ALIKE);
  if (found === undefined) {
    const best = tried.map(({ likeness, endMs }) => `${likeness.toFixed(3)} at ${endMs.toFixed(0)} ms`).join(', ');
    throw new Error(
      `the last sound that was heard is not in what the server sent: ${best}, looked for near ${nearMs.toFixed(0)} ms`,
    );
  }
  return found.endMs;
}

/** Samples that are averaged before sounds are compared: the two clocks may lie half a sample apart, which turns a hiss into another one. */
const SMOOTHED = 8;
/** Averages of averages: one alone lets too much of a hiss through. */
const PASSES = 3;
const SHORTER = PASSES * (SMOOTHED - 1);

/** As long as what was given, less SHORTER. */
function smooth(samples: Float32Array, passes = PASSES): Float32Array {
  if (passes === 0) return samples;
  const smoothed = new Float32Array(Math.max(0, samples.length - SMOOTHED + 1));
  for (let index = 0; index < smoothed.length; index += 1) {
    let sum = 0;
    for (let ahead = 0; ahead < SMOOTHED; ahead += 1) sum += samples[index + ahead] ?? 0;
    smoothed[index] = sum / SMOOTHED;
  }
  return smooth(smoothed, passes - 1);
}

function lookFor(
  length: number,
  whole: Float32Array,
  rate: number,
  heard: Float32Array,
  heardRate: number,
  nearMs: number,
): { readonly endMs: number; readonly likeness: number } {
  const at = (ms: number): number => {
    const position = heard.length - (ms * heardRate) / 1000;
    const low = Math.floor(position);
    return (heard[low] ?? 0) * (1 - position + low) + (heard[low + 1] ?? 0) * (position - low);
  };
  const count = Math.floor(((length - FADE_MS) * rate) / 1000) - SHORTER;
  const sampled = Float32Array.from({ length: count + SHORTER }, (_, index) => at(length - (index * 1000) / rate));
  const piece = smooth(sampled);
  const power = piece.reduce((sum, value) => sum + value * value, 1e-9);
  const expected = Math.round(((nearMs - length) * rate) / 1000);
  const reach = Math.round((REACH_MS * rate) / 1000);
  let best = expected;
  let likeness = -Infinity;
  for (let from = Math.max(0, expected - reach); from <= expected + reach && from + count <= whole.length; from += 1) {
    let product = 0;
    let energy = 1e-9;
    for (let index = 0; index < count; index += 1) {
      const value = whole[from + index] ?? 0;
      product += value * (piece[index] ?? 0);
      energy += value * value;
    }
    const alike = product / Math.sqrt(energy * power);
    if (alike > likeness) [likeness, best] = [alike, from];
  }
  return { endMs: (best * 1000) / rate + length, likeness };
}
