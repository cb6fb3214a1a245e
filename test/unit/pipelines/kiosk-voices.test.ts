import { describe, expect, it } from 'vitest';
import { firstThatSpeaks, mayListen, noDoubt, takenBack } from '../../../src/pipelines/kiosk-voices.ts';
import { marbles } from '../../support/marbles.ts';

const BEGIN_MS = 4;

describe('one of several voices', () => {
  it.each([
    ['speaks, and the next is never asked', '-b--|', '----|', null, ''],
    ['fails before a word: the next speaks', '-#', '------|', '-b---|', '-^----!'],
    ['ends without a word: the next speaks', '-|', '------|', '-b---|', '-^----!'],
    ['begins too late: the next speaks, and the first is stopped', '------b--|', '---------|', '-b---|', '----^----!'],
    ['fails in the middle: nothing is said twice', '-b-#', '---|', null, ''],
  ])('%s', (_what, first, told, second, asked) => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const next$ = cold(second ?? '-b|');
      expectObservable(firstThatSpeaks([cold(first), next$], BEGIN_MS)).toBe(told);
      expectSubscriptions(next$.subscriptions).toBe(second === null ? [] : asked);
    });
  });

  it('may take its time where it is the last, and is silent at once when nobody wants it', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const last$ = cold('---------b--|');
      expectObservable(firstThatSpeaks([cold('#'), last$], BEGIN_MS)).toBe('------------|');
      const stopped$ = cold('-b-------|');
      expectObservable(firstThatSpeaks([stopped$], BEGIN_MS), '^--!').toBe('-');
      expectSubscriptions(stopped$.subscriptions).toBe('^--!');
    });
  });
});

describe('a kiosk that may hear itself', () => {
  it('shuts its ear after two answers into its own question, and believes again after a touch', () => {
    const once = takenBack(noDoubt, true, true);
    expect(mayListen(once)).toBe(true);
    const twice = takenBack(once, true, true);
    expect(mayListen(twice)).toBe(false);
    expect(mayListen(takenBack(twice, false, true))).toBe(true);
    expect(mayListen(takenBack(once, true, false))).toBe(true);
  });
});
