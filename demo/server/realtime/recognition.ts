import type { Heard, Hearing } from '../engines/engine.ts';
import { RealtimeFault } from './errors.ts';
import { hears } from './languages.ts';

/** One final hearing of one stretch of sound, that can be given up. */
export interface Recognition {
  readonly heard: Promise<Heard>;
  readonly startedAt: number;
  /** `performance.now()` ms, null while it is not done. */
  doneAt(): number | null;
  cancel(): void;
}

export interface RecognitionHints {
  readonly language?: string;
  /** Languages it may be in, `language` among them. */
  readonly among?: readonly string[];
  readonly prompt?: string;
}

/** `pcm` at 16 kHz. A recognition that nobody waits for any more may fail unseen. */
export function recognise(
  hear: Pick<Hearing, 'transcribe' | 'languages'>,
  pcm: Int16Array,
  hints: RecognitionHints,
): Recognition {
  const abort = new AbortController();
  const startedAt = performance.now();
  let doneAt: number | null = null;
  const heard = checkLanguage(hear, hints.language)
    .then(() => hear.transcribe(pcm, { ...hints, signal: abort.signal }))
    .then((result) => {
      doneAt = performance.now();
      return { ...result, text: result.text.trim() };
    });
  // Whoever uses the words handles the failure; a guess that was given up has nobody.
  heard.catch(() => undefined);
  return { heard, startedAt, doneAt: () => doneAt, cancel: () => abort.abort() };
}

/** Speech of another language than it knows makes an engine write confident nonsense: it is not asked. */
function checkLanguage(hear: Pick<Hearing, 'languages'>, language: string | undefined): Promise<void> {
  if (hears(hear, language)) return Promise.resolve();
  const message = `Speech in '${String(language).slice(0, 35)}' is not heard here; languages are: ${hear.languages.join(', ')}.`;
  return Promise.reject(new RealtimeFault('language_unsupported', message, 'session.audio.input.transcription.language'));
}
