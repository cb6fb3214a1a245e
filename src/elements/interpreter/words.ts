import type { captionStrings } from '../captions/caption-strings.ts';
import type { InterpreterSource } from './interpreter-source.ts';
import type { interpreterStrings } from './interpreter-strings.ts';

/** The words an interpreter has, and the line that says where it stands. */

export type Words = typeof captionStrings & typeof interpreterStrings & { readonly devices: string };

export function statusOf(words: Words, { phase, reads, state }: InterpreterSource): string {
  if (phase === 'ending') return words.captionsEnding;
  if (phase === 'listening') {
    if (reads) return words.interpreterFollowing;
    if (state.playing) return words.interpreterSpeaking;
    if (state.muted) return words.interpreterMuted;
  }
  return words[`interpreterPhase-${phase}`];
}
