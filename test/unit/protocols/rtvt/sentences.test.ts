import { describe, expect, it } from 'vitest';
import { Sentences, type Heard, type SentenceOptions } from '../../../../src/protocols/rtvt/sentences.ts';

const said = (text: string, startMs: number, endMs: number | null, others: Partial<Heard> = {}): Heard => ({
  side: 'original',
  final: true,
  taskId: null,
  startMs,
  endMs,
  text,
  ...others,
});
const sentences = (options: Partial<SentenceOptions> = {}): Sentences => {
  const made = new Sentences({ wanted: ['original', 'translation'], ...options });
  made.begin(1);
  return made;
};
const task = (of: Sentences, heard: Heard): string | null => of.take(heard)?.task ?? null;

describe('numbered sentences', () => {
  it('tie interim and final, recognition and translation together, in whatever order these come', () => {
    const of = sentences();
    const first = { taskId: 3n };
    expect(task(of, said('ocho', 0, 800, { ...first, side: 'translation' }))).toBe('1.3');
    expect(task(of, said('two', 900, 1000, { taskId: 4n, final: false }))).toBe('1.4');
    expect(task(of, said('eight', 0, 800, first))).toBe('1.3');
    expect(of.settledMs).toBe(800);
    expect(of.openMs).toBe(900);
  });

  it('are not undone by words that the server knew earlier and told later, whatever becomes of its clock', () => {
    const of = sentences();
    const growing = (text: string, knownMs: number | null) =>
      task(of, said(text, 0, null, { taskId: 3n, final: false, knownMs }));
    expect(growing('where is the', 10_200)).toBe('1.3');
    expect(growing('where is', 10_100)).toBeNull();
    expect(growing('where is the station', 10_300)).toBe('1.3');
    expect(growing('where is a', null)).toBe('1.3');
    expect(growing('where is the', 10_250)).toBe('1.3');
    // An hour back is a clock that was set, not a result that was overtaken.
    expect(growing('where is the stay', 3_000)).toBe('1.3');
    of.begin(2);
    expect(task(of, said('where is the station', 0, 900, { taskId: 7n, final: false, knownMs: 2_900 }))).toBe('1.3');
    expect(task(of, said('Where is the station?', 0, 900, { taskId: 7n, knownMs: 1 }))).toBe('1.3');
  });

  it('are spoken once, although their sound was sent again', () => {
    const of = sentences();
    const both = (taskId: bigint, startMs: number) => {
      task(of, said('eight', startMs, startMs + 800, { taskId }));
      task(of, said('ocho', startMs, startMs + 800, { taskId, side: 'translation' }));
    };
    both(3n, 0);
    expect(of.voiced(3n, 'ocho')).toEqual({ task: '1.3', again: false });
    // A second piece of the same voice.
    expect(of.voiced(3n, 'ocho')).toEqual({ task: '1.3', again: false });
    both(4n, 1_000);
    of.begin(2);
    both(1n, 0);
    expect(of.voiced(1n, 'ocho')).toEqual({ task: '1.3', again: true });
    // Told for good before the break, but not spoken.
    both(2n, 1_000);
    expect(of.voiced(2n, 'ocho, otra vez')).toEqual({ task: '1.4', again: false });
    expect(of.voiced(null, 'nobody said that')).toEqual({ task: null, again: false });
  });

  it('are told for good once a side, and nothing after that', () => {
    const of = sentences();
    const first = { taskId: 3n };
    expect(task(of, said('eight', 0, 800, first))).toBe('1.3');
    expect(task(of, said('eight', 0, 800, first))).toBeNull();
    expect(task(of, said('eig', 0, 500, { ...first, final: false }))).toBeNull();
    expect(task(of, said('ocho', 0, 800, { ...first, side: 'translation' }))).toBe('1.3');
  });

  it('are not told when nothing changed', () => {
    const of = sentences();
    const interim = said('eight', 0, 500, { taskId: 3n, final: false });
    expect(task(of, interim)).toBe('1.3');
    expect(task(of, interim)).toBeNull();
    expect(task(of, { ...interim, text: 'eight o' })).toBe('1.3');
  });

  it('are done with the sides that were asked for', () => {
    const of = sentences({ wanted: ['original'] });
    of.take(said('eight', 0, 800, { taskId: 1n }));
    expect(of.openMs).toBeNull();
  });

  it('that got no final although much more did are given up', () => {
    const of = sentences({ wanted: ['original'] });
    of.take(said('eig', 0, 500, { taskId: 1n, final: false }));
    of.take(said('nine', 11_000, 12_000, { taskId: 2n }));
    expect(of.openMs).toBeNull();
  });

  it('fill no memory', () => {
    const of = sentences();
    for (let id = 0n; id < 1000n; id++) of.take(said('x', Number(id) * 100, Number(id) * 100 + 50, { taskId: id }));
    expect(of.openMs).not.toBeNull();
    expect(of.voiced(0n, '').task).toBeNull();
    expect(of.voiced(999n, '').task).toBe('1.999');
  });
});

