import { BehaviorSubject, concat, NEVER, of } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atRate } from '../../../src/session/picture-turns.ts';
import { PictureTaker } from '../../../src/session/pictures.ts';
import { idle, type SessionState } from '../../../src/session/state.ts';

describe('pictures at a rate', () => {
  let shown: string;
  let state$: BehaviorSubject<SessionState>;
  let sent: string[];
  let taker: PictureTaker;
  let everyMs: number;

  beforeEach(() => {
    vi.useFakeTimers();
    shown = 'a';
    sent = [];
    everyMs = 2000;
    state$ = new BehaviorSubject<SessionState>({ ...idle, phase: 'listening' });
    const source = () => concat(of({ id: 'camera', active: true }), NEVER);
    taker = new PictureTaker({ camera: source, screen: source, still: () => of(shown) }, () => null);
  });
  afterEach(() => {
    taker.stop();
    vi.useRealTimers();
  });
  const look = () =>
    atRate(
      state$,
      () => taker.stills(),
      () => everyMs,
    ).subscribe((still) => sent.push(still));

  it('takes one every so often, and leaves out what shows the same', async () => {
    const looking = look();
    await taker.start('camera');
    await vi.advanceTimersByTimeAsync(4000);
    expect(sent).toEqual(['a']);
    shown = 'b';
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual(['a', 'b']);
    looking.unsubscribe();
    shown = 'c';
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toEqual(['a', 'b']);
  });

  it('takes none while nobody talks, nor where no rate is wished', async () => {
    state$.next(idle);
    const looking = look();
    await taker.start('camera');
    await vi.advanceTimersByTimeAsync(10_000);
    everyMs = 0;
    state$.next({ ...idle, phase: 'speaking' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toEqual([]);
    looking.unsubscribe();
  });
});
