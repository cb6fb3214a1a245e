import { describe, expect, it } from 'vitest';
import { asyncScheduler, NEVER } from 'rxjs';
import { answers, hears, type SessionSigns, sounds, stalls } from '../../../src/pipelines/kiosk-watch-parts.ts';
import { remedied } from '../../../src/pipelines/kiosk-watch.ts';
import { marbles } from '../../support/marbles.ts';

const well = { t: true, f: false };

describe('remedies', () => {
  const remedies = { remedies: ['reopen', 'rebuild'] as const, random: () => 0.5 };
  const names = { a: 'reopen', b: 'rebuild' };

  it('come at once, then further and further apart, the strongest again and again', () => {
    marbles(({ hot, expectObservable }) => {
      const well$ = hot<boolean>('-f'.concat(' 99ms f'.repeat(200)), well);
      expectObservable(remedied(well$, remedies), '^ 12s !').toBe('-a 1099ms b 2099ms b 4099ms b', names);
    });
  });

  it('begin anew after half a minute without a fault, not before', () => {
    marbles(({ hot, expectObservable }) => {
      const well$ = hot<boolean>('-f 4s t 10s f 4s t 40s f', well);
      expectObservable(remedied(well$, remedies)).toBe('-a 14001ms b 44001ms a', names);
    });
  });

  it('are asked for by nothing that is well', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(remedied(hot<boolean>('t 1s t 1s t', well), remedies)).toBe('');
    });
  });
});

describe('the microphone', () => {
  const seconds = (frames: readonly number[], zeros: readonly number[]) => ({ frames, zeros });

  function judged({ frames, zeros }: ReturnType<typeof seconds>): readonly boolean[] {
    const heard: boolean[] = [];
    marbles(({ cold, flush }) => {
      const told = frames.map((count, index) => ({ frames: count, zeros: zeros[index] ?? 0 }));
      const marble = told.map((_each, index) => String.fromCharCode(97 + index)).join('');
      hears(cold(marble, Object.fromEntries(told.map((each, index) => [String.fromCharCode(97 + index), each])))).subscribe(
        (each) => heard.push(each),
      );
      flush();
    });
    return heard;
  }

  it('is dead after two seconds without a frame', () => {
    expect(judged(seconds([50, 0, 0, 50], []))).toEqual([true, true, false, true]);
  });

  it('is dead after ten seconds of nothing but zeros, and not in a quiet room', () => {
    const fifty = Array.from({ length: 11 }, () => 50);
    expect(judged(seconds(fifty, fifty)).indexOf(false)).toBe(9);
    expect(
      judged(
        seconds(
          fifty,
          fifty.map(() => 49),
        ),
      ),
    ).not.toContain(false);
  });
});

describe('the loudspeaker', () => {
  it('is wrong when it is held back for two seconds', () => {
    marbles(({ hot, expectObservable }) => {
      const state$ = hot('r 500ms s 1s r 1s s', { r: 'running', s: 'suspended' });
      expectObservable(sounds(state$), '^ 6s !').toBe('t 1501ms t 3000ms f', well);
    });
  });
});

describe('the session', () => {
  const signs = (phase: string, changes: Partial<SessionSigns> = {}): SessionSigns => ({
    phase,
    microphone: 'live',
    error: null,
    ...changes,
  });
  const states = {
    l: signs('listening'),
    c: signs('connecting'),
    h: signs('thinking'),
    e: signs('error', { error: 'server-error' }),
    d: signs('error', { error: 'microphone-denied' }),
    m: signs('listening', { microphone: 'lost' }),
  };

  it.each([
    ['connects for too long', 'c', '5s f 4999ms f'],
    ['answers for too long', 'h', '5s f 4999ms f'],
    ['failed', 'e', 'f 999ms f 999ms f'],
    ['lost its microphone', 'm', 'f 999ms f 999ms f'],
    ['was refused what only a person can give', 'd', ''],
  ])('that %s', (_name, state, expected) => {
    marbles(({ hot, expectObservable }) => {
      const until = expected.includes('4999') ? '^ 11s !' : '^ 2500ms !';
      expectObservable(answers(hot(state, states), NEVER, 5_000), until).toBe(expected, well);
    });
  });

  it('that takes no notice of speech is wrong, one that answers is not', () => {
    marbles(({ hot, expectObservable }) => {
      const speech$ = hot<boolean>('-s 20s q', { s: true, q: false });
      expectObservable(answers(hot('l', states), speech$, 5_000), '^ 7s !').toBe('t 5s f', well);
    });
    marbles(({ hot, expectObservable }) => {
      const speech$ = hot<boolean>('-s 20s q', { s: true, q: false });
      expectObservable(answers(hot('l 2s l 2s l', states), speech$, 5_000), '^ 7s !').toBe('t 2s t 2s t', well);
    });
  });
});

describe('the page', () => {
  it('that stands still is told of while it does, and when it is back', () => {
    marbles(({ hot, expectObservable }) => {
      const answer$ = hot('a 999ms a 999ms a 12999ms a 999ms a');
      expectObservable(
        stalls(answer$, 5_000, () => asyncScheduler.now()),
        '^ 18s !',
      ).toBe('7s s 4999ms u 2999ms b', {
        s: { type: 'still', ms: 5_000 },
        u: { type: 'still', ms: 10_000 },
        b: { type: 'back', ms: 13_000 },
      });
    });
  });
});
