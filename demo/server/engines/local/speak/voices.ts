/** The names of OpenAI's voices → speakers of LibriTTS-R, each a different one. */

export interface LocalVoice {
  readonly name: string;
  /** Speaker number in the Piper voice, 0–903. */
  readonly speaker: number;
  /** Brings its speech to the loudness of the others (−17.4 dBFS where there is sound). */
  readonly gain: number;
}

/**
 * Chosen among all 904 by what can be measured: heard again without a mistake by Moonshine (2.5–6.7 % of words wrong over 32 sentences,
 * the average speaker 5.6 % over 2), then apart in pitch (median, given behind each) and in the colour of the spectrum.
 */
export const LOCAL_VOICES: readonly LocalVoice[] = [
  { name: 'alloy', speaker: 196, gain: 1 }, // 185 Hz
  { name: 'ash', speaker: 496, gain: 1.19 }, // 111 Hz
  { name: 'ballad', speaker: 788, gain: 0.93 }, // 121 Hz, quick
  { name: 'coral', speaker: 79, gain: 0.89 }, // 199 Hz
  { name: 'echo', speaker: 734, gain: 0.96 }, // 142 Hz, calm
  { name: 'sage', speaker: 234, gain: 0.91 }, // 210 Hz
  { name: 'shimmer', speaker: 60, gain: 0.82 }, // 259 Hz
  { name: 'verse', speaker: 490, gain: 0.9 }, // 149 Hz
  { name: 'marin', speaker: 91, gain: 1 }, // 232 Hz, calm, the best understood
  { name: 'cedar', speaker: 477, gain: 1 }, // 127 Hz, the best understood of the low ones
];

/** An unknown name (a custom voice, a name of next year) gets the first voice. */
export function localVoice(name: string): LocalVoice {
  return LOCAL_VOICES.find((voice) => voice.name === name) ?? (LOCAL_VOICES[0] as LocalVoice);
}
