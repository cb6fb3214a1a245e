import type { AnswerTurn, Engines } from '../engines/engine.ts';
import { rateOf } from './audio/format.ts';
import { Resampler } from './audio/resampler.ts';
import { Clauses } from './clauses.ts';
import { RealtimeFault } from './errors.ts';
import { speaks } from './languages.ts';
import type { ResponseSpec } from './response-input.ts';

/** Making an answer: words from the answering engine, cut into clauses, each spoken as soon as it is there. Sends nothing. */

export type Piece =
  /** Words of a text answer. */
  | { readonly type: 'text'; readonly text: string }
  /** Words whose sound comes next. */
  | { readonly type: 'spoken'; readonly text: string }
  /** Sound at the rate of the response's format. */
  | { readonly type: 'sound'; readonly pcm: Int16Array }
  | { readonly type: 'citation'; readonly url: string; readonly title: string }
  | { readonly type: 'tool-call'; readonly name: string; readonly arguments: string }
  | { readonly type: 'end'; readonly inputTokens: number; readonly outputTokens: number; readonly cut: boolean };

/** When the steps of one answer were reached, `performance.now()` ms. */
export interface AnswerMarks {
  begun: number | null;
  /** The first clause was written. */
  worded: number | null;
  /** Its first sound was there. */
  sounded: number | null;
}

export interface Production {
  readonly engines: Pick<Engines, 'answer' | 'speak'>;
  readonly spec: ResponseSpec;
  readonly turns: readonly AnswerTurn[];
  /** BCP 47 of the conversation. */
  readonly language: string | undefined;
  readonly signal: AbortSignal;
  readonly marks: AnswerMarks;
}

/** An estimate where an engine does not count: about four characters a token. */
const CHARACTERS_PER_TOKEN = 4;

export async function* produce(production: Production): AsyncGenerator<Piece> {
  const { engines, spec, turns, signal, marks } = production;
  const clauses = new Clauses();
  let budget = spec.maxOutputTokens === 'inf' ? Infinity : spec.maxOutputTokens * CHARACTERS_PER_TOKEN;
  let cut = false;
  let called = false;
  let { language } = production;
  marks.begun = performance.now();
  const parts = engines.answer.answer({
    instructions: spec.instructions,
    turns,
    tools: spec.tools,
    toolChoice: typeof spec.toolChoice === 'string' ? spec.toolChoice : { name: spec.toolChoice.name },
    maxTokens: spec.maxOutputTokens === 'inf' ? null : spec.maxOutputTokens,
    signal,
  });
  let end: Piece = { type: 'end', inputTokens: 0, outputTokens: 0, cut: false };
  for await (const part of parts) {
    if (part.type === 'text') {
      const text = takeWords(part.text, budget);
      budget -= text.length;
      if (spec.modality === 'text') {
        marks.worded ??= performance.now();
        if (text !== '') yield { type: 'text', text };
      } else {
        const written = part.language ?? production.language;
        // A clause has one voice.
        if (written !== language) for (const clause of clauses.finish()) yield* say(clause, { ...production, language });
        language = written;
        for (const clause of clauses.push(text)) yield* say(clause, { ...production, language });
      }
      // The engine may not have kept to the limit: nothing of what follows would fit.
      if (text.length < part.text.length) {
        cut = true;
        break;
      }
    } else if (part.type === 'tool-call') {
      if (spec.toolChoice === 'none' || (called && !spec.parallelToolCalls)) continue;
      called = true;
      marks.worded ??= performance.now();
      yield part;
    } else if (part.type === 'citation') yield part;
    else end = part;
  }
  if (spec.modality === 'audio') for (const clause of clauses.finish()) yield* say(clause, { ...production, language });
  yield { ...end, cut: cut || end.cut };
}

/** As much of `text` as fits into `limit` characters, ending with a whole word. */
function takeWords(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const space = text.lastIndexOf(' ', limit);
  return text.slice(0, space > 0 ? space : limit);
}

async function* say(clause: string, { engines, spec, language, signal, marks }: Production): AsyncGenerator<Piece> {
  marks.worded ??= performance.now();
  yield { type: 'spoken', text: clause };
  if (!/[\p{L}\p{N}]/u.test(clause)) return;
  checkSpoken(engines.speak, language);
  let resampler: Resampler | null = null;
  const options = { voice: spec.voice, speed: spec.speed, signal, ...(language === undefined ? {} : { language }) };
  for await (const chunk of engines.speak.speak(clause.trim(), options)) {
    resampler ??= new Resampler(chunk.rate, rateOf(spec.format));
    const pcm = resampler.push(chunk.pcm);
    if (pcm.length === 0) continue;
    marks.sounded ??= performance.now();
    yield { type: 'sound', pcm };
  }
  const rest = resampler?.finish();
  if (rest !== undefined && rest.length > 0) yield { type: 'sound', pcm: rest };
}

/** A voice of another language cannot be understood: it is not asked. Throws `language_unsupported`. */
function checkSpoken(speak: Engines['speak'], language: string | undefined): void {
  if (language === undefined || speaks(speak, language)) return;
  const message = `Words in '${language.slice(0, 35)}' are not spoken here; languages are: ${(speak.languages ?? []).join(', ')}.`;
  throw new RealtimeFault('language_unsupported', message, 'session.audio.input.transcription.language');
}
