import { basename } from 'node:path';
import type { Plugin } from 'vite';

const query = '.worker.ts?worker&url';
const mark = '\0shared-worker:';

/**
 * In the embed build the voice worker is one more entry of the same bundle instead of a bundle of its own, so that page and worker
 * fetch rxjs once. Bundlers of guests cannot follow that, so the library keeps the worker whole. Worklets stay whole in both: what they
 * share is less than another request costs.
 */
export function workerSharesChunks(): Plugin {
  return {
    name: 'worker-shares-chunks',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(query)) return null;
      const script = await this.resolve(source.slice(0, -'?worker&url'.length), importer, { skipSelf: true });
      return script === null ? null : mark + script.id;
    },
    load(id) {
      if (!id.startsWith(mark)) return null;
      const path = id.slice(mark.length);
      const reference = this.emitFile({ type: 'chunk', id: path, fileName: basename(path).replace(/\.ts$/, '.js') });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}
