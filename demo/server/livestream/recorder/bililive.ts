import type { Logger } from 'pino';
import { Subject } from 'rxjs';
import type { Config } from '../../config.ts';
import type { LiveMedia } from '../../media/create-media.ts';
import { safeUrl } from '../../media/ffmpeg/redact.ts';
import type { MediaUrls } from '../../media/urls.ts';
import type { Database } from '../../store/tables.ts';
import type { LogLevel } from '../task-log.ts';
import { createTurns } from '../turns.ts';
import { bililiveApi, isSame } from './bililive-api.ts';
import type { BililiveLive } from './bililive-api.ts';
import { fetchFiles } from './bililive-fetch.ts';
import { followList } from './bililive-list.ts';
import { bililiveLives } from './bililive-lives.ts';
import { afterList, namedBy, NO_SESSION } from './bililive-session.ts';
import type { Act, Session } from './bililive-session.ts';
import { hostNameOf } from './identity.ts';
import { forgetOrphans } from './orphans.ts';
import { createParts, streamIdOf } from './parts.ts';
import { playbackOf } from './playback.ts';
import { RecorderError } from './recorder.ts';
import type { Recorder, RecorderEvent, Watched } from './recorder.ts';
import { wait } from './wait.ts';

/** The recorder that is bililive-go: its lists say what is on the air, its files become recordings here when a broadcast is over. */

export interface BililiveOptions {
  readonly media: LiveMedia;
  readonly database: Database;
  readonly urls: Pick<MediaUrls, 'live' | 'clip'>;
  readonly config: Pick<Config, 'dataDir' | 'livestream'>;
  readonly log: Logger;
  /** `http://127.0.0.1:8080`, without a slash at its end. */
  readonly url: string;
  /** Between two looks at its list when it says nothing by itself, ms. */
  readonly pollMs?: number;
}

const POLL_MS = 10_000;
/** It closes its files, and may convert them. */
const CLOSING_MS = 20_000;
const LOOK_AGAIN_MS = 500;
/** A broadcast's row in the table of parts, while its files are not here yet. */
const SESSION = 'session';

interface Watching {
  readonly task: Watched;
  readonly stop: AbortController;
  session: Session;
  live: BililiveLive | null;
  /** Its files are being fetched. */
  ending: boolean;
  /** Kinds of notes that were made. */
  readonly told: Set<string>;
}

