import { closure, type Fetched } from './closure.ts';

/** What of the embed build a browser fetches before a click, from the click to the first frame of speech, and until an answer was cut. */

const folder = 'dist/embed';

/** What is asked for on the way to the first frame on the Worker path; the e2e of the voice path sees that nothing else is. */
const FIRST_FRAME = /^(parts|voice\.worker|capture\.worklet)\b/;
/** … and what comes while the person speaks, so that an answer can sound and be cut. */
const ANSWER = /^(parts|voice\.worker|capture\.worklet|playback|voice-activity)\b/;

/** Bytes of gzipped script the project promises. The voice path holds the launcher and the worklets too. */
export const LIMITS = {
  launcher: 12_000,
  voice: 45_000,
  answer: 50_500,
  bundledTag: 14_000,
  bundledPlayer: 60_000,
  bundledRtvt: 18_000,
  migrate: 2_000,
};

export const migrate = (): readonly Fetched[] => closure(folder, 'migrate.js');
export const launcher = (): readonly Fetched[] => closure(folder, 'viva-voce.js');
export const voicePath = (): readonly Fetched[] => closure(folder, 'viva-voce.js', (name) => FIRST_FRAME.test(name));
export const answerPath = (): readonly Fetched[] => closure(folder, 'viva-voce.js', (name) => ANSWER.test(name));
