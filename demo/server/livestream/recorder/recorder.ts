import type { Observable } from 'rxjs';
import type { LogLevel } from '../task-log.ts';

/** Who watches broadcasts and records them: this gateway itself, or bililive-go through its HTTP API. */

export interface Watched {
  /** Of the task. */
  readonly id: string;
  readonly url: string;
  readonly name: string;
  /** It was being recorded when this gateway ended: what comes goes on with it, and if nothing comes it is over. */
  readonly begun?: boolean;
}

export type RecorderEvent =
  /** It is on the air, and its first part is being recorded; told again after a restart. */
  | { readonly type: 'recording'; readonly taskId: string; readonly hostName?: string }
  /** The broadcast is over; every part is on the disk. `nothing`: not a second of it was recorded. */
  | { readonly type: 'ended'; readonly taskId: string; readonly nothing: boolean }
  /** For the task's log. */
  | { readonly type: 'note'; readonly taskId: string; readonly level: LogLevel; readonly message: string };

/** A finished stretch of recording that ffmpeg reads, oldest first. */
export interface RecordedPart {
  /** Absolute path of a file, or of a playlist of files beside it. */
  readonly file: string;
  /** Unix ms */
  readonly startMs: number;
  readonly endMs: number;
}

/** Where it can be played, as the caller reaches this gateway; null = not now. */
export interface Playback {
  readonly liveUrl: string | null;
  readonly recordedUrl: string | null;
}

export interface Recorder {
  /** `embedded` or `bililive-go 0.8.0 (http://…)`. */
  readonly name: string;
  /** Hot. */
  readonly events$: Observable<RecorderEvent>;
  /** What it is known by, without watching it yet. Names what can be known at once; both are never empty. Rejects with a `RecorderError`. */
  add(task: Watched): Promise<{ readonly liveId: string; readonly hostName: string }>;
  /** Watches it, and goes on with a recording that a restart cut off. Idempotent. */
  listen(task: Watched): Promise<void>;
  /** Stops watching and recording; resolves when what was recorded is on the disk. Tells no `ended`. Idempotent. */
  unlisten(taskId: string): Promise<void>;
  /** Forgets it with all its files. `liveId`: what `add` told of it. */
  remove(taskId: string, liveId?: string | null): Promise<void>;
  parts(taskId: string): Promise<readonly RecordedPart[]>;
  playback(taskId: string, base: string): Promise<Playback>;
  close(): Promise<void>;
}

export class RecorderError extends Error {
  override readonly name = 'RecorderError';
  /** `refused`: this URL never; `unavailable`: the recorder does not answer now. */
  readonly kind: 'refused' | 'unavailable';

  constructor(kind: RecorderError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
