import { fromEvent, lastValueFrom, takeUntil, tap } from 'rxjs';
import type { Engines } from '../../engines/engine.ts';
import type { SoundPiece } from '../../media/media-stream.ts';
import { transcribeRecording } from '../../rtstream/transcript/transcribe.ts';
import type { Manuscript } from './analysis.ts';
import { counted, clock } from './join-parts.ts';
import { unheardOf, unheardWords } from './spoken-language.ts';
import type { StepRun } from './step-run.ts';
import type { Joined, TaskFiles, Transcript, Unheard } from './task-files.ts';

/** What is said in a recording, sentence by sentence with times: the transcript beside the manuscript. */

/** The sound of a part, ms from its beginning. */
export type PartSound = (file: string, signal: AbortSignal) => AsyncIterable<SoundPiece>;

export interface HearWish {
  readonly joined: Joined;
  readonly manuscript: Manuscript;
  readonly engines: Engines;
  readonly soundOf: PartSound;
}

export async function hearRecording(wish: HearWish, files: TaskFiles, run: StepRun): Promise<Transcript> {
  const { joined, manuscript, engines, soundOf } = wish;
  const hears = engines.hear.languages;
  const unheard = unheardOf(manuscript, hears);
  if (unheard !== 'nothing') await run.say('WARNING', unheardWords(unheard, hears, 'en'));
  if (unheard === 'chinese') return written([], unheard);
  await run.say('INFO', `Hearing ${clock(joined.durationMs)} of sound with ${engines.hear.name}`);
  const lines: Transcript['data'] = [];
  let stumbled = false;
  let pieces = 0;
  const sound = counting(soundOfAll(joined, soundOf, run.signal), () => pieces++);
  const deps = {
    engines,
    language: 'auto',
    onFailure: (cause: unknown) => {
      // Those that fail are asked again until they hear; once is enough to know of.
      if (!stumbled)
        void run.say('WARNING', `The hearing engine stumbled: ${cause instanceof Error ? cause.message : String(cause)}`);
      stumbled = true;
    },
  };
  const events$ = transcribeRecording(sound, deps).pipe(
    tap((event) => {
      run.signal.throwIfAborted();
      if (event.type === 'heard') run.progress((100 * event.toMs) / Math.max(1, joined.durationMs));
      if (event.type === 'final' && event.text.trim() !== '')
        lines.push({
          ...{ start_ms: Math.round(event.startMs), end_ms: Math.round(event.endMs) },
          ...{ language: event.language, text: event.text.trim() },
        });
    }),
    // Whoever stops it does not wait for an engine.
    takeUntil(fromEvent(run.signal, 'abort')),
  );
  await lastValueFrom(events$, { defaultValue: null });
  run.signal.throwIfAborted();
  lines.sort((a, b) => a.start_ms - b.start_ms);
  const languages = [...new Set(lines.map(({ language }) => language))].join(', ');
  await run.say(
    'INFO',
    pieces === 0
      ? 'The recording has no sound'
      : `${counted(lines.length, 'sentence')} heard${languages === '' ? '' : ` (${languages})`}`,
  );
  return written(lines, pieces === 0 ? 'silent' : unheard);

  async function written(data: Transcript['data'], without: Unheard): Promise<Transcript> {
    const transcript = { unheard: without, hears: [...hears], data };
    await files.writeTranscript(transcript);
    return transcript;
  }
}

/** The parts' sound on the time of the whole. */
async function* soundOfAll(joined: Joined, soundOf: PartSound, signal: AbortSignal): AsyncGenerator<SoundPiece> {
  for (const part of joined.parts) {
    if (part.durationMs === 0) continue;
    for await (const piece of soundOf(part.file, signal)) {
      signal.throwIfAborted();
      yield { ...piece, atMs: part.atMs + piece.atMs };
    }
  }
}

async function* counting<T>(all: AsyncIterable<T>, count: () => void): AsyncGenerator<T> {
  for await (const one of all) {
    count();
    yield one;
  }
}
