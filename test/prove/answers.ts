import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalAnswerer } from '../../demo/server/engines/local/answer/answer.ts';
import { createEmbedding } from '../../demo/server/engines/local/answer/embedding.ts';
import { readConfig } from '../../demo/server/config.ts';
import { openKnowledge, type Knowledge } from '../../demo/server/knowledge/knowledge.ts';
import { readQuestion } from '../../demo/server/knowledge/question.ts';
import { search } from '../../demo/server/knowledge/search.ts';
import { noSeeing } from '../support/no-seeing.ts';
import { heldOutQuestions } from './held-out-questions.ts';
import { siteQuestions } from './tuning-site-questions.ts';
import { tuningQuestions, type Question } from './tuning-questions.ts';

/**
 * `npm run prove:answers`: how often the right page and sentence are found, how often a question that the documents do not answer is
 * refused, and how long the first words take; on the set that the search was tuned on, and on one that it never saw.
 */

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-answers-'));
const verbose = process.argv.includes('--verbose');
const embedding = createEmbedding((line) => process.stderr.write(`${line}\n`));

interface Score {
  readonly inScope: number;
  readonly outOfScope: number;
  top1: number;
  top3: number;
  asked: number;
  said: number;
  answeredRight: number;
  answeredWrong: number;
  offeredRight: number;
  refusedInScope: number;
  refused: number;
  offeredOutOfScope: number;
  answeredOutOfScope: number;
}

const SURE = 0.5;
const CLOSE = 0.25;

async function measure(name: string, knowledge: Knowledge, questions: readonly Question[]): Promise<void> {
  const inScope = questions.filter(({ pages }) => pages.length > 0).length;
  const score: Score = {
    inScope,
    outOfScope: questions.length - inScope,
    top1: 0,
    top3: 0,
    asked: 0,
    said: 0,
    answeredRight: 0,
    answeredWrong: 0,
    offeredRight: 0,
    refusedInScope: 0,
    refused: 0,
    offeredOutOfScope: 0,
    answeredOutOfScope: 0,
  };
  for (const question of questions) {
    const [vector] = await embedding.embed([question.ask]);
    if (vector === undefined) continue;
    const hits = search(knowledge, readQuestion(question.ask), vector);
    const found = [...new Set(hits.map((hit) => pageNameOf(knowledge.pages[hit.passage.page]?.url ?? '')))];
    tally(score, question, found, hits[0]?.passage.text ?? '', hits[0]?.confidence ?? 0);
  }
  report(name, score);
}

function tally(score: Score, question: Question, pages: readonly string[], sentence: string, confidence: number): void {
  if (question.pages.length === 0) {
    if (confidence >= SURE) score.answeredOutOfScope++;
    else if (confidence >= CLOSE) score.offeredOutOfScope++;
    else score.refused++;
    if (confidence >= SURE && verbose) console.log(`  answered  ${question.ask}  →  ${sentence} (${confidence.toFixed(2)})`);
    return;
  }
  const right = question.pages.includes(pages[0] ?? '');
  score.top1 += Number(right);
  score.top3 += Number(pages.slice(0, 3).some((page) => question.pages.includes(page)));
  if (question.says !== undefined) {
    score.asked++;
    score.said += Number(sentence.includes(question.says));
  }
  if (confidence >= SURE) score[right ? 'answeredRight' : 'answeredWrong']++;
  else if (confidence >= CLOSE && right) score.offeredRight++;
  else score.refusedInScope++;
  if (verbose && (!right || confidence < SURE))
    console.log(`  ${right ? 'unsure  ' : 'wrong   '}  ${question.ask}  →  ${sentence} (${confidence.toFixed(2)})`);
}

function report(name: string, score: Score): void {
  const of = (count: number, all: number): string =>
    `${String(count)} of ${String(all)} (${((100 * count) / Math.max(1, all)).toFixed(0)} %)`;
  console.log(
    `\n${name}: ${String(score.inScope)} questions that the pages answer, ${String(score.outOfScope)} that they do not`,
  );
  console.log(`  right page first                 ${of(score.top1, score.inScope)}`);
  console.log(`  right page among the first three ${of(score.top3, score.inScope)}`);
  console.log(`  right sentence first             ${of(score.said, score.asked)}`);
  console.log(`  answered from the right page     ${of(score.answeredRight, score.inScope)}`);
  console.log(`  answered from a wrong page       ${of(score.answeredWrong, score.inScope)}`);
  console.log(`  right page offered, not quoted   ${of(score.offeredRight, score.inScope)}`);
  console.log(`  not answered                     ${of(score.refusedInScope, score.inScope)}`);
  console.log(`  out of scope: refused            ${of(score.refused, score.outOfScope)}`);
  console.log(`  out of scope: a page offered     ${of(score.offeredOutOfScope, score.outOfScope)}`);
  console.log(`  out of scope: answered           ${of(score.answeredOutOfScope, score.outOfScope)}`);
}

/** "/demo/pages/returns.html" and "/returns" are `returns`. */
function pageNameOf(url: string): string {
  return url.replace(/^.*\/demo\/pages\//, '').replace(/\.html$/, '');
}

async function latency(entries: readonly string[], questions: readonly Question[]): Promise<void> {
  const config = readConfig({ DATA_DIR: folder, KNOWLEDGE: entries.join(',') }, 0);
  const answerer = await createLocalAnswerer(config, { see: noSeeing, log: () => undefined });
  await answerer.warm();
  const firstMs: number[] = [];
  for (const { ask } of questions) {
    const began = performance.now();
    const request = {
      instructions: '',
      turns: [{ role: 'user', text: ask, images: [] }],
      tools: [],
      toolChoice: 'auto',
      maxTokens: null,
      signal: new AbortController().signal,
    } as const;
    for await (const part of answerer.answer(request)) {
      if (part.type !== 'text') continue;
      firstMs.push(performance.now() - began);
      break;
    }
  }
  await answerer.close();
  const at = (share: number): string => (firstMs.sort((a, b) => a - b)[Math.floor(firstMs.length * share)] ?? 0).toFixed(1);
  console.log(`\nfirst words after the question, each asked once: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}

const museum = fileURLToPath(new URL('../fixtures/knowledge', import.meta.url));
const shared = { allowPrivate: false, folder, publicUrl: null, embedder: embedding, log: () => undefined };
try {
  const tuned = await openKnowledge({ ...shared, entries: [museum] });
  const site = await openKnowledge({ ...shared, entries: [] });
  await measure(
    'Tuning set (a museum)',
    tuned,
    tuningQuestions.map((question) => ({ ...question })),
  );
  await measure('Tuning set (the demo site)', site, siteQuestions);
  await measure('Held-out set (the demo site)', site, heldOutQuestions);
  await latency([], heldOutQuestions);
} finally {
  await embedding.close();
  rmSync(folder, { recursive: true, force: true });
}
