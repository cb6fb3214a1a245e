import type { Plugin, Rolldown } from 'vite';

/**
 * A chunk that is fetched by `import()` names everything that it needs, so that a browser asks for all of it at once instead of finding one
 * after the other. `entry`: whose chunks are there before.
 */
export function flatImports(entry: string): Plugin {
  return {
    name: 'flat-imports',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
      );
      const there = reached([entry], chunks);
      for (const chunk of chunks.values()) {
        if (!chunk.isDynamicEntry || !chunk.fileName.startsWith('chunks/')) continue;
        const named = new Set([chunk.fileName, ...chunk.imports, ...there]);
        const found = [...reached(chunk.imports, chunks)].filter((name) => !named.has(name));
        chunk.code = found.map((name) => `import"${name.replace(/^chunks\//, './')}";`).join('') + chunk.code;
        chunk.imports.push(...found);
      }
    },
  };
}

/** `names` and all that they import, at any depth. */
function reached(names: readonly string[], chunks: ReadonlyMap<string, Rolldown.OutputChunk>): ReadonlySet<string> {
  const found = new Set(names);
  // A set takes what is added while it is walked.
  for (const name of found) for (const imported of chunks.get(name)?.imports ?? []) found.add(imported);
  return found;
}
