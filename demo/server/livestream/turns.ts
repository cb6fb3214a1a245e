/** Work on the same thing, one piece after the other; on different things at once. */

export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export interface TurnTaker {
  readonly turn: Turns;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export function createTurns(): TurnTaker {
  const last = new Map<string, Promise<unknown>>();
  return {
    turn: async (key, work) => {
      // However the one before ended.
      const done = (last.get(key) ?? Promise.resolve()).then(work, work);
      last.set(key, done);
      try {
        return await done;
      } finally {
        if (last.get(key) === done) last.delete(key);
      }
    },
    settled: async () => {
      while (last.size > 0) await Promise.allSettled(last.values());
    },
  };
}
