import type { Logger } from 'pino';
import type { LogLevel } from '../task-log.ts';
import { isSame } from './bililive-api.ts';
import type { Bililive, BililiveLive } from './bililive-api.ts';
import { importFile, settledFiles } from './bililive-import.ts';
import type { ImportOptions } from './bililive-import.ts';
import { filesOf } from './bililive-session.ts';
import { RecorderError } from './recorder.ts';
import type { Watched } from './recorder.ts';

/** All files of one broadcast, from bililive-go to here. */

export interface BroadcastFiles {
  readonly task: Watched;
  /** As it was last listed; null = never. */
  readonly live: BililiveLive | null;
  /** Unix ms */
  readonly beganMs: number;
}

export interface FetchParts extends ImportOptions {
  readonly api: Pick<Bililive, 'fetch' | 'lives' | 'files'>;
  readonly note: (taskId: string, level: LogLevel, message: string) => void;
  readonly log: Logger;
}

/** Rejects with a `RecorderError` when bililive-go does not answer; what is here by then stays. */
export async function fetchFiles(from: FetchParts, { task, live, beganMs }: BroadcastFiles, signal: AbortSignal): Promise<void> {
  const { api, parts, note, log } = from;
  const known = live ?? (await api.lives()).find(({ live_url }) => isSame(live_url, task.url)) ?? null;
  if (known === null) {
    note(task.id, 'ERROR', 'bililive-go does not know this address any more: its files cannot be told from others.');
    return;
  }
  const given = new Set((await parts.finished(task.id)).map(({ source }) => source));
  const listed = await settledFiles(async () => filesOf(await api.files(), known, beganMs), signal);
  for (const file of listed.filter(({ path }) => !given.has(path))) {
    const name = file.path.split('/').at(-1) ?? file.path;
    note(task.id, 'INFO', `Fetching ${name} from bililive-go (${(file.bytes / 1e6).toFixed(1)} MB)`);
    try {
      const keptMs = await importFile(from, task.id, file, signal);
      if (keptMs === null) return;
    } catch (cause) {
      if (cause instanceof RecorderError || signal.aborted) throw cause;
      log.warn({ err: cause, task: task.id }, 'a file of bililive-go’s cannot be read');
      note(task.id, 'ERROR', `${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
}