export function bililiveRecorder(options: BililiveOptions): Recorder {
  const { media, database, urls, config, log, url, pollMs = POLL_MS } = options;
  const api = bililiveApi(url);
  const parts = createParts(database, media);
  const events$ = new Subject<RecorderEvent>();
  const tidied = forgetOrphans(media, database, log);
  const { turn, settled } = createTurns();
  const watches = new Map<string, Watching>();
  /** Ids of lives that were made for tasks that are just being made. */
  const fresh = new Map<string, string>();
  const closing = new AbortController();
  const lives = bililiveLives(database, api, closing.signal);
  const quietMs = config.livestream.quietSeconds * 1000;
  let version = '';

  const note = (taskId: string, level: LogLevel, message: string): void => events$.next({ type: 'note', taskId, level, message });
  const noteOnce = (watching: Watching, kind: string, level: LogLevel, message: string): void => {
    if (watching.told.has(kind)) return;
    watching.told.add(kind);
    note(watching.task.id, level, message);
  };
  const isWatched = (watching: Watching): boolean => watches.get(watching.task.id) === watching;

  /** ms until a broadcast that is away counts as over. */
  const dueInMs = ({ session: { awaySinceMs } }: Watching): number =>
    awaySinceMs === null ? Infinity : awaySinceMs + quietMs - Date.now();

  const reconcile = (listed: readonly BililiveLive[]): void => {
    for (const watching of watches.values()) {
      if (watching.told.delete('away')) note(watching.task.id, 'INFO', 'bililive-go answers again.');
      if (watching.ending) continue;
      const live = listed.find(({ live_url }) => isSame(live_url, watching.task.url)) ?? null;
      const before = watching.session;
      const { session, acts } = afterList(before, live, Date.now(), quietMs);
      watching.session = session;
      watching.live = live ?? watching.live;
      if (acts.includes('end')) watching.ending = true;
      for (const act of acts) soon(watching, () => perform(watching, act, before));
    }
  };

  const soon = (watching: Watching, work: () => Promise<void>): void => {
    turn(watching.task.id, async () => {
      if (isWatched(watching) && !closing.signal.aborted) await work();
    }).catch((cause: unknown) => {
      if (cause instanceof RecorderError) list.lookLater();
      else log.error({ err: cause, task: watching.task.id }, 'a broadcast that bililive-go records was held up');
    });
  };

  const perform = async (watching: Watching, act: Act, before: Session): Promise<void> => {
    const { task, live } = watching;
    switch (act) {
      case 'add':
        if ((await api.add(task.url)) === null)
          noteOnce(watching, 'refused', 'WARNING', 'bililive-go does not take this address. Listening on.');
        else list.lookSoon();
        break;
      case 'listen':
        if (live !== null) await api.listen(live.id, true);
        break;
      case 'begin': {
        const startMs = watching.session.beganMs ?? Date.now();
        if ((await parts.begin(task.id, { source: SESSION, startMs })) !== null) tellRecording(task.id, live);
        break;
      }
      case 'away':
        note(
          task.id,
          'INFO',
          `bililive-go records no more. The broadcast is waited for, ${String(config.livestream.quietSeconds)} s.`,
        );
        break;
      case 'back':
        note(task.id, 'INFO', 'bililive-go records again.');
        // After a restart nobody may have heard of it before.
        tellRecording(task.id, live);
        break;
      case 'end':
        try {
          await fetchAll(watching, before.beganMs ?? Date.now());
          await over(watching);
        } catch (cause) {
          // It ends again when bililive-go answers, or there is room.
          if (cause instanceof RecorderError)
            noteOnce(watching, 'held', 'WARNING', `Its files cannot be fetched yet: ${cause.message} It is tried again.`);
          watching.session = before;
          watching.ending = false;
          throw cause;
        }
        break;
    }
  };

  const tellRecording = (taskId: string, live: BililiveLive | null): void => {
    const named = live === null ? '' : namedBy(live, '');
    events$.next({ type: 'recording', taskId, ...(named === '' ? {} : { hostName: named }) });
  };

  const over = async ({ task }: Watching): Promise<void> => {
    await forgetSession(task.id);
    watches.delete(task.id);
    events$.next({ type: 'ended', taskId: task.id, nothing: (await parts.finished(task.id)).length === 0 });
  };

  const forgetSession = async (taskId: string): Promise<void> => parts.drop((await parts.open(taskId)).map(({ id }) => id));

  const fetchAll = ({ task, live, stop }: Watching, beganMs: number): Promise<void> =>
    fetchFiles(
      { api, media, parts, dataDir: config.dataDir, note, log },
      { task, live, beganMs },
      AbortSignal.any([stop.signal, closing.signal]),
    );

  const stopRecording = async (watching: Watching): Promise<void> => {
    const { task, session } = watching;
    const liveId = watching.live?.id ?? (await lives.idOf(task.id));
    if (liveId !== null && !(await lives.wanted(task.id, liveId, true))) await api.listen(liveId, false);
    if (session.beganMs === null) return;
    for (let waitedMs = 0; waitedMs < CLOSING_MS; waitedMs += LOOK_AGAIN_MS) {
      const live = (await api.lives()).find(({ live_url }) => isSame(live_url, task.url));
      if (live?.recording !== true || live.listening) break;
      await wait(LOOK_AGAIN_MS, closing.signal);
    }
    await fetchAll(watching, session.beganMs);
  };

  const list = followList({
    ...{ api, log, pollMs },
    isWanted: () => watches.size > 0,
    dueInMs: () => Math.min(...[...watches.values()].map(dueInMs)),
    onLives: reconcile,
    onAway: (why) => {
      for (const watching of watches.values()) noteOnce(watching, 'away', 'WARNING', `${why} It is asked again until it does.`);
    },
    onVersion: (known) => (version = known),
  });

  return {
    get name() {
      return `bililive-go ${version === '' ? '' : `${version} `}(${safeUrl(url)})`;
    },
    events$,
    add: async ({ id, url: wanted }) => {
      if (!/^https?:\/\//i.test(wanted)) throw new RecorderError('refused', 'bililive-go takes http and https addresses only.');
      const live = await api.add(wanted);
      if (live === null) throw new RecorderError('refused', 'bililive-go does not take this address.');
      fresh.set(id, live.id);
      return { liveId: live.id, hostName: namedBy(live, hostNameOf(wanted)) };
    },
    listen: (task) =>
      turn(task.id, async () => {
        fresh.delete(task.id);
        if (watches.has(task.id) || closing.signal.aborted) return;
        const open = await parts.open(task.id);
        const session = open.find(({ source }) => source === SESSION);
        await parts.drop(open.filter(({ source }) => source !== SESSION).map(({ id }) => id));
        const watching: Watching = {
          ...{ task, stop: new AbortController(), live: null, ending: false, told: new Set<string>() },
          session: session === undefined ? NO_SESSION : { beganMs: session.start_ms, awaySinceMs: Date.now() },
        };
        watches.set(task.id, watching);
        // Its files were fetched, and its end was not heard of.
        if (session === undefined && task.begun === true) await over(watching);
        list.lookSoon();
      }),
    unlisten: async (taskId) => {
      await turn(taskId, async () => {
        const watching = watches.get(taskId);
        if (watching === undefined) return;
        await stopRecording(watching);
        watches.delete(taskId);
        await forgetSession(taskId);
      });
    },
    remove: async (taskId, given = null) => {
      const watching = watches.get(taskId);
      watches.delete(taskId);
      watching?.stop.abort();
      await turn(taskId, async () => {
        const liveId = given ?? watching?.live?.id ?? fresh.get(taskId) ?? null;
        fresh.delete(taskId);
        await media.forget(streamIdOf(taskId));
        if (liveId !== null)
          lives
            .forget(liveId, taskId)
            .catch((cause: unknown) => log.error({ err: cause }, 'bililive-go keeps what no task is of'));
      });
    },
    parts: (taskId) => parts.recorded(taskId),
    playback: (taskId, base) => playbackOf({ parts, media, urls }, taskId, base),
    close: async () => {
      closing.abort();
      await list.close();
      await tidied;
      await settled();
      events$.complete();
    },
  };
}
