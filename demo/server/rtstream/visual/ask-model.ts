import type { Seeing } from '../../engines/engine.ts';
import type { Frame } from '../../media/media-stream.ts';
import { broughtInto, fits, type Json } from './asked-json.ts';
import type { AskedShape } from './asked-shape.ts';

/** A window's frames and its prompt, answered by a model that sees: checked, asked once more when it is not what was asked for. */

export interface ModelAnswer {
  /** Null: use what is known otherwise, `fallback` says why. */
  readonly text: string | null;
  readonly data: Json;
  readonly fallback: string | null;
}

export interface ModelQuestion {
  readonly prompt: string;
  /** Null: prose. */
  readonly asked: AskedShape | null;
  readonly frames: readonly Frame[];
  readonly signal: AbortSignal;
}

const MOST_FRAMES = 8;
const MOST_CHARS = 20_000;

export async function askModel(
  ask: NonNullable<Seeing['ask']>,
  { prompt, asked, frames, signal }: ModelQuestion,
): Promise<ModelAnswer> {
  const pictures = frames.slice(-MOST_FRAMES).map(({ jpeg }) => jpeg);
  const about = `${pictures.length > 1 ? `These are ${pictures.length} frames in order from` : 'This is a frame of'} a live video. `;
  let why = '';
  for (const insist of [false, true]) {
    const order = `${about}${prompt}${insist ? AGAIN : ''}`;
    let said: string;
    try {
      said = (await ask(order, pictures, { signal, json: asked !== null && asked.kind !== 'list' })).slice(0, MOST_CHARS).trim();
    } catch (error) {
      if (signal.aborted) throw error;
      // A server that is down or refuses the key would say the same again.
      return { text: null, data: null, fallback: error instanceof Error ? error.message : String(error) };
    }
    if (said === '') why = 'the model answered nothing';
    else if (asked === null) return { text: said, data: null, fallback: null };
    else {
      const data = readJson(said, asked, insist);
      if (data !== null) return { text: JSON.stringify(data), data, fallback: null };
      why = 'the model did not answer with the JSON that was asked for';
    }
  }
  return { text: null, data: null, fallback: why };
}

const AGAIN = '\nYour last answer was not what was asked for: answer with exactly the JSON that is described, and nothing else.';

/**
 * Also out of a fenced block or a sentence around it. `lenient`: what is of another type is `null`, as long as anything that was asked for
 * is there. Null: no such JSON.
 */
function readJson(said: string, asked: AskedShape, lenient: boolean): Json {
  const json = (asked.kind === 'list' ? /\[[\s\S]*\]/ : /\{[\s\S]*\}/).exec(said)?.[0];
  if (json === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (fits(asked, value)) return broughtInto(asked, value);
  const brought = lenient ? broughtInto(asked, value) : null;
  const isEmpty = brought === null || (typeof brought === 'object' && Object.values(brought).every((part) => part === null));
  return isEmpty ? null : brought;
}
