import type { Plugin } from 'vite';

/**
 * The bundler's runtime is one function of a hundred bytes, which makes a module's namespace, in a chunk of its own: one more request on the
 * way to the first word. Here every chunk that uses it has it.
 */

const FUNCTION = 'all=>{const made={};for(const name in all)Object.defineProperty(made,name,{get:all[name]});return made}';

export function inlinedRuntime(): Plugin {
  return {
    name: 'inlined-runtime',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const runtime = chunks.find(({ moduleIds }) => moduleIds.length === 1 && moduleIds[0] === '\0rolldown/runtime.js');
      if (runtime === undefined) throw new Error('the bundler made no runtime: take this plugin away');
      if (runtime.exports.length !== 1) throw new Error(`the bundler's runtime does more: ${runtime.exports.join()}`);
      const statement = new RegExp(`import\\{\\w+ as (\\w+)\\}from"\\.{1,2}/(?:chunks/)?${runtime.name}-[\\w-]+\\.js";`);
      for (const chunk of chunks.filter(({ imports }) => imports.includes(runtime.fileName))) {
        const code = chunk.code.replace(statement, (_statement, name: string) => `const ${name}=${FUNCTION};`);
        if (code === chunk.code) throw new Error(`${chunk.fileName} has the runtime in a way that is not known here`);
        chunk.code = code;
        chunk.imports.splice(chunk.imports.indexOf(runtime.fileName), 1);
      }
      Reflect.deleteProperty(bundle, runtime.fileName);
    },
  };
}
