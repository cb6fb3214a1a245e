import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg|json|txt)$/;

/** Smaller than this, the headers outweigh what compression saves. */
const WORTH_BYTES = 1024;

/** Writes `.br` and `.gz` beside every text file of a folder, so that the server has nothing to compress. */
export function compressFolder(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => TEXT.test(path))) {
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < WORTH_BYTES) continue;
    const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params: hint }));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

export function compressedBeside(): Plugin {
  let folder = '';
  return {
    name: 'compressed-beside',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir);
    },
    // Also called after a failure, whose own words must not be lost behind ours.
    closeBundle: () => {
      if (existsSync(folder)) compressFolder(folder);
    },
  };
}
