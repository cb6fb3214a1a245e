import { defer, distinctUntilChanged, filter, firstValueFrom, fromEvent, map, merge, of } from 'rxjs';
import type { MediaHealth, MediaStream } from '../../media/media-stream.ts';
import type { RunOutcome } from './watch-state.ts';

/** One try to record a source with the media code: from its start to its first loss. */

export interface RecordOnce {
  readonly stream: MediaStream;
  readonly signal: AbortSignal;
  /** The first bytes have come. */
  readonly onLive: () => void;
  /** The disk has no room any more, or room again. */
  readonly onRoom: (room: boolean) => void;
}

type Over = Pick<RunOutcome, 'kind' | 'why'>;

/** A source that announces what it never sends is understood by the media code at its second or third try. */
const TRIES = 3;
const UNWANTED: Over = { kind: 'lost', why: 'it is not wanted any more' };

/** Resolves when everything of it is on the disk. */
export async function recordOnce({ stream, signal, onLive, onRoom }: RecordOnce): Promise<Omit<RunOutcome, 'kept'>> {
  const seen: { liveAt: number | null } = { liveAt: null };
  let failures = 0;
  let full = false;
  const look = ({ state, error, diskFull }: MediaHealth): Over | null => {
    if (diskFull !== full) onRoom(!(full = diskFull));
    if (state === 'live' && seen.liveAt === null) {
      seen.liveAt = performance.now();
      onLive();
    }
    const why = error ?? 'it ended';
    if (state === 'ended' || state === 'failed') return { kind: state, why };
    // What comes then is another part: whoever watches decides whether it is another broadcast.
    if (state === 'retrying' && (seen.liveAt !== null || ++failures >= TRIES)) return { kind: 'lost', why };
    return null;
  };
  const health$ = defer(() => {
    stream.start();
    return stream.health;
  }).pipe(
    distinctUntilChanged((before, now) => before.state === now.state && before.diskFull === now.diskFull),
    map(look),
    filter((over) => over !== null),
  );
  const unwanted$ = fromEvent(signal, 'abort').pipe(map(() => UNWANTED));
  const over = await firstValueFrom(signal.aborted ? of(UNWANTED) : merge(unwanted$, health$));
  const liveMs = seen.liveAt === null ? null : performance.now() - seen.liveAt;
  await stream.stop();
  return { ...over, liveMs };
}
