import { uuidv7 } from 'uuidv7';
import type { Engines, Heard } from '../../engines/engine.ts';
import { base, pairFor } from '../../rtvt/languages.ts';
import type { StreamRoles } from '../../rtvt/roles.ts';
import type { FinishedSentence } from '../../rtvt/sentences.ts';
import { asWritten } from './allowed-languages.ts';
import type { AllowedLanguages } from './allowed-languages.ts';
import { finishedLines } from './finished-lines.ts';
import { patiently } from './patiently.ts';
import type { FinalLine } from './transcript-event.ts';

/** What was said in one breath, once it is over: its final lines, and their translations. */

export interface BreathParts {
  readonly roles: StreamRoles;
  readonly translator: Engines['translate'];
  readonly languages: AllowedLanguages;
  readonly onFailure: (cause: unknown) => void;
}

export interface Breath {
  readonly finished: FinishedSentence;
  /** Name of its first line. */
  readonly line: string;
  /** Unix ms of where speech begins. */
  readonly startMs: number;
  /** What was told while it grew. */
  readonly heard: Heard | null;
}

const PER_MS = 16;

/** Which languages the engine is told. */
export const hintsOf = ({ first, all }: AllowedLanguages): { readonly language: string; readonly among?: readonly string[] } =>
  all.length > 1 ? { language: first, among: all } : { language: first };

/** Its lines, empty when nothing was said. An engine that is busy or being restarted is waited for. Never rejects. */
export async function finalLines(breath: Breath, parts: BreathParts, signal: AbortSignal): Promise<readonly FinalLine[]> {
  const { finished, line, startMs } = breath;
  const { sentence, voiced, pcm } = finished;
  const { languages } = parts;
  const heard = await finalHearing(breath, parts, signal);
  // Its padding may be silence of ours, which has no time: what counts is where speech begins.
  const atMs = startMs - (sentence.begins - sentence.from) / PER_MS;
  const language = asWritten(heard.language === 'und' ? languages.first : heard.language, languages);
  const lines = finishedLines({ pcm, heard, atMs, voicedMs: (voiced - sentence.from) / PER_MS });
  return lines.map((one, index) => ({ type: 'final', line: index === 0 ? line : `ln-${uuidv7()}`, language, ...one }));
}

async function finalHearing({ finished, heard }: Breath, parts: BreathParts, signal: AbortSignal): Promise<Heard> {
  const { roles, languages, onFailure } = parts;
  const { recognition, pcm } = finished;
  let first = true;
  try {
    return await patiently(() => {
      if (!first) return roles.hear.transcribe(pcm, { ...hintsOf(languages), signal });
      first = false;
      return recognition.heard;
    }, signal);
  } catch (cause) {
    if (!signal.aborted) onFailure(cause);
    // What was told while it grew is better than nothing.
    return heard ?? { text: '', language: languages.first };
  }
}

/** Null: it is in that language already, nobody here can, or it failed. */
export async function translated(
  { text, language }: FinalLine,
  target: string,
  { roles, translator, onFailure }: BreathParts,
  signal: AbortSignal,
): Promise<string | null> {
  const pair = base(language) === base(target) ? null : pairFor(translator, language, target);
  if (pair === null) return null;
  try {
    const said = await patiently(() => roles.translate(text, pair, false, signal), signal);
    return said.trim() === '' ? null : said;
  } catch (cause) {
    if (!signal.aborted) onFailure(cause);
    return null;
  }
}
