import { catchError, forkJoin, map, of, toArray, type Observable, type Subscription } from 'rxjs';
import { chaptersIn, thumbnailsIn } from '../../pipelines/playback-chapters.ts';
import type { CaptionFile } from '../../pipelines/playback-files.ts';
import { parseVtt } from '../../pipelines/playback-vtt.ts';
import type { ReadCaptionFile } from '../../session/player.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import type { Playback } from './playback.ts';

/** Captions, chapters and preview pictures from files: those a page names, and those a playlist names where the page names none. */

export interface NamedFiles {
  /** The first is in the language that is spoken. */
  readonly captions: readonly { readonly url: string; readonly language: string }[];
  readonly chapters: string | null;
  readonly thumbnails: string | null;
}

export class CaptionSources {
  readonly #playback: Playback;
  readonly #failed: (error: ErrorFacts) => void;
  /** What is being loaded, or was, by its kind. */
  readonly #loads = new Map<string, { readonly asked: string; loading?: Subscription }>();

  constructor(playback: Playback, failed: (error: ErrorFacts) => void) {
    this.#playback = playback;
    this.#failed = failed;
  }

  /** Loads what is named; asked again for the same it does nothing. */
  load(read: () => Promise<ReadCaptionFile>, { captions, chapters, thumbnails }: NamedFiles): void {
    const playback = this.#playback;
    const given = captions.length > 0;
    const wanted = given ? captions : playback.state.renditions;
    this.#once('captions', wanted.length === 0 ? '' : JSON.stringify(wanted), read, (reader) =>
      forkJoin(wanted.map(({ url, language }) => this.#captions(reader(url), language, !given))).subscribe((files) =>
        playback.useFiles(files.flat()),
      ),
    );
    this.#once('chapters', chapters ?? '', read, (reader) =>
      this.#file(reader(chapters ?? '')).subscribe((files) => {
        playback.chapters = files.flatMap(({ text }) => chaptersIn(parseVtt(text)));
        playback.captionsChanged();
      }),
    );
    this.#once('thumbnails', thumbnails ?? '', read, (reader) =>
      this.#file(reader(thumbnails ?? '')).subscribe((files) => {
        playback.thumbnails = files.flatMap(({ text, url }) => thumbnailsIn(parseVtt(text), url));
        playback.captionsChanged();
      }),
    );
  }

  stop(): void {
    for (const { loading } of this.#loads.values()) loading?.unsubscribe();
    this.#loads.clear();
  }

  #once(kind: string, asked: string, read: () => Promise<ReadCaptionFile>, load: (read: ReadCaptionFile) => Subscription): void {
    if (asked === (this.#loads.get(kind)?.asked ?? '')) return;
    this.#loads.get(kind)?.loading?.unsubscribe();
    const entry: { readonly asked: string; loading?: Subscription } = { asked };
    this.#loads.set(kind, entry);
    if (asked === '') return;
    read().then(
      (reader) => {
        if (this.#loads.get(kind) === entry) entry.loading = load(reader);
      },
      (cause: unknown) => this.#failed(AssistantError.from(cause, 'offline').toFacts()),
    );
  }

  #captions(files$: ReturnType<ReadCaptionFile>, language: string, rendition: boolean): Observable<readonly CaptionFile[]> {
    return this.#file(files$).pipe(map((files) => files.map(({ text }) => ({ file: parseVtt(text), language, rendition }))));
  }

  /** One file that does not come takes nothing away from the others. */
  #file(files$: ReturnType<ReadCaptionFile>) {
    return files$.pipe(
      toArray(),
      catchError((cause: unknown) => {
        this.#failed(AssistantError.from(cause).toFacts());
        return of([]);
      }),
    );
  }
}
