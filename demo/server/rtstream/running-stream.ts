import type { Selectable } from 'kysely';
import type { Logger } from 'pino';
import { Subject, takeUntil, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { MediaStream, SoundPiece } from '../media/media-stream.ts';
import type { StreamTable, TranscriptionTable } from '../store/stream-tables.ts';
import type { Database } from '../store/tables.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { Channels } from './channels/frame.ts';
import { Pipeline } from './pipeline.ts';
import type { NewScene } from './scene.ts';
import { storedScenes } from './stored-scenes.ts';
import type { IndexRow } from './stored-scenes.ts';
import { storedTranscript } from './stored-transcript.ts';
import type { StreamFacts } from './stored-transcript.ts';
import type { FinalLine, TranscriptEvent } from './transcript/transcript-event.ts';

/** One stream that is taken in, with what listens and looks. */

export type StreamRow = Selectable<StreamTable>;
export type TranscriptionRow = Selectable<TranscriptionTable>;

export interface RunningParts {
  readonly database: Database;
  readonly channels: Channels;
  readonly alerts: Alerts;
  readonly log: Logger;
  transcribe(
    sound$: Observable<SoundPiece>,
    wishes: { readonly language: string | null; readonly translateTo: readonly string[] },
  ): Observable<TranscriptEvent>;
  audioIndex(index: IndexRow, events$: Observable<TranscriptEvent>): Observable<NewScene>;
  visualIndex(index: IndexRow, stream: StreamRow, media: Pick<MediaStream, 'frames'>): Observable<NewScene>;
  rememberLine(stream: StreamFacts, line: FinalLine): Promise<void>;
  rememberScene(stream: StreamFacts, index: IndexRow, scene: NewScene): Promise<void>;
}

/** What is wished of a stream that is taken in. */
export interface StreamWishes {
  readonly stream: StreamRow;
  /** Null = nobody wants its words. */
  readonly transcription: TranscriptionRow | null;
  readonly indexes: readonly IndexRow[];
}

interface Working {
  readonly pipeline: Pipeline;
  index: IndexRow;
}

export class RunningStream {
  readonly media: MediaStream;
  readonly #parts: RunningParts;
  readonly #heard = new Subject<TranscriptEvent>();
  readonly #indexes = new Map<string, Working>();
  readonly #ending = new Set<Promise<void>>();
  #wishes: StreamWishes;
  #listening: { readonly pipeline: Pipeline; readonly key: string } | null = null;

  constructor(media: MediaStream, wishes: StreamWishes, parts: RunningParts) {
    this.media = media;
    this.#parts = parts;
    this.#wishes = wishes;
    media.start();
    this.apply(wishes);
  }

  /** Begins what is newly wished and ends what no longer is. */
  apply(wishes: StreamWishes): void {
    this.#wishes = wishes;
    const wanted = new Map(wishes.indexes.map((index) => [index.id, index]));
    for (const [id, { pipeline }] of this.#indexes) if (!wanted.has(id)) this.#end(pipeline, () => this.#indexes.delete(id));
    this.#listen();
    for (const index of wanted.values()) {
      const working = this.#indexes.get(index.id);
      // A new prompt is a new work: the old one finishes its window.
      if (working !== undefined && working.index.prompt === index.prompt) working.index = index;
      else this.#begin(index, working?.pipeline ?? null);
    }
  }

  /** Resolves when everything that ends right now has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#ending);
  }

  /** Resolves when the recording is whole; what was heard and seen may still be worked on, see `settled`. */
  async stop(): Promise<void> {
    await this.media.stop();
    const listening = this.#listening;
    this.#listening = null;
    const indexes = [...this.#indexes.values()];
    this.#indexes.clear();
    const drained = async (): Promise<void> => {
      const looking = indexes.filter(({ index }) => index.kind === 'visual').map(({ pipeline }) => pipeline.stop());
      // The last words first: an audio index ends with them.
      await listening?.pipeline.stop();
      this.#heard.complete();
      await Promise.all([
        ...looking,
        ...indexes.filter(({ index }) => index.kind === 'audio').map(({ pipeline }) => pipeline.stop()),
      ]);
    };
    this.#keep(drained());
  }

  #listen(): void {
    const { transcription, indexes, stream } = this.#wishes;
    const wanted =
      (transcription !== null || indexes.some(({ kind }) => kind === 'audio')) && stream.media_types.includes('audio');
    const wishes = { language: transcription?.language ?? null, translateTo: transcription?.translate_to ?? [] };
    // Whether it is recorded is part of it: what was begun for a transcript is finished into it.
    const key = JSON.stringify([transcription !== null, wishes]);
    if (this.#listening !== null && (!wanted || this.#listening.key !== key)) {
      this.#end(this.#listening.pipeline);
      this.#listening = null;
    }
    if (!wanted || this.#listening !== null) return;
    const { database, channels } = this.#parts;
    const store = storedTranscript(stream, {
      database,
      channels,
      connections: () => [
        ...this.#wishes.stream.ws_connection_ids,
        ...((this.#wishes.transcription ?? transcription)?.ws_connection_ids ?? []),
      ],
      remember: (line) => this.#parts.rememberLine(stream, line),
    });
    const pipeline = this.#work('transcription', (stop$) => {
      const events$ = this.#parts
        .transcribe(this.media.sound().pipe(takeUntil(stop$)), wishes)
        .pipe(tap((event) => this.#heard.next(event)));
      // An audio index alone needs the words, but nobody asked for a transcript.
      return transcription === null ? events$ : events$.pipe(store);
    });
    this.#listening = { pipeline, key };
  }

  #begin(index: IndexRow, before: Pipeline | null): void {
    const { stream } = this.#wishes;
    if (!stream.media_types.includes(index.kind === 'audio' ? 'audio' : 'video')) return;
    if (before !== null) this.#end(before);
    const { database, channels, alerts } = this.#parts;
    const store = storedScenes(stream, index, {
      database,
      channels,
      alerts,
      connections: () => [
        ...this.#wishes.stream.ws_connection_ids,
        ...(this.#indexes.get(index.id)?.index.ws_connection_ids ?? index.ws_connection_ids),
      ],
      remember: (scene) => this.#parts.rememberScene(stream, index, scene),
    });
    const pipeline = this.#work(`index ${index.id}`, (stop$) => {
      const scenes$ =
        index.kind === 'audio'
          ? this.#parts.audioIndex(index, this.#heard.pipe(takeUntil(stop$)))
          : this.#parts.visualIndex(index, stream, { frames: (wish) => this.media.frames(wish).pipe(takeUntil(stop$)) });
      return scenes$.pipe(store);
    });
    this.#indexes.set(index.id, { pipeline, index });
  }

  #work(name: string, work: (stop$: Observable<void>) => Observable<unknown>): Pipeline {
    const stream = this.#wishes.stream.id;
    return new Pipeline(work, (cause) => this.#parts.log.error({ err: cause, stream, work: name }, 'work on a stream failed'));
  }

  #end(pipeline: Pipeline, before?: () => void): void {
    before?.();
    this.#keep(pipeline.stop());
  }

  #keep(ending: Promise<void>): void {
    const kept = ending.finally(() => this.#ending.delete(kept));
    this.#ending.add(kept);
  }
}
