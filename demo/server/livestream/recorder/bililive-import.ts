import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LiveMedia } from '../../media/create-media.ts';
import type { Bililive } from './bililive-api.ts';
import type { RecordedFile } from './bililive-session.ts';
import { RecorderError } from './recorder.ts';
import { wait } from './wait.ts';
import { streamIdOf } from './parts.ts';
import type { Parts } from './parts.ts';
import { recordOnce } from './record-once.ts';

/** A file of bililive-go's into the recording store: fetched, wrapped anew without encoding, a part from then on. */

export interface ImportOptions {
  readonly api: Pick<Bililive, 'fetch'>;
  readonly media: LiveMedia;
  readonly parts: Parts;
  readonly dataDir: string;
}

/**
 * ms of it that are kept; null = its task is gone. Rejects with a `RecorderError` when it cannot be fetched now, with an Error when it cannot
 * be read; nothing is left of it then.
 */
export async function importFile(
  { api, media, parts, dataDir }: ImportOptions,
  taskId: string,
  file: RecordedFile,
  signal: AbortSignal,
): Promise<number | null> {
  const refusal = media.unavailable ?? media.refusal();
  if (refusal !== null) throw new RecorderError('unavailable', `It cannot be taken in now: ${refusal}`);
  const folder = join(dataDir, 'livestream', taskId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fetched = join(folder, 'fetched.tmp');
  try {
    await api.fetch(file.path, fetched, signal);
    const part = await parts.begin(taskId, { source: file.path });
    if (part === null) return null;
    const source = { kind: 'recorded', path: fetched, startMs: file.startMs } as const;
    const stream = media.stream(streamIdOf(taskId), source, { tracks: ['audio', 'video'], store: true });
    const disk = { full: false };
    const run = await recordOnce({ stream, signal, onLive: () => undefined, onRoom: (room) => (disk.full ||= !room) });
    if (run.kind === 'ended' && !disk.full) return await parts.finish(part);
    await parts.drop([part.id]);
    throw new Error(disk.full ? 'the disk is full' : run.why);
  } finally {
    await rm(fetched, { force: true });
  }
}

const LOOK_AGAIN_MS = 500;
const MOST_LOOKS = 20;
/** Looks after which there are none. */
const EMPTY_LOOKS = 4;

/** What `list` tells, once it tells the same twice: files are still closed, or converted. */
export async function settledFiles(
  list: () => Promise<readonly RecordedFile[]>,
  signal: AbortSignal,
): Promise<readonly RecordedFile[]> {
  let before = '';
  for (let looks = 1; ; looks++) {
    const files = await list();
    const now = JSON.stringify(files);
    const same = files.length > 0 ? now === before : looks >= EMPTY_LOOKS;
    if (same || looks >= MOST_LOOKS) return files;
    before = now;
    await wait(LOOK_AGAIN_MS, signal);
    signal.throwIfAborted();
  }
}
