import { concatMap, defer, from, ignoreElements, map, merge, of, tap, type Observable, type OperatorFunction } from 'rxjs';
import { RationalResampler } from '../../worklets/kernels/resampler.ts';
import { AssistantError } from '../shared/errors.ts';

/**
 * Silero's network as a better judge of what is speech: on demand, out of a folder of the page's own. It needs WebAssembly
 * (`'wasm-unsafe-eval'` in a strict policy), about 17 MB of files, and 0.25 ms for 32 ms of sound.
 */

/** The files of the folder: from the npm packages `onnxruntime-web` (dist/) and `@ricky0123/vad-web` 0.0.31 (dist/). */
const RUNTIME = 'ort.wasm.min.mjs';
const MODEL = 'silero_vad_v5.onnx';

const RATE = 16_000;
/** Samples that are judged at once, and of the ones before that the network sees with them. */
const WINDOW = 512;
const CONTEXT = 64;
/** Frames that may wait for a verdict; beyond, they go on without one. */
const MOST_WAITING = 10;

/** The part of onnxruntime-web that is used. */
export interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number; wasmPaths: string } };
  readonly Tensor: new (type: string, data: Float32Array | BigInt64Array, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: { create(model: string | Uint8Array, options?: object): Promise<OnnxSession> };
}

export interface OnnxTensor {
  readonly data: ArrayLike<number>;
}

export interface OnnxSession {
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

interface Frame {
  readonly pcm: Int16Array;
}

interface Judged {
  /** Of speech, 0–1. */
  readonly probability?: number;
}

/** One stream of sound judged by the network, which remembers what came before. */
export class Silero {
  readonly #runtime: OnnxRuntime;
  readonly #session: OnnxSession;
  readonly #rate: OnnxTensor;
  readonly #input = new Float32Array(CONTEXT + WINDOW);
  #state: OnnxTensor;
  #filled = CONTEXT;
  #probability = 0;

  constructor(runtime: OnnxRuntime, session: OnnxSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.#rate = new runtime.Tensor('int64', BigInt64Array.of(BigInt(RATE)), []);
    this.#state = new runtime.Tensor('float32', new Float32Array(2 * 128), [2, 1, 128]);
  }

  /** Takes samples at 16 kHz; the probability of speech (0–1) in the last whole window. */
  async hear(samples: Float32Array): Promise<number> {
    for (let taken = 0; taken < samples.length;) {
      const count = Math.min(samples.length - taken, this.#input.length - this.#filled);
      this.#input.set(samples.subarray(taken, taken + count), this.#filled);
      this.#filled += count;
      taken += count;
      if (this.#filled === this.#input.length) await this.#judge();
    }
    return this.#probability;
  }

  async #judge(): Promise<void> {
    const input = new this.#runtime.Tensor('float32', this.#input.slice(), [1, this.#input.length]);
    this.#input.copyWithin(0, WINDOW);
    this.#filled = CONTEXT;
    const { output, stateN } = await this.#session.run({ input, state: this.#state, sr: this.#rate });
    if (output === undefined || stateN === undefined)
      throw new AssistantError('unsupported', 'the model is not Silero VAD v5', { field: 'silero' });
    this.#state = stateN;
    this.#probability = output.data[0] ?? 0;
  }
}

/** Loads the runtime and the network from `folder`, an absolute URL. Fails with `unsupported`. */
async function load(folder: string): Promise<Silero> {
  const base = folder.replace(/\/*$/, '/');
  try {
    const runtime = (await import(/* @vite-ignore */ /* webpackIgnore: true */ base + RUNTIME)) as OnnxRuntime;
    runtime.env.wasm.numThreads = 1;
    runtime.env.wasm.wasmPaths = base;
    const session = await runtime.InferenceSession.create(base + MODEL, { executionProviders: ['wasm'] });
    return new Silero(runtime, session);
  } catch (cause) {
    throw new AssistantError('unsupported', `Silero cannot be loaded from ${base}`, { cause, field: 'silero' });
  }
}

/** −32 768…32 767 at `rate` Hz to −1…1 at 16 kHz. */
function toSixteen(rate: number): (pcm: Int16Array) => Float32Array {
  const resampler = new RationalResampler(rate, RATE, 2.75);
  return (pcm) => {
    const input = Float32Array.from(pcm, (sample) => sample / 32_768);
    const output = new Float32Array(Math.ceil((pcm.length * RATE) / rate) + 2);
    return output.slice(0, resampler.process(input, 0, input.length, output, output.length));
  };
}

/**
 * Gives each frame (at `rate` Hz) the probability that it is speech. Frames pass without one until the network is loaded, and whenever it
 * falls behind. Fails with `unsupported` when it cannot be loaded.
 */
export const withSilero = <T extends Frame>(folder: string, rate: number): OperatorFunction<T, T & Judged> =>
  judgedBy(
    defer(() => load(folder)),
    rate,
  );

export const judgedBy =
  <T extends Frame>(silero$: Observable<Silero>, rate: number): OperatorFunction<T, T & Judged> =>
  (frames$) =>
    defer(() => {
      const resample = toSixteen(rate);
      let silero: Silero | null = null;
      let waiting = 0;
      const loaded$ = silero$.pipe(
        tap((loaded) => (silero = loaded)),
        ignoreElements(),
      );
      const judged$ = frames$.pipe(
        tap(() => (waiting += 1)),
        concatMap((frame): Observable<T & Judged> => {
          waiting -= 1;
          if (silero === null || waiting > MOST_WAITING) return of(frame);
          return from(silero.hear(resample(frame.pcm))).pipe(map((probability) => ({ ...frame, probability })));
        }),
      );
      return merge(loaded$, judged$);
    });
