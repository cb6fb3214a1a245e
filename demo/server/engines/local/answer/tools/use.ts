import type { AnswerRequest, AnswerTool } from '../../../engine.ts';
import type { Embedder } from '../../../../knowledge/embedder.ts';
import { readTerms } from '../../../../knowledge/terms.ts';
import type { Exchange } from '../conversation.ts';
import { askFor } from './ask.ts';
import type { ToolCall } from './call.ts';
import { ASKS, CALLS, rankTools, type Choice } from './choose.ts';
import { fill, valueAt } from './fill.ts';
import { overlaps } from './entity.ts';
import type { Form } from './head.ts';
import type { ToolProfile } from './profile.ts';
import { isObject, type Slot } from './slots.ts';
import { readUtterance } from './utterance.ts';

/** From words to a call over several turns: choose, ask for what is missing, complete with the answer, give up when the user turns away. */

export type ToolMove =
  | { readonly type: 'call'; readonly calls: readonly ToolCall[]; readonly confidence: number; readonly form: Form }
  | { readonly type: 'ask'; readonly question: string; readonly confidence: number; readonly form: Form }
  | { readonly type: 'none' };

export interface ToolUse {
  readonly profiles: readonly ToolProfile[];
  readonly toolChoice: AnswerRequest['toolChoice'];
  readonly embedder: Embedder;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** Asked for and not complete yet. */
interface Pending {
  readonly profile: ToolProfile;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly missing: readonly Slot[];
}

/** Whoever commands or wishes may be asked back on less evidence. */
const ASKING = new Set<Form>(['command', 'request', 'wish']);

const NONE: ToolMove = { type: 'none' };

/** Further back no question is still open. */
const LOOK_BACK = 6;
const TURNS_AWAY = /^(?:no|nope|never ?mind|forget it|cancel|stop|not now|leave it|no thanks?|no thank you|something else)\b/i;

/** When the last answer asked for a value: the call that it completes, or the next question. */
export async function continueTool(asked: string, before: readonly Exchange[], use: ToolUse): Promise<ToolMove> {
  const offered = offeredTools(use);
  if (offered.length === 0 || asked === '') return NONE;
  const pending = await pendingAfter(before.slice(-LOOK_BACK), offered, use);
  if (pending === null || turnsAway(asked, pending)) return NONE;
  // Null: neither an answer to the question nor a value; the documents may know, or another tool.
  const next = advance(pending, asked, use);
  return next === null ? NONE : settle(next, 1, 'fragment');
}

const AGAIN = /^(?:and|or|what about|how about|and what about|what if|same for|also|then)\b/i;

/** "and in Rome?" after a look-up: the same tool with the new value. One that changes something is not called again by a hint. */
export function repeatTool(asked: string, before: readonly Exchange[], use: ToolUse): ToolMove {
  const called = before.at(-1)?.called ?? null;
  const profile = offeredTools(use).find((candidate) => candidate.tool.name === called?.name);
  if (called === null || profile === undefined || !profile.reads) return NONE;
  const said = asked.trim();
  if (!AGAIN.test(said) && !/^(?:in|on|at|for|from|to)\b/i.test(said)) return NONE;
  const utterance = readUtterance(said.replace(AGAIN, '').trim(), use.now, profile.gist);
  const filled = fill(profile, utterance, called.arguments);
  const fresh = filled.fillings.filter((filling) => filling.slot.kind !== 'text');
  const covered = fresh.flatMap((filling) => filling.spans);
  const other = readTerms(
    utterance.words
      .filter((word) => !covered.some((span) => overlaps(span, word)))
      .map((word) => word.text)
      .join(' '),
  );
  if (fresh.length === 0 || other.length > 0) return NONE;
  const args = fresh.reduce<Record<string, unknown>>((all, { slot, values }) => withValue(all, slot.path, values[0]), {
    ...called.arguments,
  });
  return settle({ profile, arguments: args, missing: [] }, 1, 'fragment');
}

/** The tool that the words ask for by themselves. */
export async function startTool(asked: string, use: ToolUse): Promise<ToolMove> {
  const offered = offeredTools(use);
  if (offered.length === 0 || asked === '') return NONE;
  const best = (await rankTools(asked, offered, use.embedder, use.now, use.signal))[0];
  if (best === undefined || !isWanted(best, use)) return NONE;
  return settle(asPending(best), best.confidence, best.form);
}

function offeredTools(use: ToolUse): readonly ToolProfile[] {
  const { toolChoice, profiles } = use;
  if (toolChoice === 'none') return [];
  return typeof toolChoice === 'object' ? profiles.filter((profile) => profile.tool.name === toolChoice.name) : profiles;
}

/** With a forced choice the best one is taken whatever its confidence; what it lacks is asked for, never made up. */
function isWanted(choice: Choice, use: ToolUse): boolean {
  return (
    use.toolChoice === 'required' ||
    typeof use.toolChoice === 'object' ||
    choice.confidence >= CALLS ||
    (choice.filled.missing.length > 0 && choice.named && ASKING.has(choice.form) && choice.confidence >= ASKS)
  );
}

function asPending(choice: Choice): Pending {
  return { profile: choice.profile, arguments: choice.filled.arguments, missing: choice.filled.missing };
}

function settle(pending: Pending, confidence: number, form: Form): ToolMove {
  const [missing] = pending.missing;
  if (missing !== undefined) return { type: 'ask', question: askFor(missing), confidence, form };
  // What the schema forbids is not called: the last guard before a wrong call.
  if (pending.profile.validators.of(pending.profile.parameters)?.(pending.arguments) !== true) return NONE;
  return { type: 'call', calls: [{ name: pending.profile.tool.name, arguments: pending.arguments }], confidence, form };
}

/** Replays the exchanges: a question of ours that is found again in what the user heard is still open. */
async function pendingAfter(before: readonly Exchange[], offered: readonly ToolProfile[], use: ToolUse): Promise<Pending | null> {
  let pending: Pending | null = null;
  for (const { asked, answered } of before) {
    const heard = answered ?? '';
    const next: Pending | null = pending === null || turnsAway(asked, pending) ? null : advance(pending, asked, use);
    if (next !== null && asksFor(next, heard)) {
      pending = next;
      continue;
    }
    pending = null;
    if (!heard.endsWith('?') || asked === '') continue;
    const ranked = await rankTools(asked, offered, use.embedder, use.now, use.signal);
    const fresh = ranked.map(asPending).find((candidate) => asksFor(candidate, heard));
    pending = fresh ?? null;
  }
  return pending;
}

/** "no" answers a yes-no question and turns away from any other. */
function turnsAway(asked: string, pending: Pending): boolean {
  return TURNS_AWAY.test(asked) && !(pending.missing[0]?.kind === 'boolean' && /^(?:no|nope)\b/i.test(asked));
}

/** The question may have been cut off by the user's answer. */
function asksFor(pending: Pending, heard: string): boolean {
  const [missing] = pending.missing;
  if (missing === undefined || heard === '') return false;
  const question = askFor(missing);
  return heard.endsWith(question) || (heard.length >= 8 && question.startsWith(heard.replace(/[.…]+$/, '')));
}

/** Null when the words do not answer what was asked for. */
function advance(pending: Pending, asked: string, use: ToolUse): Pending | null {
  const utterance = readUtterance(asked, use.now, pending.profile.gist);
  const [wanted] = pending.missing;
  if (wanted?.kind === 'text') return aloneValue(pending, wanted, asked, use);
  const filled = fill(pending.profile, utterance, pending.arguments);
  if (
    wanted !== undefined &&
    valueAt(filled.arguments, wanted.path) !== undefined &&
    isShortAnswer(asked, filled.fillings.length)
  )
    return { profile: pending.profile, arguments: filled.arguments, missing: filled.missing };
  return wanted === undefined ? null : aloneValue(pending, wanted, asked, use);
}

/** A whole new question is no answer, unless it brings typed values. */
function isShortAnswer(asked: string, fillings: number): boolean {
  return fillings > 1 || asked.split(/\s+/).length <= 12 || !/^(?:what|when|where|who|why|how|do|does|is|are|can)\b/i.test(asked);
}

/** "Lisbon", "my mother", "yes": the answer itself is the value. */
function aloneValue(pending: Pending, slot: Slot, asked: string, use: ToolUse): Pending | null {
  if (/^(?:what|when|where|who|why|how|which|do|does|is|are|can|could)\b/i.test(asked.trim()) || asked.split(/\s+/).length > 25)
    return null;
  const bare = asked
    .trim()
    .replace(
      /^(?:it'?s|it is|that'?s|that is|the|to|for|in|at|on|from|with|my|um+|uh+|please|i think|maybe|say|yes)[,:]?\s+/i,
      '',
    )
    .replace(/[.!?,\s]+$/, '')
    .replace(/,? please$/i, '');
  if (slot.kind === 'text') {
    const said = plainValue(
      pending,
      slot,
      asked,
      asked
        .trim()
        .replace(PROSE_LEAD, '')
        .replace(/[.\s]+$/, ''),
    );
    return said === undefined ? null : completed(pending, slot, said);
  }
  const filled = fill(
    { ...pending.profile, slots: [{ ...slot, required: true }] },
    readUtterance(bare, use.now, pending.profile.gist),
    pending.arguments,
  );
  const value = valueAt(filled.arguments, slot.path) ?? plainValue(pending, slot, asked, bare);
  return value === undefined ? null : completed(pending, slot, value);
}

const PROSE_LEAD = /^(?:(?:um+|uh+|please|ok|okay|say|it should say|write|just|the \w+ (?:is|should be))[,:]?\s+)+/i;

function completed(pending: Pending, slot: Slot, value: unknown): Pending {
  const args = withValue(pending.arguments, slot.path, value);
  return {
    profile: pending.profile,
    arguments: args,
    missing: pending.missing.filter((other) => valueAt(args, other.path) === undefined),
  };
}

function plainValue(pending: Pending, slot: Slot, asked: string, bare: string): unknown {
  const validate = pending.profile.validators.of(slot.schema);
  if (validate === null || bare === '') return undefined;
  const yes = /^(?:yes|yeah|yep|sure|of course|on|true)\b/i.test(asked)
    ? true
    : /^(?:no|nope|off|false)\b/i.test(asked)
      ? false
      : undefined;
  const words =
    slot.kind === 'text' || slot.kind === 'place' || slot.kind === 'person' || slot.kind === 'street' || slot.kind === 'code'
      ? [slot.many ? bare.split(/,| and /).map((item) => item.trim()) : bare]
      : [];
  const isCode = slot.kind === 'code' ? words.filter((word) => typeof word !== 'string' || /\d/.test(word)) : words;
  return [...(slot.kind === 'boolean' ? [yes] : []), ...isCode].find((value) => value !== undefined && validate(value));
}

function withValue(source: Readonly<Record<string, unknown>>, path: readonly string[], value: unknown): Record<string, unknown> {
  const [name = '', ...rest] = path;
  const inner = source[name];
  return { ...source, [name]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value) };
}

/** "book table" as something that can be done: "book a table". */
export function abilityOf(tool: AnswerTool): string | null {
  const [first = ''] = tool.description.split(/[.!?\n]/);
  const words = first.trim();
  if (words === '' || words.split(/\s+/).length > 9) return null;
  return words.charAt(0).toLowerCase() + words.slice(1).replace(/\bthe user(?:'s)?\b/gi, 'you');
}
