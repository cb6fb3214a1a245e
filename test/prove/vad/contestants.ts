import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lastValueFrom, of, toArray } from 'rxjs';
import { judgedBy, Silero, type OnnxRuntime } from '../../../src/audio/silero.ts';
import { VoiceDetector, type VoiceFrame } from '../../../src/pipelines/voice-activity.ts';
import { sileroFolder } from '../../bench/rivals.ts';

/** The detectors under test: each takes whole sound at 16 kHz and tells what it said and when. */

const RATE = 16_000;
const FRAME = 320;

export interface Word {
  readonly type: 'maybe' | 'speech' | 'silence';
  /** s, when the frame that said so was complete. */
  readonly at: number;
}

export type Playback = (at: number) => { readonly playing: boolean; readonly level: number };

export interface Contestant {
  readonly name: string;
  run(sound: Float64Array, playback?: Playback): Promise<readonly Word[]>;
}

function framesOf(sound: Float64Array): readonly VoiceFrame[] {
  return Array.from({ length: Math.floor(sound.length / FRAME) }, (_, index) => ({
    pcm: Int16Array.from(sound.subarray(index * FRAME, (index + 1) * FRAME), (sample) =>
      Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
    ),
    at: index * FRAME,
    level: 0,
  }));
}

function listen(frames: readonly VoiceFrame[], playback?: Playback): readonly Word[] {
  const detector = new VoiceDetector(RATE);
  const words: Word[] = [];
  frames.forEach((frame, index) => {
    if (playback !== undefined && index % 5 === 0) detector.playback(playback(frame.at / RATE));
    const word = detector.hear(frame);
    if (word !== null) words.push({ type: word.type, at: (frame.at + FRAME) / RATE });
  });
  return words;
}

export const cheap: Contestant = {
  name: 'pitch and level (default)',
  run: (sound, playback) => Promise.resolve(listen(framesOf(sound), playback)),
};

/** Null, told, when its files are not to be had. */
export async function silero(): Promise<Contestant | null> {
  const folder = await sileroFolder();
  if (folder === null) return null;
  const dist = `${pathToFileURL(folder).href}/`;
  const runtime = (await import(`${dist}ort.wasm.min.mjs`)) as OnnxRuntime;
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = dist;
  const session = await runtime.InferenceSession.create(readFileSync(join(folder, 'silero_vad_v5.onnx')));
  let windows = 0;
  let spentMs = 0;
  const timed: typeof session = {
    run: async (feeds) => {
      const begun = performance.now();
      const found = await session.run(feeds);
      spentMs += performance.now() - begun;
      windows++;
      return found;
    },
  };
  return {
    get name() {
      return `Silero v5 (on demand)${windows === 0 ? '' : `, ${(spentMs / windows).toFixed(2)} ms for 32 ms of sound`}`;
    },
    run: async (sound, playback) => {
      // Fed one by one, so that nothing waits: here there is no clock to fall behind.
      const judge = new Silero(runtime, timed);
      const judged: VoiceFrame[] = [];
      for (const frame of framesOf(sound)) {
        const [found] = await lastValueFrom(of(frame).pipe(judgedBy(of(judge), RATE), toArray()));
        judged.push(found ?? frame);
      }
      return listen(judged, playback);
    },
  };
}
