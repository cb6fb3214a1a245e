import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Other people's packages to measure ours beside: fetched from the npm registry into a cache, never part of this project. */

const run = promisify(execFile);
const CACHE = join(import.meta.dirname, '../../.cache/bench');

/** The folder of an unpacked package, e.g. of `wavtools@0.1.5`; null when the registry does not give it, which is told. */
export async function fetchRival(spec: string): Promise<string | null> {
  const folder = join(CACHE, spec.replace(/^@/, '').replace(/[/@]/g, '-'));
  const unpacked = join(folder, 'package');
  if (existsSync(join(unpacked, 'package.json'))) return unpacked;
  mkdirSync(folder, { recursive: true });
  try {
    const { stdout } = await run('npm', ['pack', spec, '--silent', '--workspaces=false', '--pack-destination', folder], {
      cwd: folder,
    });
    await run('tar', ['-xzf', join(folder, stdout.trim().split('\n').at(-1) ?? ''), '-C', folder]);
    return unpacked;
  } catch (cause) {
    console.log(`  ${spec} cannot be fetched: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)}`);
    return null;
  }
}

export const cacheFolder = (name: string): string => {
  const folder = join(CACHE, name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** A folder as a site would have it to offer Silero on demand; null when its packages are not to be had. */
export async function sileroFolder(): Promise<string | null> {
  const [runtime, model] = [await fetchRival('onnxruntime-web@1.30.0'), await fetchRival('@ricky0123/vad-web@0.0.31')];
  if (runtime === null || model === null) return null;
  const folder = cacheFolder('silero');
  for (const name of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
    copyFileSync(join(runtime, 'dist', name), join(folder, name));
  }
  copyFileSync(join(model, 'dist/silero_vad_v5.onnx'), join(folder, 'silero_vad_v5.onnx'));
  return folder;
}
