import type { Answering } from '../../engines/engine.ts';
import type { NewScene } from '../scene.ts';
import { askedJson, broughtInto } from '../visual/asked-json.ts';
import type { Json } from '../visual/asked-json.ts';
import { factsOf } from './spoken-scene.ts';
import type { AudioTier } from './spoken-scene.ts';
import type { SpokenWindow } from './windows.ts';

/** What a language model says of a window. */

/** Longer answers are cut: a scene is a few sentences. */
const MOST_TOKENS: Readonly<Record<AudioTier, number>> = { mini: 100, basic: 300, pro: 600, ultra: 1200 };
const MOST_CHARS = 20_000;

const INSTRUCTIONS =
  'You are given what was said in one stretch of a live stream, as a speech recogniser heard it. Do with it what is asked below. ' +
  'Use only what was said. Answer with the result alone.';

/** Rejects with what the engine failed of, and when its answer is not the JSON that was asked for. */
export async function askedOfModel(
  window: SpokenWindow,
  wish: { readonly prompt: string; readonly tier: AudioTier },
  model: Answering,
  signal: AbortSignal,
): Promise<NewScene> {
  const { prompt, tier } = wish;
  const said = window.sentences.join(' ');
  let text = '';
  const request = {
    instructions: `${INSTRUCTIONS}\n\n${prompt}`,
    turns: [{ role: 'user', text: said, images: [] }],
    tools: [],
    toolChoice: 'none',
    maxTokens: MOST_TOKENS[tier],
    signal,
  } as const;
  for await (const part of model.answer(request)) {
    if (part.type === 'text') text += part.text;
    if (text.length > MOST_CHARS) break;
  }
  const shape = askedJson(prompt);
  const data: Json = shape === null ? null : broughtInto(shape, parsed(text));
  return {
    startMs: window.startMs,
    endMs: window.endMs,
    text: data === null ? text.trim() : JSON.stringify(data),
    data,
    metadata: { ...factsOf(window), engine: model.name, tier },
    evidence: `${said}\n${text.trim()}`,
  };
}

/** Models put fences and words around what they were asked for. */
function parsed(text: string): unknown {
  const from = text.search(/[{[]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  if (from === -1 || to < from) throw new SyntaxError('the model answered without the JSON that was asked for');
  const value: unknown = JSON.parse(text.slice(from, to + 1));
  return value;
}
