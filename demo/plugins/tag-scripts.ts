import type { Plugin } from 'vite';

/**
 * A script of its own for each element that stands alone (`viva-captions.js` …), which registers it at once: for pages that want only
 * that one, and for those that have it inside a shadow root, where the tag's script does not look.
 */
export function tagScripts(): Plugin {
  return {
    name: 'tag-scripts',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const alone = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/alone.ts') === true);
      if (alone === undefined) throw new Error('src/alone.ts has no chunk of its own');
      const fetched = this.getModuleInfo(alone.facadeModuleId ?? '')?.dynamicallyImportedIds ?? [];
      // What connects an element is fetched beside it.
      for (const id of fetched.filter((each) => !each.endsWith('-edges.ts'))) {
        const name = /\/elements\/([^/]+)\/define\.ts$/.exec(id)?.[1];
        // A chunk that several need is nobody's own; what is in it tells.
        const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(id));
        if (name === undefined || chunk === undefined) throw new Error(`src/alone.ts fetches ${id}, which is no element's`);
        const { fileName, imports } = chunk;
        // All that it needs is named here, so that it is asked for at once.
        const source = [fileName, ...imports].map((each) => `import './${each}';\n`).join('');
        this.emitFile({ type: 'asset', fileName: `viva-${name}.js`, source });
      }
    },
  };
}
