import { copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from '../recording.ts';

/** The segments of a recording in a second folder: one more name for the same bytes, so that dropping the recording takes nothing away. */

const AT_ONCE = 16;
/** Another disk, a file system without links, or too many of them. */
const COPIED = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP']);

/** Those that are still there; retention may have dropped the oldest meanwhile. Rejects with what the disk said, or the signal's reason. */
export async function linkSegments(
  from: string,
  to: string,
  segments: readonly Segment[],
  { progress, signal }: { readonly progress?: (percentage: number) => void; readonly signal?: AbortSignal } = {},
): Promise<readonly Segment[]> {
  for (const init of new Set(segments.map((segment) => segment.init))) await linkFile(join(from, init), join(to, init));
  const there: Segment[] = [];
  for (let at = 0; at < segments.length; at += AT_ONCE) {
    signal?.throwIfAborted();
    const some = segments.slice(at, at + AT_ONCE);
    const found = await Promise.all(some.map(({ file }) => linkFile(join(from, file), join(to, file))));
    there.push(...some.filter((_, index) => found[index]));
    progress?.((100 * (at + some.length)) / segments.length);
  }
  return there;
}

/** False: it is gone. */
async function linkFile(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (!COPIED.has(code)) throw cause;
    await copyFile(from, to);
  }
  return true;
}
