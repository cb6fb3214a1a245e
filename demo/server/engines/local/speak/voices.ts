/** The names of OpenAI's voices → speakers of LibriTTS-R, each a different one. */

export interface LocalVoice {
  readonly name: string;
  /** Speaker number in the Piper voice, 0–903. */
  readonly speaker: number;
  /** Brings its speech to the loudness of the others. */
  readonly gain: number;
}

export const LOCAL_VOICES: readonly LocalVoice[] = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
].map((name, index) => ({ name, speaker: index * 50, gain: 1 }));

/** An unknown name (a custom voice, a name of next year) gets the first voice. */
export function localVoice(name: string): LocalVoice {
  return LOCAL_VOICES.find((voice) => voice.name === name) ?? (LOCAL_VOICES[0] as LocalVoice);
}
