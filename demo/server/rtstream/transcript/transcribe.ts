import { Observable } from 'rxjs';
import type { Engine, Engines } from '../../engines/engine.ts';
import type { SoundPiece } from '../../media/media-stream.ts';
import { lanesFor, rolesFor } from '../../rtvt/roles.ts';
import { allowedLanguages } from './allowed-languages.ts';
import { StreamHearing } from './hearing.ts';
import type { HearingOptions } from './hearing.ts';
import type { TranscriptEvent } from './transcript-event.ts';

/** What is said in sound, sentence by sentence, live or of a recording. */

export interface TranscribeDeps {
  readonly engines: Engines;
  /** As `allowedLanguages` reads it. */
  readonly language?: string | null;
  /** BCP 47 that each line is translated into, as far as somebody here can. */
  readonly translateTo?: readonly string[];
  readonly onDropped?: HearingOptions['onDropped'];
  /** An engine failed; what it was asked is tried again. For the log. */
  readonly onFailure?: (cause: unknown) => void;
}

const isRemote = (engine: Engine | null | undefined): boolean => engine != null && !engine.name.endsWith('(local)');

function hearingOf(deps: TranscribeDeps, live: boolean, tell: (event: TranscriptEvent) => void): StreamHearing {
  const { engines, language = null, translateTo = [] } = deps;
  const { hear, translate, speak } = engines;
  const lanes = lanesFor(engines, { hear: isRemote(hear), translate: isRemote(translate), speak: isRemote(speak) });
  return new StreamHearing({
    roles: rolesFor({ connection: {}, stream: {} }, engines, lanes),
    translator: engines.translate,
    languages: allowedLanguages(engines.hear, language),
    translateTo,
    live,
    tell,
    onDropped: deps.onDropped ?? (() => undefined),
    onFailure: deps.onFailure ?? (() => undefined),
  });
}

/**
 * Cold. When `sound$` completes (or fails) what was said until then is told, then it completes (or fails); unsubscribing gives everything
 * up. Engines that are busy or being restarted delay lines and lose none. Fails with `LanguageNotHeardError`.
 */
export function transcribe(sound$: Observable<SoundPiece>, deps: TranscribeDeps): Observable<TranscriptEvent> {
  return new Observable((subscriber) => {
    let hearing: StreamHearing;
    try {
      hearing = hearingOf(deps, true, (event) => subscriber.next(event));
    } catch (cause) {
      subscriber.error(cause);
      return;
    }
    subscriber.add(() => hearing.close());
    const finish = (then: () => void): void => void hearing.finish().then(then, (cause: unknown) => subscriber.error(cause));
    subscriber.add(
      sound$.subscribe({
        next: (piece) => hearing.push(piece),
        error: (cause: unknown) => finish(() => subscriber.error(cause)),
        complete: () => finish(() => subscriber.complete()),
      }),
    );
  });
}

/** The same of a recording, as fast as the engines are: the next piece is taken when there is room for it. Finals and translations alone. */
export function transcribeRecording(sound: AsyncIterable<SoundPiece>, deps: TranscribeDeps): Observable<TranscriptEvent> {
  return new Observable((subscriber) => {
    const run = async (): Promise<void> => {
      const hearing = hearingOf(deps, false, (event) => subscriber.next(event));
      subscriber.add(() => hearing.close());
      for await (const piece of sound) {
        if (subscriber.closed) return;
        hearing.push(piece);
        await hearing.room();
      }
      await hearing.finish();
    };
    run().then(
      () => subscriber.complete(),
      (cause: unknown) => subscriber.error(cause),
    );
  });
}
