import type { Logger } from 'pino';
import { backoffMs } from '../../media/ingest/backoff.ts';
import type { Bililive, BililiveLive } from './bililive-api.ts';
import { RecorderError } from './recorder.ts';
import { wait } from './wait.ts';

/** bililive-go's list, looked at when it says that something changed, and now and then because it does not say everything. */

export interface ListOptions {
  readonly api: Pick<Bililive, 'lives' | 'info' | 'follow'>;
  readonly log: Logger;
  /** Between two looks when it says nothing by itself, ms. */
  readonly pollMs: number;
  /** False: nobody waits for it. */
  readonly isWanted: () => boolean;
  /** ms in which it must be looked at. */
  readonly dueInMs: () => number;
  readonly onLives: (lives: readonly BililiveLive[]) => void;
  /** It does not answer; asked again by itself. */
  readonly onAway: (why: string) => void;
  readonly onVersion: (version: string) => void;
}

export interface BililiveList {
  /** There is something to see. */
  lookSoon(): void;
  /** It did not answer somebody. */
  lookLater(): void;
  close(): Promise<void>;
}

/** Between two looks, however much it says. ms */
const SOONEST_MS = 500;

export function followList(options: ListOptions): BililiveList {
  const { api, log, pollMs, isWanted, dueInMs, onLives, onAway, onVersion } = options;
  const closing = new AbortController();
  const { signal } = closing;
  let failures = 0;
  let lookedMs = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  /** Something changed while it was looked at. */
  let again = false;

  const lookIn = (ms: number): void => {
    if (timer !== null) clearTimeout(timer);
    if (signal.aborted) return;
    timer = setTimeout(lookNow, Math.max(0, ms));
    timer.unref();
  };
  const lookSoon = (): void => lookIn(lookedMs + SOONEST_MS - performance.now());
  const lookNow = (): void => {
    if (looking !== null) {
      again = true;
      return;
    }
    looking = look()
      .catch((cause: unknown) => log.error({ err: cause }, 'what bililive-go lists could not be followed'))
      .finally(() => {
        looking = null;
        if (again) lookSoon();
        again = false;
      });
  };
  const look = async (): Promise<void> => {
    lookedMs = performance.now();
    try {
      if (isWanted()) onLives(await api.lives());
      failures = 0;
      lookIn(Math.min(pollMs, Math.max(SOONEST_MS, dueInMs())));
    } catch (cause) {
      if (!(cause instanceof RecorderError)) throw cause;
      onAway(cause.message);
      lookIn(backoffMs(failures++, Math.random()));
    }
  };

  const follow = async (): Promise<void> => {
    let tries = 0;
    while (!isClosed()) {
      try {
        onVersion((await api.info()).version);
        tries = 0;
        await api.follow(lookSoon, signal);
      } catch (cause) {
        if (!isClosed()) log.debug({ err: cause }, 'bililive-go tells no events');
      }
      await wait(backoffMs(tries++, Math.random()), signal);
    }
  };
  const isClosed = (): boolean => signal.aborted;
  const following = follow();

  return {
    lookSoon,
    lookLater: () => lookIn(backoffMs(failures++, Math.random())),
    close: async () => {
      closing.abort();
      if (timer !== null) clearTimeout(timer);
      await Promise.all([looking, following]);
    },
  };
}
