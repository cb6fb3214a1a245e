import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TurnDetector } from '../../../../demo/server/realtime/turn-detector.ts';
import type { TurnEvent } from '../../../../demo/server/realtime/turn-detector.ts';

const WINDOW = 512;
const RULES = { threshold: 0.5, probableSamples: 3 * WINDOW };
const END = 8 * WINDOW;

/** One letter a window: `#` speech, `.` silence, `?` between the two thresholds. */
function play(windows: string, endAfter = END): readonly string[] {
  const detector = new TurnDetector(RULES, endAfter);
  return Array.from(windows).flatMap((letter, index) =>
    detector
      .push(letter === '#' ? 0.9 : letter === '?' ? 0.4 : 0.05, index * WINDOW, (index + 1) * WINDOW)
      .map((event) => `${event.type}@${event.at / WINDOW}`),
  );
}

describe('TurnDetector', () => {
  it('begins where the first of two voiced windows began', () => {
    expect(play('...##')).toEqual(['started@3']);
  });

  it('takes a single voiced window for a click', () => {
    expect(play('..#..#...#..')).toEqual([]);
  });

  it('tells a probable end, then the end', () => {
    expect(play('####........')).toEqual(['started@0', 'probable-end@7', 'stopped@12']);
  });

  it('takes the probable end back when speech goes on, and counts anew', () => {
    expect(play('####....##........')).toEqual(['started@0', 'probable-end@7', 'resumed@9', 'probable-end@13', 'stopped@18']);
  });

  it('a doubtful window neither ends speech nor begins it', () => {
    expect(play('??##?.?.????')).toEqual(['started@2', 'probable-end@8']);
    expect(play('??????')).toEqual([]);
  });

  it('a short silence window ends both at once, in order', () => {
    expect(play('##..', WINDOW)).toEqual(['started@0', 'probable-end@3', 'stopped@3']);
  });

  it('waits as long as it is told while somebody speaks', () => {
    const detector = new TurnDetector(RULES, 100 * WINDOW);
    const push = (p: number, i: number): readonly TurnEvent[] => detector.push(p, i * WINDOW, (i + 1) * WINDOW);
    for (let i = 0; i < 4; i++) push(0.9, i);
    for (let i = 4; i < 10; i++) push(0, i);
    detector.endAfter = 2 * WINDOW;
    expect(push(0, 10)).toMatchObject([{ type: 'stopped', voiced: 4 * WINDOW }]);
  });

  it('every start is followed by exactly one stop, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('#', '.', '?'), { maxLength: 300 }), (letters) => {
        const turns = play(letters.join('') + '.'.repeat(10)).filter((event) => /start|stop/.test(event));
        turns.forEach((event, index) => expect(event.startsWith(index % 2 === 0 ? 'started' : 'stopped')).toBe(true));
        expect(turns.length % 2).toBe(0);
      }),
    );
  });

  it('can be ended by hand, once', () => {
    const detector = new TurnDetector(RULES, END);
    detector.push(0.9, 0, WINDOW);
    detector.push(0.9, WINDOW, 2 * WINDOW);
    expect(detector.end(2 * WINDOW)).toMatchObject({ type: 'stopped', at: 2 * WINDOW });
    expect(detector.end(2 * WINDOW)).toBeNull();
  });
});
