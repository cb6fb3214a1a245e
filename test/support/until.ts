import { vi } from 'vitest';

/** Waits for what a busy machine takes longer to do; the first fault that is left after it is told. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 8_000 });
