import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLine, addSentence, MOST_LINES, speechOrder, type CaptionLine } from '../../../src/pipelines/caption-lines.ts';
import type { SentenceEvent } from '../../../src/shared/interpretation.ts';

const BEGAN: Readonly<Record<string, number>> = { near: 1_000_000, far: 1_000_700 };
const sentence = (task: string, text: string, changes: Partial<SentenceEvent> = {}): SentenceEvent => ({
  type: 'sentence',
  stream: 'near',
  task,
  side: 'original',
  language: 'en',
  text,
  final: false,
  startMs: 0,
  endMs: null,
  ...changes,
});
const addAll = (events: readonly SentenceEvent[], to: readonly CaptionLine[] = []): readonly CaptionLine[] =>
  events.reduce((lines, event) => addSentence(lines, event, BEGAN[event.stream] ?? 0), to);
const texts = (lines: readonly CaptionLine[]) =>
  lines.map(({ original, translation }) => [original?.text ?? null, translation?.text ?? null]);

describe('addSentence', () => {
  it('puts an interim result in the place of the last one, and a final one in the place of both', () => {
    const growing = addAll([sentence('1', 'where'), sentence('1', 'where is')]);
    expect(texts(growing)).toEqual([['where is', null]]);
    expect(growing[0]).toMatchObject({ endMs: null, at: 1_000_000, original: { final: false } });
    const whole = addAll([sentence('1', 'Where is it?', { final: true, startMs: 40, endMs: 900 })], growing);
    expect(whole).toEqual([
      {
        id: '4:near:1',
        stream: 'near',
        startMs: 40,
        endMs: 900,
        at: 1_000_040,
        original: { text: 'Where is it?', language: 'en', final: true },
        translation: null,
      },
    ]);
  });

  it('lets no interim result undo a final one, also not its times', () => {
    const whole = addAll([sentence('1', 'Where is it?', { final: true, endMs: 900 })]);
    expect(addAll([sentence('1', 'where is', { startMs: 20 })], whole)).toBe(whole);
  });

  it('takes a correction of a final one', () => {
    const events = [sentence('1', 'Wear is it?', { final: true }), sentence('1', 'Where is it?', { final: true })];
    expect(texts(addAll(events))).toEqual([['Where is it?', null]]);
  });

  it('ties the translation to its sentence, whichever comes first, and leaves the time to what was said', () => {
    const said = sentence('1', 'Where?', { final: true, startMs: 100, endMs: 900 });
    const translated = sentence('1', '¿Dónde?', { side: 'translation', language: 'es', final: true, startMs: 120, endMs: 950 });
    const lines = addAll([said, translated]);
    expect(texts(lines)).toEqual([['Where?', '¿Dónde?']]);
    expect(lines[0]).toMatchObject({ startMs: 100, endMs: 900 });
    expect(addAll([translated, said])).toEqual(lines);
    expect(addAll([translated])[0]).toMatchObject({ startMs: 120, endMs: 950, original: null });
  });

  it('keeps sentences of two streams apart, however they are named', () => {
    const events = [
      sentence('b', 'one', { stream: 'a' }),
      sentence('', 'two', { stream: 'a:b' }),
      sentence(':b', 'three', { stream: 'a' }),
    ];
    expect(new Set(addAll(events).map(({ id }) => id)).size).toBe(3);
  });

  it('orders two people by one clock', () => {
    const events = [
      sentence('1', 'answer', { stream: 'far', startMs: 500 }),
      sentence('2', 'thanks', { startMs: 1_300 }),
      sentence('1', 'question', { startMs: 1_100 }),
    ];
    expect(texts(addAll(events)).map(([text]) => text)).toEqual(['question', 'answer', 'thanks']);
  });

  it('keeps the newest 500 and takes nothing back that it let go', () => {
    const many = Array.from({ length: MOST_LINES + 20 }, (_, index) => sentence(String(index), 'x', { startMs: index * 10 }));
    const lines = addAll(many);
    expect([lines.length, lines[0]?.startMs]).toEqual([MOST_LINES, 200]);
    expect(addAll([sentence('3', 'late', { startMs: 30, final: true })], lines)).toBe(lines);
  });
});

describe('addLine', () => {
  const [line] = addAll([sentence('1', 'Where', { startMs: 40 })]);
  if (line === undefined) throw new Error('no line');
  const whole: CaptionLine = { ...line, endMs: 900, original: { text: 'Where?', language: 'en', final: true } };

  it('takes whole lines from a room, in any order, each in the place of its earlier state', () => {
    const later = { ...line, id: '4:near:2', startMs: 900, at: line.at + 860 };
    const lines = [later, line, whole].reduce<readonly CaptionLine[]>(addLine, []);
    expect(lines).toEqual([whole, later]);
    expect(addLine(lines, whole)).toBe(lines);
    expect(addLine(lines, line)).toBe(lines);
  });

  it('adds a translation without touching the rest', () => {
    const translation = { text: '¿Dónde?', language: 'es', final: true };
    expect(addLine([whole], { ...whole, translation })).toEqual([{ ...whole, translation }]);
  });
});

const tasks = fc.uniqueArray(
  fc.record({
    stream: fc.constantFrom('near', 'far'),
    task: fc.nat(40).map(String),
    startMs: fc.nat(5_000),
    text: fc.string({ maxLength: 12 }),
    translated: fc.option(fc.string({ maxLength: 12 })),
    interims: fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
  }),
  { maxLength: 25, selector: ({ stream, task }) => `${stream} ${task}` },
);

/** What a service sends of these sentences, in the order of one that is never late. */
const eventsOf = (spoken: typeof tasks extends fc.Arbitrary<infer T> ? T : never): SentenceEvent[] =>
  spoken.flatMap(({ stream, task, startMs, text, translated, interims }) => [
    ...interims.map((early) => sentence(task, early, { stream, startMs })),
    sentence(task, text, { stream, startMs, endMs: startMs + 400, final: true }),
    ...(translated === null
      ? []
      : [sentence(task, translated, { stream, startMs, side: 'translation', language: 'es', final: true })]),
  ]);

describe('whatever order results arrive in', () => {
  it('the lines are the same, in the order of the speech, once each', () => {
    const shuffled = tasks.chain((spoken) => {
      const events = eventsOf(spoken);
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }));
    });
    fc.assert(
      fc.property(shuffled, ([events, arrived]) => {
        const lines = addAll(arrived);
        expect(lines).toEqual(addAll(events));
        expect([...lines].sort(speechOrder)).toEqual(lines);
        expect(lines.every(({ original }) => original?.final)).toBe(true);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      }),
      { numRuns: 300 },
    );
  });

  it('what comes twice changes nothing, not even the array', () => {
    fc.assert(
      fc.property(tasks, (spoken) => {
        const events = eventsOf(spoken);
        const lines = addAll(events);
        expect(addAll(events, lines)).toBe(lines);
      }),
      { numRuns: 200 },
    );
  });

  it('lines that an event does not concern stay the same objects', () => {
    fc.assert(
      fc.property(tasks, fc.nat(), (spoken, pick) => {
        const before = addAll(eventsOf(spoken));
        const target = spoken[pick % Math.max(1, spoken.length)];
        if (target === undefined) return;
        const after = addSentence(
          before,
          sentence(target.task, 'corrected', { ...target, text: 'corrected', final: true }),
          BEGAN[target.stream] ?? 0,
        );
        expect(after.filter((line) => !before.includes(line)).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
