import { fill } from '../strings.ts';
import type { Readings } from './metrics-events.ts';
import type { metricsStrings } from './metrics-strings.ts';

/** Figures as the reader's language writes them. */

export interface FigureWords extends Readonly<typeof metricsStrings> {
  /** BCP 47 of the words. */
  readonly lang?: string;
  /** For what nobody tells. */
  readonly unknown: string;
}

/** With as many digits as the currency has, and more where only those say anything. */
export function money(amount: number, currency: string, lang: string): string {
  const small = amount > 0 && amount < 0.1;
  return new Intl.NumberFormat(lang, { style: 'currency', currency, ...(small ? { maximumSignificantDigits: 2 } : {}) }).format(
    amount,
  );
}

const milliseconds = (value: number | null | undefined, words: FigureWords): string =>
  value == null ? words.unknown : fill(words.metricsMs, { count: Math.round(value).toLocaleString(words.lang ?? 'en') });

/** Those of an interpreter, which costs no tokens: label and figure, in the order they are shown in. */
export function interpreterFigures(readings: Readings, words: FigureWords): readonly (readonly [string, string])[] {
  const { roundTripMs, jitterMs, latency, underruns, framesDropped } = readings;
  const count = (value: number): string => value.toLocaleString(words.lang ?? 'en');
  return [
    [words.metricsRoundTrip, milliseconds(roundTripMs, words)],
    [words.metricsJitter, milliseconds(jitterMs, words)],
    [words.metricsWords, milliseconds(latency?.lastMs, words)],
    [words.metricsUnderruns, count(underruns)],
    [words.metricsDropped, count(framesDropped)],
  ];
}

/** Label and figure, in the order they are shown in; `limit` in the currency of the readings. */
export function figures(readings: Readings, limit: number | null, words: FigureWords): readonly (readonly [string, string])[] {
  const { roundTripMs, jitterMs, latency, underruns, framesDropped, usage, cost, currency } = readings;
  const lang = words.lang ?? 'en';
  const count = (value: number): string => value.toLocaleString(lang);
  return [
    [words.metricsRoundTrip, milliseconds(roundTripMs, words)],
    [words.metricsJitter, milliseconds(jitterMs, words)],
    [words.metricsAnswer, milliseconds(latency?.lastMs, words)],
    [words.metricsUnderruns, count(underruns)],
    [words.metricsDropped, count(framesDropped)],
    [words.metricsTokensIn, count(usage?.inputTokens ?? 0)],
    [words.metricsTokensOut, count(usage?.outputTokens ?? 0)],
    [words.metricsCost, cost === null ? words.metricsNoPrices : money(cost, currency, lang)],
    ...(limit === null ? [] : [[words.metricsLimit, money(limit, currency, lang)] as const]),
  ];
}
