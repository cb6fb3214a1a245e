import { cueText } from './vtt.ts';
import type { Cue } from './vtt.ts';

/** Chapters of a video from what its indexes saw: like scenes are one chapter, and a chapter is long enough to be chosen. */

/** ms from the video's beginning */
export interface SeenScene {
  readonly indexId: string;
  readonly visual: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** The parsed answer where the prompt asked for JSON. */
  readonly data: unknown;
}

export interface Chapter {
  readonly startMs: number;
  readonly endMs: number;
  readonly title: string;
}

const SHORTEST_MS = 10_000;
/** More than these cannot be looked over. */
const MOST = 60;
/** Of the words of both that they share, from which on two scenes are one. */
const ALIKE = 0.5;
const LONGEST_TITLE = 80;

/** Over the whole video without a gap; none when there is nothing to tell apart. */
export function chaptersOf(scenes: readonly SeenScene[], durationMs: number): readonly Chapter[] {
  const lane = fullest(scenes.filter(({ visual }) => visual)) ?? fullest(scenes) ?? [];
  const titled = [...lane]
    .sort((one, other) => one.startMs - other.startMs)
    .map((scene) => ({ ...scene, title: titleOf(scene) }));
  const shortestMs = Math.max(SHORTEST_MS, durationMs / MOST);
  const begun: { startMs: number; title: string; words: ReadonlySet<string> }[] = [];
  for (const { startMs, title, text } of titled) {
    if (title === '') continue;
    const words = wordsOf(text);
    const last = begun.at(-1);
    if (last !== undefined && (likeness(last.words, words) >= ALIKE || startMs - last.startMs < shortestMs)) continue;
    begun.push({ startMs: last === undefined ? 0 : startMs, title, words });
  }
  // What is left at the end may be too short to choose.
  const last = begun.at(-1);
  if (begun.length > 1 && last !== undefined && durationMs - last.startMs < shortestMs) begun.pop();
  return begun.map(({ startMs, title }, index) => ({ startMs, endMs: begun[index + 1]?.startMs ?? durationMs, title }));
}

export const chapterCues = (chapters: readonly Chapter[]): readonly Cue[] =>
  chapters.map(({ startMs, endMs, title }) => ({ startMs, endMs, text: cueText(title) }));

/** The scenes of the index that has most of them. */
function fullest(scenes: readonly SeenScene[]): readonly SeenScene[] | null {
  const byIndex = new Map<string, SeenScene[]>();
  for (const scene of scenes) byIndex.set(scene.indexId, [...(byIndex.get(scene.indexId) ?? []), scene]);
  return [...byIndex.values()].sort((one, other) => other.length - one.length)[0] ?? null;
}

/** In answers that are JSON, what people would call the scene by. */
const TITLE_KEYS = ['title', 'name', 'app_name', 'activity', 'summary', 'description', 'scene', 'topic'];

function titleOf({ text, data }: SeenScene): string {
  const told = typeof data === 'object' && data !== null ? fromData(data as Readonly<Record<string, unknown>>) : text;
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(told)?.[0] ?? told;
  const plain = sentence.replace(/\s+/g, ' ').trim().replace(/[.]$/, '');
  if (plain.length <= LONGEST_TITLE) return plain;
  return `${plain.slice(0, LONGEST_TITLE - 1).replace(/\s+\S*$/, '')}…`;
}

function fromData(data: Readonly<Record<string, unknown>>): string {
  const told = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
  const named = TITLE_KEYS.map((key) => data[key]).filter(told);
  const parts = named.length > 0 ? named : Object.values(data).filter(told);
  return parts.slice(0, 2).join(' – ');
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 1 : shared / all;
}
