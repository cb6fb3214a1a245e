import type { Logger } from 'pino';
import { Subject } from 'rxjs';
import type { Config } from '../../config.ts';
import { checkOutsideUrl, privateUrlsAllowed, UrlRefusedError } from '../../http/outside-url.ts';
import type { LiveMedia } from '../../media/create-media.ts';
import type { MediaUrls } from '../../media/urls.ts';
import type { Database } from '../../store/tables.ts';
import { createTurns } from '../turns.ts';
import { hostNameOf, isPage, liveIdOf, pageTitle } from './identity.ts';
import { createLimit } from './limit.ts';
import { addressOf, createLook, SCHEMES } from './look.ts';
import type { Look } from './look.ts';
import { forgetOrphans } from './orphans.ts';
import { createParts, streamIdOf } from './parts.ts';
import type { Part } from './parts.ts';
import { playbackOf } from './playback.ts';
import { recordOnce } from './record-once.ts';
import { RecorderError } from './recorder.ts';
import type { Recorder, RecorderEvent, Watched } from './recorder.ts';
import { wait } from './wait.ts';
import { watch } from './watch.ts';
import { cutOff, watching } from './watch-state.ts';
import type { RunOutcome } from './watch-state.ts';

/** The recorder that is this gateway itself: looks at every address in turn, and takes in what is on the air. */

export interface EmbeddedOptions {
  readonly media: LiveMedia;
  readonly database: Database;
  readonly urls: Pick<MediaUrls, 'live' | 'clip'>;
  readonly config: Pick<Config, 'host' | 'allowPrivateUrls' | 'livestream'>;
  readonly log: Logger;
  /** Tests give their own. */
  readonly look?: Look;
}

/** For the title of a page, while somebody waits for the answer. */
const TITLE_MS = 1500;
const AT_ONCE = 4;
/** After something that must not happen, e.g. a database that is away. */
const AGAIN_MS = 5000;

export function embeddedRecorder(options: EmbeddedOptions): Recorder {
  const { media, database, urls, config, log } = options;
  const allowPrivate = privateUrlsAllowed(config);
  const look = options.look ?? createLook(allowPrivate);
  const events$ = new Subject<RecorderEvent>();
  const parts = createParts(database, media);
  const watches = new Map<string, { readonly stop: AbortController; readonly over: Promise<void> }>();
  const { turn, settled } = createTurns();
  /** Thousands of tasks are taken up when the gateway begins: others ask the database, too. */
  const few = createLimit(AT_ONCE);
  const tidied = forgetOrphans(media, database, log);

  /** What is there of it; `begun`: a broadcast is under way that a gateway before this one began to record. */
  const takeUp = async (task: Watched): Promise<{ readonly begun: boolean; readonly before: readonly Part[] }> => {
    let begun = task.begun === true;
    for (const part of await parts.open(task.id)) if ((await parts.finish(part)) > 0) begun = true;
    return { begun, before: await parts.finished(task.id) };
  };

  const broadcast = async (task: Watched, signal: AbortSignal): Promise<void> => {
    const taskId = task.id;
    const { begun, before } = await few(() => takeUp(task));
    const kept = before.length > 0;
    let ofThis: Part[] = begun ? [...before] : [];
    const over = await watch({
      ...{ url: addressOf(task.url), look, signal, quietMs: config.livestream.quietSeconds * 1000 },
      begin: begun ? cutOff(kept, Date.now()) : watching(kept),
      onBegin: () => events$.next({ type: 'recording', taskId }),
      onNote: (note) => events$.next({ type: 'note', taskId, ...note }),
      record: async ({ anew, onLive }) => {
        const refusal = media.unavailable ?? media.refusal();
        if (refusal !== null) return { kind: 'busy', why: refusal, liveMs: null, kept: false };
        const run = await record(task, signal, onLive);
        if (run.part === null) return run.outcome;
        const older = anew ? await parts.finished(taskId) : [];
        await parts.drop(older.filter(({ id }) => id !== run.part?.id).map(({ id }) => id));
        ofThis = [...(anew ? [] : ofThis), run.part];
        return run.outcome;
      },
    });
    if (over) events$.next({ type: 'ended', taskId, nothing: ofThis.length === 0 });
  };

  const record = async (
    { id: taskId, url }: Watched,
    signal: AbortSignal,
    onLive: () => void,
  ): Promise<{ readonly outcome: RunOutcome; readonly part: Part | null }> => {
    const tracks = ['audio', 'video'] as const;
    const stream = media.stream(streamIdOf(taskId), { kind: 'url', url: addressOf(url) }, { tracks, store: true });
    const part = await parts.begin(taskId);
    if (part === null) return { outcome: { kind: 'failed', why: 'its task is gone', liveMs: null, kept: false }, part };
    const note = (room: boolean): void =>
      events$.next(
        room
          ? { type: 'note', taskId, level: 'INFO', message: 'There is room on the disk again: recording goes on.' }
          : { type: 'note', taskId, level: 'WARNING', message: 'The disk is full: nothing is recorded until there is room.' },
      );
    const run = await recordOnce({ stream, signal, onLive, onRoom: note });
    // A gateway that closes leaves it open, as a killed one does: the next goes on with it.
    const ms = closing && signal.aborted ? 0 : await parts.finish(part);
    return { outcome: { ...run, kept: ms > 0 }, part: ms > 0 ? part : null };
  };

  let closing = false;
  const start = (task: Watched): void => {
    const stop = new AbortController();
    const run = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        try {
          await broadcast(task, stop.signal);
          break;
        } catch (cause) {
          log.error({ err: cause, task: task.id }, 'watching a broadcast was held up');
          await wait(AGAIN_MS, stop.signal);
        }
      }
      if (watches.get(task.id)?.stop === stop) watches.delete(task.id);
    };
    watches.set(task.id, { stop, over: run() });
  };

  const stop = async (taskId: string): Promise<void> => {
    const found = watches.get(taskId);
    watches.delete(taskId);
    found?.stop.abort();
    await found?.over;
  };

  return {
    name: 'embedded',
    events$,
    add: async ({ url }) => {
      const address = addressOf(url);
      try {
        await checkOutsideUrl('url', address, { allowPrivate, schemes: SCHEMES });
      } catch (cause) {
        if (cause instanceof UrlRefusedError) throw new RecorderError('refused', cause.message.replace(/^url: /, ''), { cause });
        throw cause;
      }
      const title = isPage(address) ? await pageTitle(address, allowPrivate, TITLE_MS) : null;
      return { liveId: liveIdOf(address), hostName: title ?? hostNameOf(address) };
    },
    listen: (task) =>
      turn(task.id, () => {
        if (!closing && !watches.has(task.id)) start(task);
        return Promise.resolve();
      }),
    unlisten: (taskId) => turn(taskId, () => stop(taskId)),
    remove: (taskId) =>
      turn(taskId, async () => {
        await stop(taskId);
        await media.forget(streamIdOf(taskId));
      }),
    parts: (taskId) => parts.recorded(taskId),
    playback: (taskId, base) => playbackOf({ parts, media, urls }, taskId, base),
    close: async () => {
      closing = true;
      await settled();
      await tidied;
      await Promise.all([...watches.keys()].map(stop));
      events$.complete();
    },
  };
}
