import type { BililiveFile, BililiveLive } from './bililive-api.ts';

/** What bililive-go's lists mean for one task: when a broadcast begins and is over, and which files are of it. Pure. */

export interface Session {
  /** Unix ms; null = nothing is recorded. */
  readonly beganMs: number | null;
  /** Unix ms since when a broadcast is not recorded any more. */
  readonly awaySinceMs: number | null;
}

export type Act =
  /** It is to be made known to bililive-go (again). */
  'add' | 'listen' | 'begin' | 'away' | 'back' | 'end';

export const NO_SESSION: Session = { beganMs: null, awaySinceMs: null };

/** `live` null: bililive-go does not know it. */
export function afterList(
  session: Session,
  live: Pick<BililiveLive, 'listening' | 'recording' | 'last_start_time_unix'> | null,
  nowMs: number,
  quietMs: number,
): { readonly session: Session; readonly acts: readonly Act[] } {
  const wish: readonly Act[] = live === null ? ['add'] : live.listening ? [] : ['listen'];
  const { beganMs, awaySinceMs } = session;
  if (live?.recording === true) {
    if (beganMs !== null)
      return { session: { beganMs, awaySinceMs: null }, acts: awaySinceMs === null ? wish : [...wish, 'back'] };
    const startMs = (live.last_start_time_unix ?? 0) * 1000;
    // One that is long past is of another broadcast.
    return {
      session: { beganMs: startMs > 0 && startMs <= nowMs ? startMs : nowMs, awaySinceMs: null },
      acts: [...wish, 'begin'],
    };
  }
  if (beganMs === null) return { session, acts: wish };
  if (awaySinceMs === null) return { session: { beganMs, awaySinceMs: nowMs }, acts: [...wish, 'away'] };
  // Listening is not asked for again: whoever hears of the end decides.
  return nowMs - awaySinceMs >= quietMs ? { session: NO_SESSION, acts: ['end'] } : { session, acts: wish };
}

const KINDS = ['flv', 'ts', 'mkv', 'mp4'];
/** Its clock and ours, and whole seconds. ms */
const SLACK_MS = 60_000;
const QUARTER_MS = 900_000;

export interface RecordedFile extends BililiveFile {
  /** Unix ms of its first frame. */
  readonly startMs: number;
}

/** The files of a broadcast, oldest first. What was converted counts once. */
export function filesOf(
  files: readonly BililiveFile[],
  live: Pick<BililiveLive, 'host_name' | 'room_name' | 'nick_name'>,
  beganMs: number,
): readonly RecordedFile[] {
  const names = [live.nick_name, live.host_name].map(letters).filter((name) => name !== '');
  const byStem = new Map<string, BililiveFile>();
  for (const file of files) {
    const [, stem = '', kind = ''] = /^(.*)\.([^./]+)$/.exec(file.path) ?? [];
    if (!KINDS.includes(kind.toLowerCase()) || file.bytes === 0 || file.modifiedMs < beganMs - SLACK_MS) continue;
    if (names.length > 0 && !names.some((name) => letters(file.path).includes(name))) continue;
    const known = byStem.get(stem);
    if (known === undefined || rank(kind) < rank(known.path)) byStem.set(stem, file);
  }
  const found = [...byStem.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const first = found.map(({ path }) => namedMs(path)).find((ms) => ms !== null);
  // Names carry the time of the clock on its wall.
  const zoneMs = first === undefined ? 0 : Math.round((first - beganMs) / QUARTER_MS) * QUARTER_MS;
  return found.map((file) => {
    const named = namedMs(file.path);
    return { ...file, startMs: named === null ? beganMs : named - zoneMs };
  });
}

const rank = (name: string): number => KINDS.indexOf(name.split('.').at(-1)?.toLowerCase() ?? '');

/** Names of files leave out what folders cannot hold. */
const letters = (name: string): string => name.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');

/** `[2026-11-20 18-00-00]` as if it were UTC. */
function namedMs(path: string): number | null {
  const found = /\[(\d{4}-\d\d-\d\d) (\d\d)-(\d\d)-(\d\d)\]/.exec(path);
  if (found === null) return null;
  const [, day, hours, minutes, seconds] = found;
  const ms = Date.parse(`${day ?? ''}T${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** What it is called. Placeholders of bililive-go's are none. */
export function namedBy(live: Pick<BililiveLive, 'host_name' | 'room_name' | 'initializing'>, otherwise: string): string {
  const { host_name: host, initializing } = live;
  return initializing || host.trim() === '' || PLACEHOLDERS.includes(host) ? otherwise : host;
}

/** "Being set up …" and "could not be had". */
const PLACEHOLDERS = ['初始化中...', '获取失败'];
