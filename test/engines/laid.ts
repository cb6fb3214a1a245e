import type { Clip } from './here.ts';

/** Clips laid one after the other on a floor of quiet noise, and where in a clip its speech is, by its energy. */

const PER_MS = 16;
const FLOOR = 12;

export interface Laid {
  readonly pcm: Int16Array;
  /** ms of each clip's first sample. */
  readonly starts: readonly number[];
}

/** `gapMs` before, between and after them; `next`: −1…1. */
export function laid(clips: readonly Clip[], gapMs: number, next: () => number): Laid {
  const gap = (): Int16Array => Int16Array.from({ length: gapMs * PER_MS }, () => Math.round(FLOOR * next()));
  const parts = [gap()];
  const starts: number[] = [];
  let samples = parts[0]?.length ?? 0;
  for (const { pcm } of clips) {
    starts.push(samples / PER_MS);
    const after = gap();
    parts.push(pcm, after);
    samples += pcm.length + after.length;
  }
  const whole = new Int16Array(samples);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return { pcm: whole, starts };
}

const FRAME = 10 * PER_MS;
/** 20 dB below the loudest frame. */
const SHARE = 0.1;
/** So many loud frames in five are speech, not a click. */
const RUN = 3;

/** ms from the clip's first sample. */
export function speechEdges(pcm: Int16Array): { readonly startMs: number; readonly endMs: number } {
  const levels = Array.from({ length: Math.floor(pcm.length / FRAME) }, (_, index) => {
    let sum = 0;
    for (let at = index * FRAME; at < (index + 1) * FRAME; at++) sum += (pcm[at] ?? 0) ** 2;
    return Math.sqrt(sum / FRAME);
  });
  const loud = Math.max(...levels) * SHARE;
  const isSpeech = (index: number): boolean => levels.slice(index, index + 5).filter((level) => level > loud).length >= RUN;
  const first = levels.findIndex((level, index) => level > loud && isSpeech(index));
  const last = levels.findLastIndex((level, index) => level > loud && isSpeech(Math.max(0, index - 4)));
  return { startMs: first * 10, endMs: (last + 1) * 10 };
}
