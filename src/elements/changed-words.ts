import type { Strings } from './english.ts';

/**
 * For a property that takes all words, which are a new object with every change of the tag around: its element is rendered again when one of
 * those that it shows is another.
 */
export const changedWords =
  (shown: Partial<Strings>) =>
  (now: Partial<Strings> | undefined, before: Partial<Strings> | undefined): boolean =>
    now === undefined ||
    before === undefined ||
    (Object.keys(shown) as (keyof Strings)[]).some((key) => now[key] !== before[key]);
