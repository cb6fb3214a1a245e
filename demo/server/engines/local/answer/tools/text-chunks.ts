import { likeness, readTerms, type Term } from '../../../../knowledge/terms.ts';
import { readHead } from './head.ts';
import type { Span } from './span.ts';
import { EMPTY, valueOf } from './text-value.ts';
import type { Utterance } from './utterance.ts';

/** An utterance in stretches, each behind the preposition that leads to it, and which of them are still to be given away. */

const BOUNDARY =
  /,\s*(?=(?:my|the|his|her|it|it's|please|and|thanks|i|we|with)\b)|\b(?:to|for|with|by|in|on|at|from|into|about|regarding|because|since|due to|saying that|saying|that says|that reads|says|called|named|titled|entitled|labelled|under|near|within|around|until|as|over|below|above|with the (?:text|message|words|content)|close to)\b/gi;
export interface Chunk extends Span {
  /** The word that leads to it; null for the object of the verb. */
  readonly lead: string | null;
}

export function chunksOf(utterance: Utterance): Chunk[] {
  const { text } = utterance;
  const { bodyStart } = readHead(text);
  const verb =
    /^(?:(?:turn|switch|put|set|sign|look|write|give|take|pick|note|jot|log|bring)(?: (?:me|us))? (?:up|on|off|down|out|in)|is there|are there|do you (?:have|sell|know|carry|offer)|how (?:do|would|can) (?:you|i) say|what(?:'s| is| are)|where(?:'s| is| are)|how(?:'s| is| are)|[\p{L}'-]+)(?: (?:me|us|it|him|her|them)\b(?! to))?/iu.exec(
      text.slice(bodyStart),
    )?.[0].length ?? 0;
  const from = bodyStart + verb;
  const chunks: Chunk[] = [];
  let lead: string | null = null;
  let start = from;
  for (const match of text.slice(from).matchAll(BOUNDARY)) {
    const at = from + match.index;
    if (utterance.entities.some((entity) => entity.kind === 'quoted' && at >= entity.start && at < entity.end)) continue;
    chunks.push({ lead, start, end: at });
    lead = match[0];
    start = at + match[0].length;
  }
  chunks.push({ lead, start, end: text.length });
  return chunks.filter((chunk) => text.slice(chunk.start, chunk.end).trim() !== '');
}

export function isTaken(chunk: Span, used: readonly Span[]): boolean {
  return used.some((span) => span.start <= chunk.start + 1 && span.end >= chunk.end);
}

/** A message or a reason runs on over prepositions, up to the next value that was taken. */
export function untilNext(chunk: Chunk, utterance: Utterance, used: readonly Span[]): Span {
  const next = used.filter((span) => span.start >= chunk.end).map((span) => span.start);
  return { start: chunk.start, end: Math.min(utterance.text.length, ...next) };
}

/** "to my shopping cart" says nothing but what the tool is. */
export function isOwnOnly(utterance: Utterance, chunk: Span, used: readonly Span[], own: readonly Term[]): boolean {
  const terms = readTerms(valueOf(utterance, chunk, used));
  return terms.length > 0 && terms.every((term) => own.some((other) => likeness(term, other) >= 0.75));
}

/** Neighbouring chunks that are neither taken nor only the tool's own words, as one stretch. */
export function longestRest(
  chunks: readonly Chunk[],
  utterance: Utterance,
  used: readonly Span[],
  own: readonly Term[],
): Span | null {
  const runs: { start: number; end: number }[] = [];
  let open = false;
  for (const chunk of chunks) {
    const value = valueOf(utterance, chunk, used);
    const skip = value === '' || EMPTY.test(value) || isOwnOnly(utterance, chunk, used, own);
    if (skip) {
      open = false;
      continue;
    }
    const last = runs.at(-1);
    if (open && last !== undefined) last.end = chunk.end;
    else runs.push({ start: chunk.start, end: chunk.end });
    open = true;
  }
  return runs.sort((a, b) => valueOf(utterance, b, used).length - valueOf(utterance, a, used).length)[0] ?? null;
}
