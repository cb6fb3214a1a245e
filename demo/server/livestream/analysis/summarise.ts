import type { Answering } from '../../engines/engine.ts';
import { dot, type Embedder } from '../../knowledge/embedder.ts';
import type { Task } from '../task.ts';
import type { Manuscript } from './analysis.ts';
import { inWords } from './job.ts';
import { counted } from './join-parts.ts';
import { NO_MEANING, type Meaning } from './report/choose-quotes.ts';
import { modelReport } from './report/model-report.ts';
import { passagesOf, type Passage } from './report/passages.ts';
import { quotedReport } from './report/quoted-report.ts';
import { sectionsOf, type Section } from './report/sections.ts';
import type { StepRun } from './step-run.ts';
import type { Joined, Transcript } from './task-files.ts';
import { unhurried } from './unhurried.ts';

/** The report of a task by its prompt: a model's where one is configured, else quotes found by words and meaning. */

export interface Written {
  readonly task: Pick<Task, 'livestream_name' | 'prompt_content' | 'prompt_name'>;
  readonly manuscript: Manuscript;
  readonly transcript: Transcript | null;
  readonly joined: Joined | null;
}

export interface SummaryEngines {
  readonly model: Answering | null;
  readonly embedder: Embedder | null;
}

/** Resolves to Markdown. */
export async function summarise(written: Written, { model, embedder }: SummaryEngines, run: StepRun): Promise<string> {
  const { task, manuscript, transcript, joined } = written;
  const prompt = task.prompt_content.trim();
  const named = task.prompt_name === null ? 'the default prompt' : `the prompt “${task.prompt_name}”`;
  const by = model === null ? 'quotes alone, no language model' : model.name;
  await run.say('INFO', `Summarising by ${named} (${by})`);
  const recorded = { name: task.livestream_name, manuscript, transcript, durationMs: joined?.durationMs ?? null };
  if (model !== null) {
    const report = await modelReport(recorded, prompt === '' ? GENERAL : prompt, {
      model,
      signal: run.signal,
      progress: run.progress,
    });
    await run.say('INFO', `The report is written by ${model.name}: ${String(report.length)} characters`);
    return report;
  }
  const passages = await unhurried(passagesOf(manuscript, transcript), run.signal);
  run.progress(30);
  const meaning = embedder === null ? NO_MEANING : await meaningOf(passages, sectionsOf(prompt), embedder, run);
  run.progress(80);
  const { markdown, sections, quotes } = await unhurried(quotedReport(recorded, prompt, passages, meaning), run.signal);
  await run.say('INFO', `The report is written: ${counted(sections, 'section')}, ${counted(quotes, 'quote')}`);
  return markdown;
}

const GENERAL =
  'Write a report of this broadcast: an overview, what was shown, what was said, key figures, prices and dates, and a timeline.';

/** The model of meanings knows English. */
const ENGLISH = /^[^\p{Script=Han}]*\p{Script=Latin}{3}[^\p{Script=Han}]*$/u;
/** Passages that are compared by meaning: each costs some ms; of more, some from everywhere. */
const MOST_PASSAGES = 600;

async function meaningOf(
  passages: readonly Passage[],
  sections: readonly Section[],
  embedder: Embedder,
  run: StepRun,
): Promise<Meaning> {
  const flat = (list: readonly Section[]): readonly Section[] => list.flatMap((section) => [section, ...flat(section.parts)]);
  const topics = [...new Set(flat(sections).map(({ topic }) => topic))].filter((topic) => ENGLISH.test(topic));
  const all = [...new Set(passages.map(({ text }) => text))].filter((text) => ENGLISH.test(text));
  const step = Math.max(1, all.length / MOST_PASSAGES);
  const texts = all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  if (topics.length === 0 || texts.length === 0) return NO_MEANING;
  try {
    const vectors = await embedder.embed([...topics, ...texts], run.signal);
    const known = new Map([...topics, ...texts].map((text, index) => [text, vectors[index]]));
    return (topic, { text }) => {
      const [left, right] = [known.get(topic), known.get(text)];
      return left === undefined || right === undefined ? 0 : Math.max(0, dot(left, right));
    };
  } catch (cause) {
    run.signal.throwIfAborted();
    await run.say('WARNING', `Quotes are found by words alone: ${inWords(cause)}`);
    return NO_MEANING;
  }
}