describe('sentences without a number', () => {
  it('are one until its final, each side by itself', () => {
    const of = sentences();
    const interim = { final: false };
    expect(task(of, said('to', 0, 20, interim))).toBe('1.u0');
    expect(task(of, said('tonight', 40, 60, interim))).toBe('1.u0');
    expect(task(of, said('esta', 40, 60, { ...interim, side: 'translation' }))).toBe('1.u0');
    expect(task(of, said('tonight', 0, 800))).toBe('1.u0');
    expect(task(of, said('we', 900, 920, interim))).toBe('1.u1');
    expect(task(of, said('esta noche', 0, 800, { side: 'translation' }))).toBe('1.u0');
    expect(task(of, said('nosotros', 900, 950, { ...interim, side: 'translation' }))).toBe('1.u1');
  });

  it('take the number of their final', () => {
    const of = sentences();
    expect(task(of, said('to', 0, 20, { final: false }))).toBe('1.u0');
    expect(task(of, said('tonight', 0, 800, { taskId: 7n }))).toBe('1.u0');
    expect(task(of, said('esta noche', 0, 800, { taskId: 7n, side: 'translation' }))).toBe('1.u0');
    expect(task(of, said('we', 900, 1000, { taskId: 8n }))).toBe('1.8');
  });
});

describe('after a break', () => {
  it('what was told for good is not told again, also in pieces', () => {
    const of = sentences({ wanted: ['original'] });
    of.take(said('good morning', 1000, 2000, { taskId: 0n }));
    of.begin(2);
    expect(task(of, said('morning', 1500, 2050, { taskId: 0n }))).toBeNull();
    expect(task(of, said('how are you', 2400, 3000, { taskId: 1n }))).toBe('2.1');
  });

  it('what merely begins there is', () => {
    const of = sentences({ wanted: ['original'] });
    of.take(said('good morning', 1000, 2000, { taskId: 0n }));
    of.begin(2);
    expect(task(of, said('g', 1800, 1950, { taskId: 0n, final: false }))).toBeNull();
    expect(task(of, said('g how are you', 1800, 3000, { taskId: 0n }))).toBe('2.0');
  });

  it('what was growing goes on under its key', () => {
    const of = sentences();
    of.take(said('good', 1000, 1400, { taskId: 5n, final: false }));
    of.begin(2);
    expect(task(of, said('good mor', 950, 1700, { taskId: 0n, final: false }))).toBe('1.5');
    expect(task(of, said('good morning', 950, 2000, { taskId: 0n }))).toBe('1.5');
    expect(task(of, said('buenos días', 950, 2000, { taskId: 0n, side: 'translation' }))).toBe('1.5');
    expect(task(of, said('next', 2400, 3000, { taskId: 1n }))).toBe('2.1');
  });

  it('numbers of another connection mean nothing', () => {
    const of = sentences({ wanted: ['original'] });
    of.take(said('one', 0, 500, { taskId: 0n }));
    of.begin(2);
    expect(task(of, said('two', 900, 1500, { taskId: 0n }))).toBe('2.0');
  });
});
