import { join } from 'node:path';
import koffi from 'koffi';
import type { ConfidentWord, GrowingRecognizer } from './growing.ts';

/** The part of libvosk 0.3 (vosk_api.h) that is used here. Recognition runs on threads of its own, off the event loop. */

type Pointer = unknown;
type Callback<T> = (error: Error | null, result: T) => void;
interface Native<A extends readonly unknown[], T> {
  (...args: A): T;
  readonly async: (...args: [...A, Callback<T>]) => void;
}

const RATE = 16_000;

export class Vosk {
  readonly #model: Pointer;
  readonly #newRecognizer: Native<[Pointer, number], Pointer>;
  readonly #setWords: Native<[Pointer, number], undefined>;
  readonly #setPartialWords: Native<[Pointer, number], undefined>;
  readonly #accept: Native<[Pointer, Int16Array, number], number>;
  readonly #partial: Native<[Pointer], string>;
  readonly #result: Native<[Pointer], string>;
  readonly #final: Native<[Pointer], string>;
  readonly #free: Native<[Pointer], undefined>;

  /** Throws when the library does not load here or the model is not whole. */
  constructor(options: { readonly library: string; readonly model: string }) {
    const library = koffi.load(join(options.library, 'libvosk'));
    const native = <A extends readonly unknown[], T>(declaration: string): Native<A, T> =>
      library.func(declaration) as Native<A, T>;
    const setLogLevel: Native<[number], undefined> = native('void vosk_set_log_level(int)');
    setLogLevel(-1);
    this.#newRecognizer = native('void* vosk_recognizer_new(void*, float)');
    this.#setWords = native('void vosk_recognizer_set_words(void*, int)');
    this.#setPartialWords = native('void vosk_recognizer_set_partial_words(void*, int)');
    this.#accept = native('int vosk_recognizer_accept_waveform_s(void*, const int16_t*, int)');
    this.#partial = native('const char* vosk_recognizer_partial_result(void*)');
    this.#result = native('const char* vosk_recognizer_result(void*)');
    this.#final = native('const char* vosk_recognizer_final_result(void*)');
    this.#free = native('void vosk_recognizer_free(void*)');
    this.#model = native<[string], Pointer>('void* vosk_model_new(const char*)')(options.model);
    if (this.#model === null) throw new Error(`no model of Vosk in ${options.model}`);
  }

  open(): GrowingRecognizer {
    const recognizer = this.#newRecognizer(this.#model, RATE);
    this.#setWords(recognizer, 1);
    this.#setPartialWords(recognizer, 1);
    return {
      feed: (samples) =>
        new Promise((resolve, reject) => {
          this.#accept.async(recognizer, samples, samples.length, (error, ended) => {
            if (error !== null) reject(error);
            else if (ended < 0) reject(new Error('Vosk failed on the samples'));
            // It ends a sentence by itself after a pause.
            else resolve(ended === 1 ? words(this.#result(recognizer)) : []);
          });
        }),
      pending: () => words(this.#partial(recognizer)),
      finish: () =>
        new Promise((resolve, reject) => {
          this.#final.async(recognizer, (error, json) => (error === null ? resolve(words(json)) : reject(error)));
        }),
      close: () => this.#free(recognizer),
    };
  }
}

interface Told {
  readonly word: string;
  readonly conf: number;
  readonly start: number;
  readonly end: number;
}

function words(json: string): readonly ConfidentWord[] {
  const told = JSON.parse(json) as { readonly result?: readonly Told[]; readonly partial_result?: readonly Told[] };
  return (told.result ?? told.partial_result ?? []).map(({ word, conf, start, end }) => ({
    word,
    confidence: conf,
    startSeconds: start,
    seconds: end - start,
  }));
}
