import type { Manuscript } from '../analysis.ts';
import type { Transcript } from '../task-files.ts';
import { alike, termsOf } from './text-terms.ts';

/** What can be quoted of a recording: each line that was shown when it was first shown, each sentence that was said. Pure. */

export interface Passage {
  readonly from: 'screen' | 'speech';
  /** ms of the recording; null = not known. */
  readonly atMs: number | null;
  readonly text: string;
  /** First line of the frame it is on; '' = it is that line itself, or was said. */
  readonly heading: string;
  readonly isHeading: boolean;
  readonly terms: readonly string[];
}

/** A line that was read a little differently on the next frame. */
const SAME_LINE = 0.85;
/** Frames that are looked back at for it. */
const BACK_LINES = 60;
const LEAST_CHARACTERS = 2;

/** In order of time, those without one first. Pauses after each frame: of a long recording it takes seconds. */
export function* passagesOf(manuscript: Manuscript, transcript: Transcript | null): Generator<void, readonly Passage[]> {
  const shown: Passage[] = [];
  const exact = new Set<string>();
  for (const { content, at_ms } of manuscript.data) {
    yield;
    const lines = content.split('\n').filter((line) => line.trim().length >= LEAST_CHARACTERS);
    for (const [index, text] of lines.entries()) {
      const key = keyOf(text);
      const recent = shown.slice(-BACK_LINES);
      if (
        exact.has(key) ||
        recent.some((before) => alike(before.text, text) >= SAME_LINE && figuresOf(before.text) === figuresOf(text))
      )
        continue;
      exact.add(key);
      const heading = index === 0 ? '' : (lines[0] ?? '');
      shown.push({ from: 'screen', atMs: at_ms ?? null, text, heading, isHeading: index === 0, terms: termsOf(text) });
    }
  }
  const said: Passage[] = [];
  for (const { start_ms, text } of transcript?.data ?? []) {
    yield;
    said.push({ from: 'speech', atMs: start_ms, text, heading: '', isHeading: false, terms: termsOf(text) });
  }
  return [...shown, ...said].sort((a, b) => (a.atMs ?? -1) - (b.atMs ?? -1));
}

const keyOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
/** Two prices differ in nothing else. */
const figuresOf = (text: string): string => (text.match(/\d+/g) ?? []).join(' ');
