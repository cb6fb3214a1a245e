import { map, NEVER, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { isBusy, wordsOf } from '../../../src/pipelines/kiosk-activity.ts';
import { believed, idleness } from '../../../src/pipelines/kiosk-idle.ts';
import { marbles } from '../../support/marbles.ts';

const times = { timeoutMs: 5_000, countdownMs: 3_000 };
const present = { kind: 'present' };
const left = (secondsLeft: number) => ({ kind: 'warning', secondsLeft });
const words = { p: present, '3': left(3), '2': left(2), '1': left(1), g: { kind: 'gone' } };

describe('a visitor who is idle', () => {
  it('is warned for every second of the countdown, then gone, and that is the end', () => {
    marbles(({ expectObservable }) => {
      expectObservable(idleness(NEVER, of(false), times)).toBe('p 4999ms 3 999ms 2 999ms 1 999ms (g|)', words);
    });
  });

  it('stays at the first sign within the countdown, and has the whole time again', () => {
    marbles(({ hot, expectObservable }) => {
      const sign$ = hot('6500ms s');
      expectObservable(idleness(sign$, of(false), times), '^ 14s !').toBe(
        'p 4999ms 3 999ms 2 499ms p 4999ms 3 999ms 2 999ms 1',
        words,
      );
    });
  });

  it('does not age while something goes on, for however long', () => {
    marbles(({ hot, expectObservable }) => {
      const busy$ = hot<boolean>('2s b 179999ms f', { b: true, f: false });
      expectObservable(idleness(NEVER, busy$, times), '^ 190s !').toBe('p 186999ms 3 999ms 2 999ms 1 999ms (g|)', words);
    });
  });

  it('is not kept by busyness that is told again and again as it was', () => {
    marbles(({ hot, expectObservable }) => {
      const busy$ = hot<boolean>('-f 1s f 1s f 1s f', { f: false });
      expectObservable(idleness(NEVER, busy$, times), '^ 5600ms !').toBe('p 5000ms 3', words);
    });
  });
});

describe('speech that only sounds like it', () => {
  it('counts for a while, and again after a touch or a word', () => {
    marbles(({ hot, expectObservable }) => {
      const speech$ = hot('-s').pipe(map(() => true));
      expectObservable(believed(speech$, hot('20s t'), 10_000), '^ 25s !').toBe('-s 9998ms q', { s: true, q: false });
    });
  });
});

const quiet = { phase: 'listening', userSpeaking: false, playing: false, holding: false, transcript: [] };
const line = (role: string, text: string, status = 'final') => ({ role, text, status });

describe('what counts as somebody being there', () => {
  it.each([
    ['speech', { userSpeaking: true }],
    ['an answer that is played', { playing: true }],
    ['an answer that is made', { phase: 'thinking' }],
    ['a key that is held', { holding: true }],
    ['a tool that runs', { transcript: [line('tool', 'find', 'interim')] }],
  ])('%s', (_name, changes) => {
    expect(isBusy({ ...quiet, ...changes })).toBe(true);
  });

  it('neither silence nor a tool that is done', () => {
    expect(isBusy({ ...quiet, transcript: [line('tool', 'find')] })).toBe(false);
  });

  it('every word of the visitor, none of the assistant', () => {
    const before = wordsOf({ ...quiet, transcript: [line('user', 'ye'), line('assistant', 'Hello')] });
    expect(wordsOf({ ...quiet, transcript: [line('user', 'yes'), line('assistant', 'Hello')] })).toBeGreaterThan(before);
    expect(wordsOf({ ...quiet, transcript: [line('user', 'ye'), line('assistant', 'Hello there')] })).toBe(before);
  });
});
