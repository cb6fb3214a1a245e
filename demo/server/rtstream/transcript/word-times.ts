import type { HeardWord } from '../../engines/engine.ts';
import type { Stretch } from './voiced.ts';

/**
 * When each word was probably said, for engines that do not tell: words take voiced time by their length, and long pauses fall between
 * words, after punctuation where there is some near. Pure.
 */

/** Gaps of at least this length are pauses between words. ms */
const PAUSE_MS = 150;
/** What a word takes besides its letters, in letters: short words are said slower than long ones. */
const WORD_COST = 1.5;
/** A boundary with punctuation may be this much farther away, in share of the voiced time. */
const PUNCTUATION_WORTH = 0.12;
/** Boundaries this far from a pause are not moved to it, in share of the voiced time. */
const FARTHEST = 0.25;

export function estimatedWords(text: string, stretches: readonly Stretch[]): readonly HeardWord[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0 || stretches.length === 0) return [];
  const total = stretches.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const boundaries = anchored(boundariesOf(words), words, pausesOf(stretches, total));
  return words.map((word, index) => ({
    text: word,
    startMs: Math.round(placeOf((boundaries[index] ?? 0) * total, stretches, 'start')),
    endMs: Math.round(placeOf((boundaries[index + 1] ?? 1) * total, stretches, 'end')),
  }));
}

/** Where each word begins and the last one ends, 0–1 of the voiced time. */
function boundariesOf(words: readonly string[]): readonly number[] {
  const costs = words.map((word) => WORD_COST + (word.match(/[\p{L}\p{N}]/gu)?.length ?? 0));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let at = 0;
  return [0, ...costs.map((cost) => (at += cost) / total)];
}

/** 0–1 of the voiced time. */
function pausesOf(stretches: readonly Stretch[], total: number): readonly number[] {
  const pauses: number[] = [];
  let voiced = 0;
  stretches.forEach(({ startMs, endMs }, index) => {
    voiced += endMs - startMs;
    const next = stretches[index + 1];
    if (next !== undefined && next.startMs - endMs >= PAUSE_MS) pauses.push(voiced / total);
  });
  return pauses;
}

/** Moves the boundary that each pause most likely is to it, and those between in proportion. */
function anchored(boundaries: readonly number[], words: readonly string[], pauses: readonly number[]): readonly number[] {
  const anchors: { readonly boundary: number; readonly at: number }[] = [{ boundary: 0, at: 0 }];
  for (const pause of pauses) {
    const from = (anchors.at(-1)?.boundary ?? 0) + 1;
    let best: { readonly boundary: number; readonly distance: number } | null = null;
    for (let boundary = from; boundary < words.length; boundary++) {
      const distance =
        Math.abs((boundaries[boundary] ?? 0) - pause) -
        (/[.,;:!?…]["'»”)]*$/.test(words[boundary - 1] ?? '') ? PUNCTUATION_WORTH : 0);
      if (distance < (best?.distance ?? FARTHEST)) best = { boundary, distance };
    }
    if (best !== null) anchors.push({ boundary: best.boundary, at: pause });
  }
  anchors.push({ boundary: words.length, at: 1 });
  return boundaries.map((boundary, index) => {
    const after = anchors.findIndex((anchor) => anchor.boundary >= index);
    const [left, right] = [anchors[Math.max(0, after - 1)], anchors[after]];
    if (left === undefined || right === undefined || right.boundary === index) return right?.at ?? boundary;
    const [from, to] = [boundaries[left.boundary] ?? 0, boundaries[right.boundary] ?? 1];
    return left.at + ((boundary - from) / (to - from)) * (right.at - left.at);
  });
}

/** ms of voiced time to ms of the recording; at a gap a word starts after it and ends before it. */
function placeOf(voicedMs: number, stretches: readonly Stretch[], side: 'start' | 'end'): number {
  let before = 0;
  for (const [index, { startMs, endMs }] of stretches.entries()) {
    const length = endMs - startMs;
    const isLast = index === stretches.length - 1;
    const within = side === 'start' ? voicedMs < before + length - SLACK : voicedMs <= before + length + SLACK;
    if (within || isLast) return Math.min(endMs, startMs + voicedMs - before);
    before += length;
  }
  return 0;
}

/** What floating point may be off by. ms */
const SLACK = 0.001;
