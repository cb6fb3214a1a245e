import { NEVER, of, throwError, concat, defer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { reconnect } from '../../../src/pipelines/reconnect.ts';
import { waitMs } from '../../../src/shared/backoff.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { marbles } from '../../support/marbles.ts';

interface Value {
  readonly type: string;
}
const isUp = ({ type }: Value): boolean => type === 'up';
const lost = (retryInMs: number): Value & { retryInMs: number; error: unknown } => ({
  type: 'lost',
  error: { code: 'socket-closed', message: 'gone', retryable: true, field: null },
  retryInMs,
});
const gone = (): AssistantError => new AssistantError('socket-closed', 'gone');

describe('reconnect', () => {
  it('waits 0.5 s, then 1 s, then 2 s, and resubscribes each time', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold<Value>('#', {}, gone());
      expectObservable(source$.pipe(reconnect(isUp, { random: () => 0.5, now$: NEVER })), '^ 2s !').toBe('a 499ms b 999ms c', {
        a: lost(500),
        b: lost(1000),
        c: lost(2000),
      });
      expectSubscriptions(source$.subscriptions).toBe(['(^!)', '500ms (^!)', '1500ms (^!)']);
    });
  });

  it('starts over once a connection was up', () => {
    marbles(({ expectObservable }) => {
      let tries = 0;
      const source$ = defer(() => ((tries += 1) === 3 ? concat(of<Value>({ type: 'up' }), throwError(gone)) : throwError(gone)));
      expectObservable(source$.pipe(reconnect(isUp, { random: () => 0.5, now$: NEVER })), '^ 1700ms !').toBe(
        'a 499ms b 999ms (cd)',
        { a: lost(500), b: lost(1000), c: { type: 'up' }, d: lost(500) },
      );
    });
  });

  it('passes an error that no retry can mend, without resubscribing', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const refused = new AssistantError('token-refused', 'no');
      const source$ = cold<Value>('-#', {}, refused);
      expectObservable(source$.pipe(reconnect(isUp, { random: () => 0, now$: NEVER }))).toBe('-#', {}, refused);
      expectSubscriptions(source$.subscriptions).toBe(['^!']);
    });
  });

  it('tries at once when told to', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = cold<Value>('#', {}, gone());
      const now$ = hot('100ms n');
      expectObservable(source$.pipe(reconnect(isUp, { random: () => 0.5, now$ })), '^ 200ms !').toBe('a 99ms b', {
        a: lost(500),
        b: lost(1000),
      });
      expectSubscriptions(source$.subscriptions).toBe(['(^!)', '100ms (^!)']);
    });
  });

  it('ends for good when the server closed on purpose', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold<Value>('a-(b|)', { a: { type: 'up' }, b: { type: 'closed' } });
      expectObservable(source$.pipe(reconnect(isUp, { random: () => 0.5, now$: NEVER }))).toBe('a-(b|)', {
        a: { type: 'up' },
        b: { type: 'closed' },
      });
    });
  });

  it('keeps every wait within 0.5 and 30 s', () => {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      for (const random of [0, 0.3, 0.999]) {
        expect(waitMs(attempt, random)).toBeGreaterThanOrEqual(500);
        expect(waitMs(attempt, random)).toBeLessThanOrEqual(30_000);
      }
    }
    expect(waitMs(30, 0.9)).toBe(30_000);
  });
});
