import type { AnswerTurn } from '../engines/engine.ts';
import { rateOf } from './audio/format.ts';
import type { SessionContext } from './context.ts';
import type { Item } from './items.ts';
import { prefetch } from './prefetch.ts';
import { produce } from './production.ts';
import type { AnswerMarks, Piece } from './production.ts';
import { limitTurns, toTurns } from './prompt-turns.ts';
import type { ResponseSpec } from './response-input.ts';

/** An answer in the making: the engines work ahead of whoever will send it, as far as a few seconds of sound. */

/** Enough to speak the next clause while the last one is sent. ms */
const AHEAD_MS = 4000;

export interface Making {
  readonly pieces: AsyncIterableIterator<Piece>;
  readonly abort: AbortController;
  readonly marks: AnswerMarks;
  readonly spec: ResponseSpec;
}

/** Begins at once. `turns` null: there is nothing to answer. */
export function makeAnswer(
  context: SessionContext,
  spec: ResponseSpec,
  turns: () => Promise<readonly AnswerTurn[] | null>,
): Making {
  const abort = new AbortController();
  const marks: AnswerMarks = { begun: null, worded: null, sounded: null };
  async function* make(): AsyncGenerator<Piece> {
    const known = await turns();
    if (known === null || abort.signal.aborted) return;
    const language = context.config().transcription?.language;
    yield* produce({ engines: context.engines, spec, turns: known, language, signal: abort.signal, marks });
  }
  const pieces = prefetch(make(), {
    limit: (AHEAD_MS * rateOf(spec.format)) / 1000,
    weigh: (piece) => (piece.type === 'sound' ? piece.pcm.length : 1),
  });
  return { pieces, abort, marks, spec };
}

export function abandon(making: Making): void {
  making.abort.abort();
  // Closes a source whose engine does not listen to the abort. Nobody waits for it, and how it ends is nobody's trouble any more.
  making.pieces.return?.().catch(() => undefined);
}

/** The items as turns, once their words are known. A turn that could not be heard rejects, once; later answers go on without it. */
export async function turnsOf(
  context: SessionContext,
  items: readonly Item[],
  extra: readonly AnswerTurn[],
): Promise<readonly AnswerTurn[]> {
  for (const { id } of items) {
    try {
      await context.hearing.get(id);
    } catch (cause) {
      context.hearing.delete(id);
      throw cause;
    }
  }
  return limitTurns([...toTurns(items, context.heard), ...extra], context.config().truncation);
}
