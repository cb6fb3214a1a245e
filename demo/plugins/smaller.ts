import { minify } from 'terser';
import type { Plugin } from 'vite';

/** tslib's helpers for asynchronous iteration, as far as rxjs needs them, on what every browser has had for years. */
const HELPERS = `
export const __asyncValues = (source) => source[Symbol.asyncIterator]();
export const __awaiter = async (self, _arguments, _promise, generator) => {
  const steps = generator.call(self);
  let step = steps.next();
  while (!step.done) {
    let value;
    try {
      value = await step.value;
    } catch (cause) {
      step = steps.throw(cause);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
};`;

const STREAMS = `
export const isReadableStreamLike = (value) => typeof value?.getReader === 'function';
export async function* readableStreamLikeToAsyncGenerator(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}`;

/** rxjs's newest build is ES2015 and brings helpers for what the language has had since; here it gets the language's own. */
export function nativeAsync(): Plugin {
  const id = '\0native-async';
  return {
    name: 'native-async',
    enforce: 'pre',
    resolveId: (source) => (source === 'tslib' ? id : null),
    load: (path) => {
      if (path === id) return HELPERS;
      return path.endsWith('/rxjs/dist/esm/internal/util/isReadableStreamLike.js') ? STREAMS : null;
    },
  };
}

/** A second minifier finds another two in a hundred after the bundler's own; worth its seconds where each byte is counted. */
export function secondMinifier(): Plugin {
  return {
    name: 'second-minifier',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          const { code } = await minify(file.code, { module: true, ecma: 2020, compress: { passes: 3 } });
          if (code === undefined) throw new Error(`${file.fileName} became nothing`);
          file.code = code;
        }
      },
    },
  };
}
