import { overlaps, roleAt, type Entity } from './entity.ts';

/** Numbers with what they count, percentages, and amounts of money. */

const CURRENCIES: readonly (readonly [string, RegExp])[] = [
  ['EUR', /^(?:€|euros?|eur)$/i],
  ['USD', /^(?:\$|us dollars?|american dollars?|dollars?|bucks?|usd)$/i],
  ['GBP', /^(?:£|british pounds?|pounds? sterling|pounds?|sterling|quid|gbp)$/i],
  ['JPY', /^(?:¥|japanese yen|yen|jpy)$/i],
  ['CHF', /^(?:swiss francs?|francs?|chf)$/i],
  ['CAD', /^(?:canadian dollars?|cad)$/i],
  ['AUD', /^(?:australian dollars?|aud)$/i],
  ['CNY', /^(?:chinese yuan|yuan|renminbi|cny|rmb)$/i],
  ['INR', /^(?:indian rupees?|rupees?|inr)$/i],
  ['SEK', /^(?:swedish kron(?:or|a)|sek)$/i],
  ['NOK', /^(?:norwegian kroner?|nok)$/i],
  ['DKK', /^(?:danish kroner?|kroner?|dkk)$/i],
  ['PLN', /^(?:polish zlotys?|zlotys?|pln)$/i],
  ['BRL', /^(?:brazilian reais|reais|real|brl)$/i],
  ['MXN', /^(?:mexican pesos?|pesos?|mxn)$/i],
  ['KRW', /^(?:korean won|won|krw)$/i],
  ['CZK', /^(?:czech crowns?|koruna|czk)$/i],
];
const CURRENCY_WORDS =
  'us dollars?|american dollars?|canadian dollars?|australian dollars?|dollars?|bucks?|euros?|british pounds?|pounds? sterling|pounds?|quid|japanese yen|yen|swiss francs?|francs?|chinese yuan|yuan|renminbi|indian rupees?|rupees?|swedish kron(?:or|a)|norwegian kroner?|danish kroner?|kroner?|polish zlotys?|zlotys?|mexican pesos?|pesos?|brazilian reais|reais|korean won|czech crowns?|eur|usd|gbp|jpy|chf|cad|aud|cny|inr|sek|nok|dkk|pln|brl|mxn|krw|czk';
const MONEY = new RegExp(String.raw`([€$£¥])\s?(\d+(?:[.,]\d+)*)|(\d+(?:[.,]\d+)*)\s?(€|£|(?:${CURRENCY_WORDS})\b)`, 'gi');
const CURRENCY = new RegExp(String.raw`\b(?:${CURRENCY_WORDS})\b`, 'gi');

function currencyCode(word: string): string | null {
  return CURRENCIES.find(([, pattern]) => pattern.test(word.trim()))?.[0] ?? null;
}

/** Up to three words after a number, as far as the next preposition: "business class tickets". */
const COUNTED =
  /^\s*((?!(?:to|for|with|by|in|on|at|from|into|of|and|or|please|tomorrow|today|next|under|over|near|until)\b)\p{L}+(?:-\p{L}+)?(?:\s(?!(?:to|for|with|by|in|on|at|from|into|of|and|or|please|tomorrow|today|tonight|next|this|under|over|near|until)\b)\p{L}+){0,2})/iu;

/** `taken`: stretches that are dates, codes and the like. */
export function extractNumbers(text: string, taken: readonly Entity[]): Entity[] {
  const found: Entity[] = [];
  const free = (start: number, end: number): boolean => ![...taken, ...found].some((entity) => overlaps(entity, { start, end }));
  for (const match of text.matchAll(MONEY)) {
    const start = match.index;
    const end = start + match[0].length;
    if (!free(start, end)) continue;
    const unit = currencyCode(match[1] ?? match[4] ?? '');
    found.push({ kind: 'money', start, end, value: numberOf(match[2] ?? match[3] ?? ''), unit, role: roleAt(text, start) });
  }
  for (const match of text.matchAll(CURRENCY)) {
    const start = match.index;
    const end = start + match[0].length;
    if (free(start, end))
      found.push({
        kind: 'currency',
        start,
        end,
        value: currencyCode(match[0]) ?? match[0],
        unit: null,
        role: roleAt(text, start),
      });
  }
  for (const match of text.matchAll(/(?<![\p{L}\d.,:/-])-?\d+(?:[.,]\d+)*(?![\p{L}\d:/]|-\d)\s?(%|percent\b|per cent\b)?/giu)) {
    const start = match.index;
    const end = start + match[0].trimEnd().length;
    if (!free(start, end)) continue;
    const kind = match[1] === undefined ? 'number' : 'percent';
    const noun = COUNTED.exec(text.slice(end))?.[1] ?? null;
    found.push({
      kind,
      start,
      end,
      value: numberOf(match[0].replace(/[^\d.,-]/g, '')),
      unit: noun?.toLowerCase() ?? null,
      role: roleAt(text, start),
    });
  }
  return found;
}

/** "1,500" and "1.500,50" as people write them; "2,5" is two and a half. */
function numberOf(text: string): number {
  const plain = text.replace(/[.,](?=\d{3}(?:\D|$))/g, '').replace(',', '.');
  return Number(plain);
}
