import { clock } from '../join-parts.ts';
import type { Manuscript } from '../analysis.ts';
import { unheardWords } from '../spoken-language.ts';
import type { Transcript } from '../task-files.ts';
import { NO_MEANING, QuoteChooser, type Meaning } from './choose-quotes.ts';
import type { Passage } from './passages.ts';
import { sectionsOf, type Section } from './sections.ts';

/** A report without a language model: the sections that the prompt asks for, each filled with timed quotes, and honest about it. Pure. */

export interface Recorded {
  /** Of the broadcast. */
  readonly name: string;
  readonly manuscript: Manuscript;
  /** Null: there is none. */
  readonly transcript: Transcript | null;
  /** ms; null = not known. */
  readonly durationMs: number | null;
}

export interface QuotedReport {
  /** Markdown */
  readonly markdown: string;
  readonly sections: number;
  readonly quotes: number;
}

/** `passages`: those of `recorded`. Pauses after each section. */
export function* quotedReport(
  recorded: Recorded,
  prompt: string,
  passages: readonly Passage[],
  meaning: Meaning = NO_MEANING,
): Generator<void, QuotedReport> {
  const words = wordsFor(prompt, recorded.manuscript);
  const asked = sectionsOf(prompt);
  const sections =
    asked.length > 0 ? asked : words.general.map((heading): Section => ({ heading, topic: heading, within: '', parts: [] }));
  const chooser = new QuoteChooser(passages, meaning);
  let quotes = 0;
  const told = (section: Section): string => {
    const found = chooser.for(section);
    quotes += found.length;
    return found.length === 0 ? words.notFound : found.map((passage) => quoted(passage, words)).join('\n');
  };
  const chapter = (section: Section, depth: number): string => {
    const heading = `${'#'.repeat(Math.min(6, depth))} ${escaped(section.heading)}`;
    if (section.parts.length === 0) return `${heading}\n\n${told(section)}`;
    const inner = section.parts.map((part) => chapter(part, depth + 1));
    return [heading, ...inner].join('\n\n');
  };
  const chapters: string[] = [];
  for (const section of sections) {
    yield;
    chapters.push(chapter(section, 2));
  }
  const head = [
    `# ${escaped(recorded.name)}`,
    `> ${[words.honest(recorded), unheardIn(recorded.transcript, words.language)].filter(Boolean).join(' ')}`,
  ];
  return { markdown: `${[...head, ...chapters].join('\n\n')}\n`, sections: sections.length, quotes };
}

const MOST_CHARACTERS = 400;

function quoted({ atMs, text, from, heading }: Passage, words: Words): string {
  const cut = text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)} …`;
  const time = atMs === null ? '' : `[${clock(atMs)}] `;
  const where = from === 'speech' ? words.said : words.shown(escaped(heading));
  return `- ${time}${escaped(cut)} *(${where})*`;
}

/** What was read or heard is text, never Markdown. */
export const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|#~]/g, '\\$&');

export const unheardIn = (transcript: Transcript | null, language: Words['language']): string =>
  transcript === null ? '' : unheardWords(transcript.unheard, transcript.hears, language);

interface Words {
  readonly language: 'en' | 'zh';
  readonly general: readonly string[];
  readonly notFound: string;
  readonly said: string;
  shown(heading: string): string;
  honest(recorded: Recorded): string;
}

const NOT_FOUND = 'Not found in the recording.';

const ENGLISH: Words = {
  language: 'en',
  general: ['Overview', 'What was shown', 'What was said', 'Prices', 'Key figures', 'Dates', 'Timeline'],
  notFound: NOT_FOUND,
  said: 'said',
  shown: (heading) => (heading === '' ? 'on screen' : `on screen: ${heading}`),
  honest: ({ manuscript, transcript, durationMs }) =>
    `Put together on this machine without a language model: every point is quoted from the recording with its time, as it was read or heard; ` +
    `nothing is rephrased or concluded. Searched: ${counts(manuscript, transcript, durationMs, 'frames', 'spoken sentences', ', ')}.`,
};

const CHINESE: Words = {
  language: 'zh',
  general: ['内容概述', '画面展示', '发言内容', '价格', '关键数据', '日期', '时间线'],
  notFound: `录制内容中未找到。${NOT_FOUND}`,
  said: '口述',
  shown: (heading) => (heading === '' ? '画面' : `画面：${heading}`),
  honest: ({ manuscript, transcript, durationMs }) =>
    `本报告由本机自动摘录，未使用语言模型：每一条都是录制内容的原文并标有时间，未作改写和推断。` +
    `检索范围：${counts(manuscript, transcript, durationMs, '帧画面', '句发言', '，')}。`,
};

function counts(
  { total_frames }: Manuscript,
  transcript: Transcript | null,
  durationMs: number | null,
  frames: string,
  sentences: string,
  comma: string,
): string {
  const said = `${String(transcript?.data.length ?? 0)} ${sentences}`;
  return [`${String(total_frames)} ${frames}`, said, ...(durationMs === null ? [] : [clock(durationMs)])].join(comma);
}

/** In the prompt's language; a prompt that has none, in the slides'. */
function wordsFor(prompt: string, { data }: Manuscript): Words {
  const text = prompt.trim() === '' ? data.map(({ content }) => content).join(' ') : prompt;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  return han > 2 * latin ? CHINESE : ENGLISH;
}
