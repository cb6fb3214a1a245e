import type { Seeing } from '../../demo/server/engines/engine.ts';

/** Sees nothing: for tests in which no picture is shown. */
export const noSeeing: Seeing = {
  name: 'none',
  warm: () => Promise.resolve(),
  close: () => Promise.resolve(),
  look: () => Promise.resolve({ text: [], people: { count: 0, confidence: 1 }, objects: [], colours: [], brightness: 128 }),
};
