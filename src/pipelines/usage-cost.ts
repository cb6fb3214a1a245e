import { AssistantError } from '../shared/errors.ts';
import type { Usage } from '../shared/wire.ts';

/** What the tokens of a conversation cost. */

/**
 * What a model's tokens cost, in the currency the page names, per million tokens. A kind without a price is free. Services tell pictures and
 * what they had in their cache among the text.
 */
export interface Prices {
  readonly textIn?: number;
  readonly textOut?: number;
  readonly audioIn?: number;
  readonly audioOut?: number;
}

const KINDS = ['textIn', 'textOut', 'audioIn', 'audioOut'] as const;
const PER = 1_000_000;

/** In the currency of the prices, not rounded. */
export function costOf(usage: Usage | null, prices: Prices): number {
  if (usage === null) return 0;
  const { inputTokens, outputTokens, inputAudioTokens, outputAudioTokens } = usage;
  const tokens: Record<(typeof KINDS)[number], number> = {
    textIn: Math.max(0, inputTokens - inputAudioTokens),
    textOut: Math.max(0, outputTokens - outputAudioTokens),
    audioIn: inputAudioTokens,
    audioOut: outputAudioTokens,
  };
  return KINDS.reduce((sum, kind) => sum + (tokens[kind] * (prices[kind] ?? 0)) / PER, 0);
}

/** The prices as a page gave them; throws `bad-option` with the field at fault. */
export function pricesFrom(given: unknown): Prices {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw fault('prices', 'is no object');
  for (const [kind, price] of Object.entries(given)) {
    if (!KINDS.some((known) => known === kind)) throw fault(`prices.${kind}`, `is none of ${KINDS.join(', ')}`);
    if (typeof price !== 'number' || !Number.isFinite(price) || price < 0)
      throw fault(`prices.${kind}`, 'must be a number from 0');
  }
  return given;
}

/** The code in capitals; throws `bad-option` where it can be no ISO 4217 code. */
export function currencyFrom(given: string): string {
  if (/^[a-z]{3}$/i.test(given)) return given.toUpperCase();
  throw fault('currency', `“${given}” is no ISO 4217 code`);
}

/** Throws `bad-option` unless it is an amount, and there are prices to reach it by. */
export function limitFrom(given: number, prices: Prices | null): number {
  if (!Number.isFinite(given) || given < 0) throw fault('spending-limit', 'must be a number from 0');
  if (prices === null) throw fault('prices', 'a spending limit cannot be watched without prices');
  return given;
}

const fault = (field: string, what: string): AssistantError => new AssistantError('bad-option', `${field}: ${what}`, { field });
