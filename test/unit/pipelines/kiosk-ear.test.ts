import { describe, expect, it } from 'vitest';
import { map } from 'rxjs';
import { Ear, ear } from '../../../src/pipelines/kiosk-ear.ts';
import { marbles } from '../../support/marbles.ts';

const FRAME_MS = 20;
const level = (db: number): number => 10 ** (db / 20);

/** Times (ms) at which speech begins (+) and ends (-). */
function heard(levelAt: (ms: number) => number, lastMs: number): readonly string[] {
  const listener = new Ear(FRAME_MS);
  const turns: string[] = [];
  for (let ms = 0; ms < lastMs; ms += FRAME_MS) {
    const on = listener.hear(levelAt(ms));
    if (on !== null) turns.push(`${on ? '+' : '-'}${ms}`);
  }
  return turns;
}

describe('the kiosk’s own ear', () => {
  const room = level(-60);

  it('hears a sentence with its pauses as one', () => {
    // Syllables of 160 ms with gaps of 80 ms, from 1 s to 4 s.
    const turns = heard((ms) => (ms >= 1000 && ms < 4000 && (ms - 1000) % 240 < 160 ? level(-30) : room), 6_000);
    expect(turns).toHaveLength(2);
    expect(Number(turns[0]?.slice(1))).toBeLessThan(2_000);
    expect(Number(turns[1]?.slice(1))).toBeGreaterThan(4_000);
  });

  it('does not wake for a door that slams, nor for beeps', () => {
    expect(heard((ms) => (ms >= 1000 && ms < 1150 ? level(-10) : room), 4_000)).toEqual([]);
    expect(heard((ms) => (ms % 1000 < 200 ? level(-20) : room), 20_000)).toEqual([]);
  });

  it('gets used to a machine that was switched on', () => {
    const turns = heard((ms) => (ms >= 1000 ? level(-35) : room), 30_000);
    expect(turns.at(-1)?.startsWith('-')).toBe(true);
  });

  it('tells of every second how many frames came and how many were zeros', () => {
    marbles(({ cold, expectObservable }) => {
      const level$ = cold('499ms z 99ms l 99ms z').pipe(map((kind) => (kind === 'z' ? 0 : level(-70))));
      expectObservable(
        ear(level$, FRAME_MS).pipe(map((event) => event.type === 'second' && [event.frames, event.zeros])),
        '^ 2500ms !',
      ).toBe('1s a 999ms b', { a: [3, 2], b: [0, 0] });
    });
  });
});
