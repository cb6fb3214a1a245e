import { EngineBusyError } from '../engines/engine.ts';
import { LaneLoad } from './lane-load.ts';

/**
 * One engine shared by many streams: connections take turns, and within a connection its streams do; finals before interims; what waits is
 * bounded. So one client with many streams, or one that talks without end, cannot starve another.
 */

export interface LaneOptions {
  /** Calls under way at once. */
  readonly slots: number;
  /** Of those, how many interims may take at most. */
  readonly interimSlots: number;
  /** Finals that one stream may have waiting. */
  readonly waitingPerStream: number;
}

/** Whose turn it is. Both are compared by identity. */
export interface Turn {
  readonly connection: object;
  readonly stream: object;
}

/** An interim that waited so long is stale: the next one knows more. ms */
const STALE_MS = 1500;

interface Job {
  readonly urgent: boolean;
  readonly since: number;
  readonly run: () => void;
  readonly fail: (cause: unknown) => void;
}

/** Jobs by connection, then by stream; a Map keeps who waits longest first. */
type Ring = Map<object, Map<object, Job[]>>;

export class FairLane {
  readonly load: LaneLoad;
  readonly #options: LaneOptions;
  readonly #finals: Ring = new Map();
  readonly #interims: Ring = new Map();
  #running = 0;
  #runningInterims = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.load = new LaneLoad(options.slots);
  }

  /** Something could begin at once. */
  get hasRoom(): boolean {
    return this.#running < this.#options.slots && this.#finals.size === 0;
  }

  /**
   * Runs `work` when it is this stream's turn. Rejects with `EngineBusyError` when too much of it waits already (interims: when it waited
   * too long), with the reason of `signal`, or with what `work` rejects with. `soundMs`: how much sound it is about, for the load.
   */
  run<T>(
    turn: Turn,
    kind: { readonly interim: boolean; readonly soundMs?: number },
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const ring = kind.interim ? this.#interims : this.#finals;
      const since = performance.now();
      const job: Job = {
        urgent: !kind.interim,
        since,
        fail: reject,
        run: () => {
          signal.removeEventListener('abort', giveUp);
          const startedAt = performance.now();
          if (!kind.interim) this.load.waited(startedAt - since, startedAt);
          work()
            .then(resolve, reject)
            .finally(() => this.#done(job, startedAt, kind.soundMs));
        },
      };
      const giveUp = (): void => {
        if (remove(ring, turn, job)) reject(reasonOf(signal));
      };
      const waiting = ring.get(turn.connection)?.get(turn.stream)?.length ?? 0;
      if (waiting >= (kind.interim ? 1 : this.#options.waitingPerStream)) {
        reject(new EngineBusyError('too much of this stream waits already'));
        return;
      }
      signal.addEventListener('abort', giveUp, { once: true });
      add(ring, turn, job);
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running < this.#options.slots) {
      const job = take(this.#finals) ?? this.#freshInterim();
      if (job === null) return;
      this.#running++;
      if (!job.urgent) this.#runningInterims++;
      job.run();
    }
  }

  #freshInterim(): Job | null {
    if (this.#runningInterims >= this.#options.interimSlots) return null;
    for (let job = take(this.#interims); job !== null; job = take(this.#interims)) {
      if (performance.now() - job.since <= STALE_MS) return job;
      job.fail(new EngineBusyError('it waited until it was stale'));
    }
    return null;
  }

  #done(job: Job, startedAt: number, soundMs: number | undefined): void {
    this.#running--;
    if (!job.urgent) this.#runningInterims--;
    else this.load.worked(performance.now() - startedAt, soundMs ?? null);
    this.#pump();
  }
}

function add(ring: Ring, { connection, stream }: Turn, job: Job): void {
  const streams = ring.get(connection) ?? new Map<object, Job[]>();
  const jobs = streams.get(stream) ?? [];
  jobs.push(job);
  streams.set(stream, jobs);
  ring.set(connection, streams);
}

/** The next in turn; its connection and its stream go to the end of their rows. */
function take(ring: Ring): Job | null {
  for (const [connection, streams] of ring) {
    ring.delete(connection);
    for (const [stream, jobs] of streams) {
      streams.delete(stream);
      const job = jobs.shift();
      if (jobs.length > 0) streams.set(stream, jobs);
      if (streams.size > 0) ring.set(connection, streams);
      if (job !== undefined) return job;
    }
  }
  return null;
}

/** False when it is not waiting any more. */
function remove(ring: Ring, { connection, stream }: Turn, job: Job): boolean {
  const streams = ring.get(connection);
  const jobs = streams?.get(stream);
  const index = jobs?.indexOf(job) ?? -1;
  if (streams === undefined || jobs === undefined || index === -1) return false;
  jobs.splice(index, 1);
  if (jobs.length === 0) streams.delete(stream);
  if (streams.size === 0) ring.delete(connection);
  return true;
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new EngineBusyError('it was given up');
