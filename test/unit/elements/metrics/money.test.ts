import { describe, expect, it } from 'vitest';
import { figures, money } from '../../../../src/elements/metrics/figures.ts';
import { metricsStrings } from '../../../../src/elements/metrics/metrics-strings.ts';
import { tariffOf } from '../../../../src/elements/metrics/prices.ts';
import { mayEnd } from '../../../../src/elements/metrics/spending.ts';
import { idle, type Entry, type SessionState } from '../../../../src/session/state.ts';

const words = { ...metricsStrings, unknown: 'not told' };
const usage = { inputTokens: 1000, outputTokens: 1000, inputAudioTokens: 1000, outputAudioTokens: 1000 };
const readings = {
  roundTripMs: null,
  jitterMs: null,
  quality: null,
  underruns: 0,
  framesDropped: 0,
  latency: null,
  usage,
  cost: 0.1 + 0.2,
  currency: 'USD',
};

describe('money', () => {
  it('is written as its readers write it', () => {
    expect(money(0.1 + 0.2, 'USD', 'en')).toBe('$0.30');
    expect(money(1234.5, 'EUR', 'de')).toMatch(/^1\.234,50\s€$/);
    expect(money(0.00123, 'USD', 'en')).toBe('$0.0012');
    expect(money(0, 'JPY', 'en')).toBe('¥0');
  });

  it('stands among the figures; what nobody tells is said to be so', () => {
    const shown = Object.fromEntries(figures(readings, 5, words));
    expect(shown).toMatchObject({
      [words.metricsRoundTrip]: 'not told',
      [words.metricsTokensIn]: '1,000',
      [words.metricsCost]: '$0.30',
      [words.metricsLimit]: '$5.00',
    });
    expect(Object.fromEntries(figures({ ...readings, cost: null }, null, words))[words.metricsCost]).toBe(words.metricsNoPrices);
  });
});

describe('what a tag says of it', () => {
  it('what cannot be meant is told and left out', () => {
    const { prices, currency, limit, faults } = tariffOf({ prices: { audioIn: 'much' }, currency: 'Euro', spendingLimit: -1 });
    expect([prices, currency, limit]).toEqual([null, 'USD', null]);
    expect(faults.map(({ field }) => field)).toEqual(['prices.audioIn', 'spending-limit', 'currency']);
  });

  it('a limit without prices is told', () => {
    expect(tariffOf({ prices: null, currency: null, spendingLimit: 1 }).faults).toMatchObject([{ field: 'prices' }]);
  });
});

describe('the spending limit', () => {
  const answer = (revealed: number, status: Entry['status'] = 'final'): Entry => ({
    id: 'a',
    role: 'assistant',
    text: 'Until six',
    revealed,
    status,
    images: [],
    citations: [],
    at: 0,
  });
  const state = (changes: Partial<SessionState>): SessionState => ({ ...idle, phase: 'listening', usage, ...changes });

  it('ends what has cost as much', () => {
    expect(mayEnd(state({}), 0.3, 0.3)).toBe(true);
    expect(mayEnd(state({}), 0.29, 0.3)).toBe(false);
    expect(mayEnd(state({ usage: null }), 0, 0)).toBe(false);
    expect(mayEnd(state({ phase: 'ended' }), 1, 0.3)).toBe(false);
  });

  it('lets the answer that is paid for be heard, and nothing new begin', () => {
    expect(mayEnd(state({ phase: 'speaking', playing: true }), 1, 0.3)).toBe(false);
    expect(mayEnd(state({ transcript: [answer(0)] }), 1, 0.3)).toBe(false);
    expect(mayEnd(state({ transcript: [answer(9)] }), 1, 0.3)).toBe(true);
    expect(mayEnd(state({ transcript: [answer(0, 'interrupted')] }), 1, 0.3)).toBe(true);
    expect(mayEnd(state({ transcript: [answer(0)], userSpeaking: true }), 1, 0.3)).toBe(true);
    expect(mayEnd(state({ phase: 'thinking', transcript: [answer(0)] }), 1, 0.3)).toBe(true);
  });
});
