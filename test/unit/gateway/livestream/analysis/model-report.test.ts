import { describe, expect, it } from 'vitest';
import type { Answering, AnswerRequest } from '../../../../../demo/server/engines/engine.ts';
import { linesOf, modelReport, piecesOf } from '../../../../../demo/server/livestream/analysis/report/model-report.ts';

const signal = new AbortController().signal;
const recordedOf = (frames: number) => ({
  name: 'Launch',
  manuscript: {
    title: 'Launch',
    total_frames: frames,
    data: Array.from({ length: frames }, (_, index) => ({
      ...{ frame_number: index + 1, filename: '', content: `Slide ${String(index)}\n${'figures '.repeat(60)}` },
      at_ms: index * 1000,
    })),
  },
  transcript: {
    unheard: 'nothing' as const,
    hears: ['en'],
    data: [{ start_ms: 500, end_ms: 900, language: 'en', text: 'Hello.' }],
  },
  durationMs: 60_000,
});

function model(answers: (request: AnswerRequest) => string) {
  const asked: AnswerRequest[] = [];
  const answering: Answering = {
    ...{ name: 'gpt (api)', warm: () => Promise.resolve(), close: () => Promise.resolve(), limits: () => [] },
    async *answer(request) {
      asked.push(request);
      await Promise.resolve();
      yield { type: 'text', text: answers(request) };
    },
  };
  return { answering, asked };
}
const textOf = ({ turns }: AnswerRequest): string => turns.map((turn) => ('text' in turn ? turn.text : '')).join('');

describe('a model’s report', () => {
  it('is asked for with all that was shown and said in order of time, and signed', async () => {
    const { answering, asked } = model(() => '```markdown\n# Report\n```');
    const text = await modelReport(recordedOf(2), 'Prices only', { model: answering, signal, progress: () => undefined });
    expect(text).toBe('# Report\n\n> Written by gpt (api) from 2 frames and 1 spoken sentences; a model may err.\n');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.instructions).toContain('Prices only');
    expect(textOf(asked[0]!)).toMatch(
      /^Broadcast: Launch\n\[00:00:00\] screen 1: Slide 0 \/ .*\n\[00:00:00\] said: Hello\.\n\[00:00:01\] screen 2/,
    );
  });

  it('of a long recording comes of notes of its pieces, none longer than is sent at once', async () => {
    const { answering, asked } = model(({ instructions }) => (instructions.includes('Take notes') ? 'note' : 'report'));
    const told: number[] = [];
    const text = await modelReport(recordedOf(120), 'All', { model: answering, signal, progress: (value) => told.push(value) });
    expect(text).toMatch(/^report\n/);
    expect(asked.length).toBeGreaterThan(2);
    expect(Math.max(...asked.map((request) => textOf(request).length))).toBeLessThanOrEqual(24_000);
    expect(textOf(asked.at(-1)!)).toBe(
      asked
        .slice(1)
        .map(() => 'note')
        .join('\n'),
    );
    expect(told.every((value) => value >= 0 && value <= 100)).toBe(true);
  });

  it('that is empty is a failure', async () => {
    const { answering } = model(() => ' ');
    await expect(modelReport(recordedOf(1), 'x', { model: answering, signal, progress: () => undefined })).rejects.toThrow(
      'answered nothing',
    );
  });
});

it('pieces hold whole lines, and parts of those that are too long', () => {
  expect(piecesOf(['aaaa', 'bbb', 'cccccccccccc'], 9)).toEqual(['aaaa\nbbb', 'ccccccccc', 'ccc']);
  expect(linesOf(recordedOf(0))).toEqual(['Broadcast: Launch', '[00:00:00] said: Hello.']);
});
