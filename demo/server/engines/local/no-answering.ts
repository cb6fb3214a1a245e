import type { Answering } from '../engine.ts';

/** Stands in until the answerer is plugged in: it says that it cannot answer. */
export function noAnswering(): Answering {
  return {
    name: 'none',
    warm: () => Promise.resolve(),
    close: () => Promise.resolve(),
    limits: () => ['answer anything'],
    answer: async function* () {
      await Promise.resolve();
      yield { type: 'text', text: 'I cannot answer yet.' };
      yield { type: 'end', inputTokens: 0, outputTokens: 5, cut: false };
    },
  };
}
