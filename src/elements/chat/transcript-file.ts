import { exportCaptions, type CaptionFormat } from '../../pipelines/caption-export.ts';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { Entry } from '../../session/state.ts';
import { plainWords } from '../markdown/marks.ts';
import { shownText } from '../shown-text.ts';

/** A conversation written out as a file: plain text, JSON, SubRip or WebVTT, each line with its time from the first one on. Pure. */

export interface TranscriptWords extends Readonly<Record<Entry['role'], string>> {
  readonly interrupted: string;
}

/** ms that a character takes to read, and the least that a line stays as a subtitle. */
const READ_MS = 60;
const SHORTEST_MS = 850;

/** `entries`: oldest first. What nobody has heard yet is left out; an answer that was cut says so. */
export function transcriptFile(entries: readonly Entry[], format: CaptionFormat, words: TranscriptWords): string {
  const said = entries.filter((entry) => shownText(entry) !== '');
  switch (format) {
    case 'json':
      return json(said);
    case 'txt':
      return said.map((entry) => `[${clock(entry.at - began(said))}] ${line(entry, words)}\n`).join('');
    default:
      return exportCaptions(cues(said, words), format, 'original');
  }
}

const began = (entries: readonly Entry[]): number => Math.min(...entries.map(({ at }) => at));

const line = (entry: Entry, words: TranscriptWords, said = shownText(entry)): string =>
  `${words[entry.role]}: ${said}${entry.status === 'interrupted' ? ` (${words.interrupted})` : ''}`;

/** Subtitles have no marks of Markdown; they stay until the next line comes, and no longer than they take to read. */
function cues(entries: readonly Entry[], words: TranscriptWords): readonly CaptionLine[] {
  const first = began(entries);
  return entries.map((entry, index) => {
    const text = line(entry, words, plainWords(shownText(entry)));
    const next = entries.slice(index + 1).find(({ at }) => at > entry.at)?.at ?? Infinity;
    const lengthMs = Math.min(Math.max(SHORTEST_MS, text.length * READ_MS), next - entry.at);
    const startMs = entry.at - first;
    return {
      // Of lines that began at the same moment the shorter id goes first.
      id: String(10_000 + index),
      stream: 'conversation',
      startMs,
      endMs: startMs + lengthMs,
      at: entry.at,
      original: { text, language: '', final: true },
      translation: null,
    };
  });
}

function json(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => ({
    id: entry.id,
    role: entry.role,
    text: shownText(entry),
    at: new Date(entry.at).toISOString(),
    interrupted: entry.status === 'interrupted',
    pictures: entry.images.length,
    sources: entry.citations.map(({ url, title }) => ({ url, title })),
  }));
  const start = entries.length === 0 ? null : new Date(began(entries)).toISOString();
  return `${JSON.stringify({ began: start, lines }, null, 2)}\n`;
}

/** `hh:mm:ss` */
function clock(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
}

/** `conversation-2026-11-20-1149.srt`, by the reader's clock. */
export function transcriptName(at: Date, format: CaptionFormat): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `conversation-${day}-${two(at.getHours())}${two(at.getMinutes())}.${format}`;
}
