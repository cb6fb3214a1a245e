import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** espeak-ng as the WebAssembly program that its npm package holds: a fresh instance a clause, as a command line would start it. */

export interface EspeakOptions {
  /** Of espeak-ng, with a variant: `es+f2`. */
  readonly voice: string;
  /** 80–450 */
  readonly wordsPerMinute: number;
}

interface Instance {
  readonly FS: { readFile(path: string): Uint8Array; writeFile(path: string, data: string): void };
}

/** What Emscripten takes (emscripten.org, Module object). */
type Make = (options: {
  readonly arguments: readonly string[];
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
  readonly preRun: readonly ((module: Instance) => void)[];
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => object;
}) => Promise<Instance>;

export interface Speech {
  readonly samples: Float32Array;
  /** Hz */
  readonly rate: number;
}

export class Espeak {
  readonly #make: Make;
  readonly #module: WebAssembly.Module;

  constructor(make: Make, module: WebAssembly.Module) {
    this.#make = make;
    this.#module = module;
  }

  /** `folder`: of its files. */
  static async open(folder: string): Promise<Espeak> {
    const [module, script] = await Promise.all([
      readFile(join(folder, 'espeak-ng.wasm')).then((bytes) => WebAssembly.compile(bytes)),
      import(pathToFileURL(join(folder, 'espeak-ng.mjs')).href) as Promise<{ readonly default: Make }>,
    ]);
    return new Espeak(script.default, module);
  }

  /** Throws when it has no such voice. */
  async speak(text: string, { voice, wordsPerMinute }: EspeakOptions): Promise<Speech> {
    const instance = await this.#make({
      // From a file: a text that begins with `-` is no option then.
      arguments: ['-v', voice, '-s', String(Math.round(wordsPerMinute)), '-b', '1', '-f', TEXT, '-w', SOUND],
      // It prints what it was given when something is wrong: nobody's words go to a log.
      print: () => undefined,
      printErr: () => undefined,
      preRun: [(module) => module.FS.writeFile(TEXT, text)],
      instantiateWasm: (imports, done) => {
        void WebAssembly.instantiate(this.#module, imports).then((made) => done(made, this.#module));
        return {};
      },
    });
    try {
      return wav(instance.FS.readFile(SOUND));
    } catch (cause) {
      throw new Error(`espeak-ng said nothing with the voice ${voice}`, { cause });
    }
  }
}

const TEXT = 'text';
const SOUND = 'sound.wav';
/** Its header has always this length (espeak-ng, `OpenWavFile`). */
const HEADER_BYTES = 44;

function wav(bytes: Uint8Array): Speech {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(Math.max(0, (bytes.byteLength - HEADER_BYTES) >> 1));
  for (let at = 0; at < samples.length; at++) samples[at] = view.getInt16(HEADER_BYTES + 2 * at, true) / 32_768;
  return { samples, rate: view.getUint32(24, true) };
}
