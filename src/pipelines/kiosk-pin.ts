/** How often a PIN may be tried: five times, then a lock whose time doubles. */

export interface PinTries {
  /** Wrong ones in a row since the last lock. */
  readonly wrong: number;
  /** Locks in a row. */
  readonly locks: number;
  /** ms since the epoch; 0 = not locked. */
  readonly lockedUntil: number;
}

export const noTries: PinTries = { wrong: 0, locks: 0, lockedUntil: 0 };

const MOST = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 900_000;

/** Digits that make a PIN; anything else shuts the keeper's panel. */
export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text);

export const isLocked = ({ lockedUntil }: PinTries, now: number): boolean => now < lockedUntil;

export const triesLeft = ({ wrong }: PinTries): number => MOST - wrong;

/** After one more try at `now`; one made while locked changes nothing. */
export function tried(tries: PinTries, right: boolean, now: number): PinTries {
  if (isLocked(tries, now)) return tries;
  if (right) return noTries;
  const wrong = tries.wrong + 1;
  if (wrong < MOST) return { ...tries, wrong, lockedUntil: 0 };
  const lockMs = Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** tries.locks);
  return { wrong: 0, locks: tries.locks + 1, lockedUntil: now + lockMs };
}
