import { describe, expect, it } from 'vitest';
import { MOST_TRIES, nextStep, retryAfterS, waitMs } from '../../../../demo/server/rtstream/alerts/delivery-plan.ts';
import type { Outcome } from '../../../../demo/server/rtstream/alerts/delivery-plan.ts';
import { signedHeaders } from '../../../../demo/server/rtstream/alerts/signature.ts';

const answered = (status: number, retryAfter: number | null = null): Outcome => ({
  type: 'answered',
  status,
  retryAfterS: retryAfter,
});

describe('what follows a try', () => {
  it('waits 5 s, four times as long each time, an hour at most, never all at the same moment', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((tries) => waitMs(tries, 0.5) / 1000)).toEqual([5, 20, 80, 320, 1280, 3600, 3600]);
    expect([waitMs(1, 0), waitMs(1, 0.999)]).toEqual([4000, 5998]);
  });

  it.each([200, 201, 204, 299])('%i is delivered', (status) => {
    expect(nextStep(answered(status), 1, 0.5)).toEqual({ status: 'delivered' });
  });

  it.each([301, 302, 307, 400, 401, 404, 410, 422])('%i is final', (status) => {
    expect(nextStep(answered(status), 1, 0.5).status).toBe('failed');
  });

  it.each([408, 429, 500, 502, 503, 504, 100])('%i is tried again, eight times in all', (status) => {
    expect(nextStep(answered(status), 1, 0.5)).toMatchObject({ status: 'pending', inMs: 5000 });
    expect(nextStep(answered(status), MOST_TRIES - 1, 0.5).status).toBe('pending');
    expect(nextStep(answered(status), MOST_TRIES, 0.5)).toMatchObject({
      status: 'failed',
      error: `answered ${status} (8 tries)`,
    });
  });

  it('no answer is tried again, a refused address is not', () => {
    expect(nextStep({ type: 'failed', message: 'ECONNREFUSED' }, 2, 0.5)).toEqual({
      status: 'pending',
      error: 'ECONNREFUSED',
      inMs: 20_000,
    });
    expect(nextStep({ type: 'refused', message: 'private' }, 1, 0.5)).toEqual({ status: 'failed', error: 'private' });
  });

  it('who asks for more time gets it, up to an hour', () => {
    expect(nextStep(answered(429, 90), 1, 0.5)).toMatchObject({ inMs: 90_000 });
    expect(nextStep(answered(503, 1), 1, 0.5)).toMatchObject({ inMs: 5000 });
    expect(nextStep(answered(503, 1e9), 1, 0.5)).toMatchObject({ inMs: 3_600_000 });
    const now = Date.parse('2026-11-20T12:00:00Z');
    expect(retryAfterS('120', now)).toBe(120);
    expect(retryAfterS('Fri, 20 Nov 2026 12:01:00 GMT', now)).toBe(60);
    expect([undefined, '', 'soon', '-1', 'Fri, 20 Nov 2020 12:01:00 GMT'].map((text) => retryAfterS(text, now))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('signatures', () => {
  it('are those of the Standard Webhooks specification (its own example)', () => {
    const at = new Date(1_614_265_330_000);
    const headers = signedHeaders(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      at,
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});
