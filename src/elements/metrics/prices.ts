import { currencyFrom, limitFrom, pricesFrom, type Prices } from '../../pipelines/usage-cost.ts';
import { AssistantError } from '../../shared/errors.ts';

export type { Prices };

/** What a tag says of money, read; what is wrong with it is told and left out. */
export interface Tariff {
  readonly prices: Prices | null;
  /** ISO 4217 */
  readonly currency: string;
  readonly limit: number | null;
  readonly faults: readonly AssistantError[];
}

interface Wishes {
  readonly prices: unknown;
  readonly currency: string | null;
  readonly spendingLimit: number | null;
}

const USUAL_CURRENCY = 'USD';

export function tariffOf({ prices, currency, spendingLimit }: Wishes): Tariff {
  const faults: AssistantError[] = [];
  const read = <T, R>(given: T | null, reading: (given: T) => R): R | null => {
    if (given === null) return null;
    try {
      return reading(given);
    } catch (cause) {
      faults.push(AssistantError.from(cause, 'bad-option'));
      return null;
    }
  };
  const known = read(prices, pricesFrom);
  const limit = read(spendingLimit, (given) => limitFrom(given, known));
  return { prices: known, currency: read(currency, currencyFrom) ?? USUAL_CURRENCY, limit, faults };
}
