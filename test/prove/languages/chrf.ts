/** chrF2 (Popović 2015): how many character n-grams, 1 to 6 long, two texts share, recall counted twice; 0–100. */

const LONGEST = 6;
const BETA_SQUARED = 4;

/** Of all pairs together. */
export function chrF(pairs: readonly (readonly [reference: string, translated: string])[]): number {
  let sum = 0;
  for (let length = 1; length <= LONGEST; length++) {
    let [shared, wanted, given] = [0, 0, 0];
    for (const [reference, translated] of pairs) {
      const [left, right] = [grams(reference, length), grams(translated, length)];
      for (const [gram, count] of left) shared += Math.min(count, right.get(gram) ?? 0);
      wanted += total(left);
      given += total(right);
    }
    const [precision, recall] = [given === 0 ? 0 : shared / given, wanted === 0 ? 0 : shared / wanted];
    sum += shared === 0 ? 0 : ((1 + BETA_SQUARED) * precision * recall) / (BETA_SQUARED * precision + recall);
  }
  return (100 * sum) / LONGEST;
}

function grams(text: string, length: number): ReadonlyMap<string, number> {
  const plain = Array.from(text.replace(/\s+/g, ''));
  const counts = new Map<string, number>();
  for (let at = 0; at + length <= plain.length; at++) {
    const gram = plain.slice(at, at + length).join('');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
