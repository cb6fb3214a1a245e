import { join } from 'node:path';
import type { Entry } from '../../../src/session/state.ts';
import { visit, wordErrors, words, type Visit } from '../../support/conversation.ts';
import { soundingStretches } from '../../support/output-recorder.ts';
import type { MouthAndEar } from '../../support/synthesise.ts';
import { spokenMicrophone } from './microphone.ts';

/** Somebody who talks, writes, cuts in, and listens to every answer to its end or its cut. */

export const questions = [
  'Are you open on Saturday?',
  'When can I plant tomatoes outside?',
  'How much does the delivery cost?',
  'Can I pay with a gift card?',
  'Where can I park the car?',
] as const;

const ANSWER_LIMIT_MS = 30_000;
/** Of 1: what is heard again by a small recogniser, beside what is shown. */
const MOST_WORDS_OFF = 0.35;

export interface Visitor {
  readonly visited: Visit;
  readonly random: () => number;
  /** One of `questions` by voice; resolves when it was said. */
  ask(): Promise<string>;
  /** The microphone is gone; there is another at once. */
  pull(): Promise<void>;
  /** Lines of one speaker. */
  lines(role: Entry['role']): Promise<readonly Entry[]>;
  /** Until the newest answer sounds; `heard`: at least so many characters of it. */
  sounding(heard?: number): Promise<void>;
  /** Until the newest answer was played and heard, and is what is shown; `before`: answers that were there already. */
  answered(before: number): Promise<void>;
  /** What sounded until now is judged. */
  forgetSound(): Promise<void>;
  /** Until nothing goes on. */
  listening(): Promise<void>;
}

export const clip = (folder: string, index: number): string => join(folder, `${String(index)}.wav`);

export async function arrive(site: string, folder: string, ear: MouthAndEar, random: () => number): Promise<Visitor> {
  const visited = await visit([{ silenceMs: 1_000 }], { site });
  const { say, pull } = await spokenMicrophone(visited.page);
  const lines: Visitor['lines'] = async (role) => (await visited.state()).transcript.filter((line) => line.role === role);
  const listening = async (): Promise<void> => {
    await visited.until('it listens', ({ phase, playing }) => phase === 'listening' && !playing, ANSWER_LIMIT_MS);
  };
  const forgetSound = async (): Promise<void> => {
    await visited.page.evaluate(() => {
      (globalThis as unknown as { recordedOutput: unknown[] }).recordedOutput.splice(0);
    });
  };
  return {
    visited,
    forgetSound,
    random,
    lines,
    listening,
    pull,
    ask: async () => {
      const index = Math.floor(random() * questions.length);
      await say(clip(folder, index));
      return questions[index] ?? '';
    },
    sounding: async (heard = 0) => {
      await visited.until(
        'the answer sounds',
        ({ playing, transcript }) => playing && (transcript.at(-1)?.revealed ?? 0) >= heard,
        ANSWER_LIMIT_MS,
      );
    },
    answered: async (before) => {
      await visited.until(
        'the answer was played',
        ({ phase, playing, transcript }) =>
          phase === 'listening' &&
          !playing &&
          transcript.filter(({ role, status }) => role === 'assistant' && status === 'final').length > before,
        ANSWER_LIMIT_MS,
      );
      const shown = (await lines('assistant')).at(-1)?.text ?? '';
      const output = await visited.output();
      await forgetSound();
      const last = soundingStretches(output, 1_500).at(-1);
      if (last === undefined) throw new Error(`silent answer: ${shown}`);
      const heard = await ear.hear(output.samples.subarray(last.from, last.to), output.rate);
      const off = wordErrors(shown, heard) / Math.max(1, words(shown).length);
      if (off > MOST_WORDS_OFF) throw new Error(`shown: ${shown} / heard: ${heard}`);
    },
  };
}
