import { createEmbedding } from '../../demo/server/engines/local/answer/embedding.ts';
import { readTool } from '../../demo/server/engines/local/answer/tools/profile.ts';
import { startTool, type ToolMove } from '../../demo/server/engines/local/answer/tools/use.ts';
import { askFor } from '../../demo/server/engines/local/answer/tools/ask.ts';
import type { ToolCase, ToolSet } from './tools/case.ts';
import { developmentSet } from './tools/development.ts';
import { moreDevelopment } from './tools/development-more.ts';
import { thirdDevelopment } from './tools/development-third.ts';
import { heldOutSet } from './tools/held-out.ts';
import { fourthDevelopment } from './tools/development-fourth.ts';

/**
 * `npm run prove:tools`: declared tools chosen and filled without a language model, all tools of a set declared at once. A tool counts as
 * right when every utterance that asks for it is: called with exactly these arguments, or asked for what is missing.
 */

const NOW = new Date(2026, 10, 20, 10, 0);
const verbose = process.argv.includes('--verbose');
const embedding = createEmbedding((line) => process.stderr.write(`${line}\n`));

type Verdict =
  | 'right call'
  | 'right question'
  | 'wrong arguments'
  | 'wrong tool'
  | 'called for nothing'
  | 'asked for nothing'
  | 'abstained'
  | 'rightly silent';

async function judge(set: ToolSet, item: ToolCase): Promise<{ readonly verdict: Verdict; readonly move: ToolMove }> {
  const profiles = set.tools.map(readTool);
  const move = await startTool(item.say, {
    profiles,
    toolChoice: 'auto',
    embedder: embedding,
    now: NOW,
    signal: new AbortController().signal,
  });
  return { verdict: verdictOf(set, item, move), move };
}

function verdictOf(set: ToolSet, item: ToolCase, move: ToolMove): Verdict {
  if (move.type === 'none') return item.tool === null ? 'rightly silent' : 'abstained';
  if (move.type === 'ask') {
    if (item.tool === null) return 'asked for nothing';
    if (item.asks !== true) return 'wrong arguments';
    const expected = set.tools.find((tool) => tool.name === item.tool);
    const own = expected === undefined ? [] : readTool(expected).slots.map(askFor);
    return own.includes(move.question) ? 'right question' : 'wrong tool';
  }
  const [called] = move.calls;
  if (item.tool === null) return 'called for nothing';
  if (called?.name !== item.tool) return 'wrong tool';
  if (item.asks === true) return 'wrong arguments';
  return sameArguments(called.arguments, item) ? 'right call' : 'wrong arguments';
}

function sameArguments(given: Readonly<Record<string, unknown>>, item: ToolCase): boolean {
  const wanted = item.args ?? {};
  const extra = Object.keys(given).filter((name) => !(name in wanted) && item.also?.includes(name) !== true);
  return extra.length === 0 && Object.entries(wanted).every(([name, value]) => same(given[name], value));
}

/** Strings without regard to case; a moment by its beginning, since the zone is the machine's. */
function same(given: unknown, wanted: unknown): boolean {
  if (typeof given === 'string' && typeof wanted === 'string' && /T\d\d:\d\d$/.test(wanted)) return given.startsWith(wanted);
  return JSON.stringify(given ?? null).toLowerCase() === JSON.stringify(wanted).toLowerCase();
}

async function measure(name: string, set: ToolSet): Promise<void> {
  const counts = new Map<Verdict, number>();
  const failed = new Set<string>();
  const failedFirst = new Set<string>();
  const met = new Set<string>();
  for (const item of set.cases) {
    const { verdict, move } = await judge(set, item);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    const good = verdict === 'right call' || verdict === 'right question' || verdict === 'rightly silent';
    if (!good && item.tool !== null) failed.add(item.tool);
    if (!good && item.tool !== null && !met.has(item.tool)) failedFirst.add(item.tool);
    if (item.tool !== null) met.add(item.tool);
    if (!good && verbose) console.log(`  ${verdict.padEnd(18)} ${item.say}  →  ${shown(move)}`);
  }
  const count = (verdict: Verdict): number => counts.get(verdict) ?? 0;
  const calls = set.cases.filter((item) => item.tool !== null && item.asks !== true).length;
  const questions = set.cases.filter((item) => item.asks === true).length;
  const silent = set.cases.filter((item) => item.tool === null).length;
  const wanted = [...new Set(set.cases.flatMap((item) => item.tool ?? []))];
  console.log(`\n${name}: ${String(set.tools.length)} tools, ${String(set.cases.length)} utterances`);
  console.log(`  tools with every utterance right      ${String(wanted.length - failed.size)} of ${String(wanted.length)}`);
  console.log(`  tools with their first utterance right ${String(wanted.length - failedFirst.size)} of ${String(wanted.length)}`);
  console.log(`  right call with right arguments       ${String(count('right call'))} of ${String(calls)}`);
  console.log(`  right question for what is missing    ${String(count('right question'))} of ${String(questions)}`);
  console.log(`  rightly silent                        ${String(count('rightly silent'))} of ${String(silent)}`);
  console.log(`  abstained though a tool was wanted    ${String(count('abstained'))}`);
  console.log(`  right tool, wrong or lacking values   ${String(count('wrong arguments'))}`);
  console.log(`  wrong tool                            ${String(count('wrong tool'))}`);
  console.log(
    `  called or asked for nothing           ${String(count('called for nothing'))} called, ${String(count('asked for nothing'))} asked`,
  );
}

function shown(move: ToolMove): string {
  if (move.type === 'none') return 'nothing';
  return move.type === 'ask'
    ? move.question
    : move.calls.map((call) => `${call.name} ${JSON.stringify(call.arguments)}`).join(', ');
}

try {
  await measure('Development set 1', developmentSet);
  await measure('Development set 2', moreDevelopment);
  await measure('Development set 3', thirdDevelopment);
  await measure('Development set 4', fourthDevelopment);
  await measure('Held-out set, written after the method was frozen', heldOutSet);
} finally {
  await embedding.close();
}
