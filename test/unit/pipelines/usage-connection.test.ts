import { of, Subject, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { judged, type Connection } from '../../../src/pipelines/usage-connection.ts';
import { qualityOf, since } from '../../../src/pipelines/usage-quality.ts';
import type { RoundTrip } from '../../../src/pipelines/usage-round-trip.ts';
import { ms } from '../../../src/shared/time.ts';

const still = { underruns: 0, framesDropped: 0 };
const fine = { roundTripMs: 40, jitterMs: 5, lost: false, lately: still };

describe('quality', () => {
  it.each([
    ['good', fine],
    ['good', { ...fine, roundTripMs: null, jitterMs: null }],
    ['fair', { ...fine, roundTripMs: 500 }],
    ['poor', { ...fine, roundTripMs: 1200 }],
    ['fair', { ...fine, jitterMs: 80 }],
    ['poor', { ...fine, jitterMs: 200 }],
    ['fair', { ...fine, lately: { ...still, underruns: 1 } }],
    ['poor', { ...fine, lately: { ...still, underruns: 3 } }],
    ['poor', { ...fine, lately: { ...still, framesDropped: 50 } }],
    ['poor', { ...fine, lost: true }],
  ] as const)('%s', (quality, facts) => {
    expect(qualityOf(facts)).toBe(quality);
  });

  it('a counter that begins anew is not a loss that was taken back', () => {
    expect(since({ underruns: 4, framesDropped: 7 }, { underruns: 1, framesDropped: 90 })).toEqual({
      underruns: 3,
      framesDropped: 7,
    });
  });
});

describe('connection', () => {
  const trip = (p50: number | null, lost = false): RoundTrip => ({ p50Ms: p50 === null ? null : ms(p50), jitterMs: null, lost });

  it('what went missing is forgotten after six measurements without more', () => {
    let underruns = 0;
    const asked$ = new Subject<RoundTrip | null>();
    const all: Connection[] = [];
    judged(() => ({ underruns, framesDropped: 0, lost: false }))(asked$).subscribe((each) => all.push(each));
    asked$.next(null);
    underruns = 1;
    for (let count = 0; count < 6; count++) asked$.next(null);
    expect(all.map(({ quality }) => quality)).toEqual(['good', 'fair', 'fair', 'fair', 'fair', 'fair', 'good']);
  });

  it('a server that is not asked has no round trip; one that does not answer is a poor one', () => {
    const heard = (measured$: Observable<RoundTrip | null>): Connection[] => {
      const all: Connection[] = [];
      judged(() => ({ ...still, lost: false }))(measured$).subscribe((each) => all.push(each));
      return all;
    };
    expect(heard(of(null))).toEqual([{ roundTripMs: null, jitterMs: null, quality: 'good' }]);
    expect(heard(of(trip(80), trip(80, true)))).toMatchObject([{ roundTripMs: 80, quality: 'good' }, { quality: 'poor' }]);
  });
});
