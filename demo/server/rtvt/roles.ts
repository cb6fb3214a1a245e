import type { Engines, Hearing, LanguagePair } from '../engines/engine.ts';
import { Resampler } from '../realtime/audio/resampler.ts';
import { FairLane } from './fair-lane.ts';
import type { Turn } from './fair-lane.ts';
import { SPEECH_RATE } from './speech-file.ts';

/** The engines as one stream may use them: each behind a lane in which all streams take their turns. */

/** Samples a millisecond. */
const PER_MS = 16;
/** Nothing longer is spoken for one sentence. s */
const LONGEST_SPEECH_S = 60;

export interface Lanes {
  readonly hear: FairLane;
  readonly translate: FairLane;
  readonly speak: FairLane;
}

/** `remote`: a role that another machine plays takes more calls at once. */
export function createLanes(remote: { readonly hear: boolean; readonly translate: boolean; readonly speak: boolean }): Lanes {
  const lane = (isRemote: boolean): FairLane =>
    new FairLane({ slots: isRemote ? 16 : 2, interimSlots: isRemote ? 8 : 1, waitingPerStream: 8 });
  return { hear: lane(remote.hear), translate: lane(remote.translate), speak: lane(remote.speak) };
}

const lanesOfEngines = new WeakMap<Engines, Lanes>();

/** The lanes of these engines, in which everybody who listens to a stream takes turns, by whatever protocol; made when there are none. */
export function lanesFor(engines: Engines, remote: Parameters<typeof createLanes>[0]): Lanes {
  const lanes = lanesOfEngines.get(engines) ?? createLanes(remote);
  lanesOfEngines.set(engines, lanes);
  return lanes;
}

export interface StreamRoles {
  readonly hear: Pick<Hearing, 'transcribe' | 'languages'>;
  readonly activity: Engines['activity'];
  /** What may turn out to be needless can be heard without making others wait. */
  mayGuess(): boolean;
  translate(text: string, pair: LanguagePair, interim: boolean, signal: AbortSignal): Promise<string>;
  /** The text spoken, at 16 kHz. `voice` null = the first. */
  speak(text: string, language: string, voice: string | null, signal: AbortSignal): Promise<Int16Array>;
}

export function rolesFor(turn: Turn, engines: Engines, lanes: Lanes): StreamRoles {
  const { hear, activity, translate, speak } = engines;
  return {
    activity,
    mayGuess: () => lanes.hear.hasRoom,
    hear: {
      languages: hear.languages,
      transcribe: (pcm, options) => {
        const kind = { interim: options.interim ?? false, soundMs: pcm.length / PER_MS };
        return lanes.hear.run(turn, kind, options.signal, () => hear.transcribe(pcm, options));
      },
    },
    translate: (text, pair, interim, signal) =>
      lanes.translate.run(turn, { interim }, signal, () =>
        translate == null
          ? Promise.reject(new RangeError('nothing translates here'))
          : translate.translate(text, { ...pair, interim, signal }),
      ),
    speak: (text, language, voice, signal) =>
      lanes.speak.run(turn, { interim: false }, signal, async () => {
        const name = voice ?? speak.voices[0]?.name ?? '';
        const chunks: Int16Array[] = [];
        let resampler: Resampler | null = null;
        let samples = 0;
        const keep = (chunk: Int16Array): void => {
          chunks.push(chunk);
          samples += chunk.length;
        };
        for await (const { pcm, rate } of speak.speak(text, { voice: name, speed: 1, language, signal })) {
          resampler ??= new Resampler(rate, SPEECH_RATE);
          keep(resampler.push(pcm));
          if (samples > LONGEST_SPEECH_S * SPEECH_RATE) break;
        }
        if (resampler !== null) keep(resampler.finish());
        const whole = new Int16Array(samples);
        let at = 0;
        for (const chunk of chunks) {
          whole.set(chunk, at);
          at += chunk.length;
        }
        return whole;
      }),
  };
}
