import type { CDPSession } from '@playwright/test';

/** What a page holds after its garbage was collected. */

export interface Held {
  /** JavaScript objects, bytes. */
  readonly heapBytes: number;
  /** Nodes, styles and the like on the browser's side, bytes. */
  readonly domBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** Collects more than once: what weak references and finalizers hold goes one collection later. */
export async function heldBy(cdp: CDPSession): Promise<Held> {
  for (let time = 0; time < 4; time++) await cdp.send('HeapProfiler.collectGarbage');
  const usage: HeapUsage = await cdp.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners, documents } = await cdp.send('Memory.getDOMCounters');
  return {
    heapBytes: usage.usedSize,
    domBytes: (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0),
    nodes,
    listeners: jsEventListeners,
    documents,
  };
}

/** Strings in a snapshot of the heap that have `words` in them. */
export async function heapStrings(cdp: CDPSession, words: string): Promise<readonly string[]> {
  const pieces: string[] = [];
  const keep = ({ chunk }: { readonly chunk: string }): void => void pieces.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await cdp.send('HeapProfiler.takeHeapSnapshot', {});
  cdp.off('HeapProfiler.addHeapSnapshotChunk', keep);
  const { strings } = JSON.parse(pieces.join('')) as { readonly strings: readonly string[] };
  return strings.filter((text) => text.includes(words));
}
