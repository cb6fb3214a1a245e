import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mount, settled, unmountAll, within } from '../../support/tag.ts';

/** What moves, and above all what does not. */

let asked = 0;
const original = requestAnimationFrame;

beforeEach(() => {
  asked = 0;
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    asked += 1;
    return original(callback);
  });
});

afterEach(() => {
  unmountAll();
  vi.unstubAllGlobals();
});

/** So many frames of the page go by. */
const frames = async (count: number) => {
  for (let index = 0; index < count; index++) await new Promise(original);
};

/** The colours drawn in the middle column. */
function ink(canvas: HTMLCanvasElement): number {
  const context = canvas.getContext('2d');
  const { data } = context?.getImageData(canvas.width / 2, 0, 1, canvas.height) ?? { data: new Uint8ClampedArray() };
  let painted = 0;
  for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 128) painted += 1;
  return painted;
}

test('asks for no frame while it is quiet, wakes with sound, sleeps again', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  asked = 0;
  assistant.levels.next({ input: 0.0005, output: 0 });
  await frames(5);
  expect(asked).toBe(0);
  const canvas = within(tag, 'viva-visualizer').shadowRoot?.querySelector('canvas');
  const quiet = ink(canvas!);
  for (let index = 0; index < 8; index++) {
    assistant.levels.next({ input: 0.1 + index / 100, output: 0 });
    await frames(2);
  }
  expect(asked).toBeGreaterThan(5);
  expect(ink(canvas!)).toBeGreaterThan(quiet * 2);
  // Worklets tell nothing while it is silent: an old level must not keep it awake.
  await vi.waitFor(
    async () => {
      asked = 0;
      await frames(6);
      expect(asked).toBe(0);
    },
    { timeout: 6000 },
  );
});

test('stays still where motion is to be reduced', async () => {
  const real = matchMedia;
  vi.stubGlobal('matchMedia', (query: string) => (query.includes('reduced-motion') ? { matches: true } : real(query)));
  const { tag, assistant } = await mount({ open: '' });
  await settled(tag);
  asked = 0;
  assistant.levels.next({ input: 0.2, output: 0 });
  await frames(5);
  expect(asked).toBe(0);
});

test('a tag that is gone asks for nothing more', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.levels.next({ input: 0.2, output: 0 });
  await frames(2);
  tag.remove();
  await frames(1);
  asked = 0;
  assistant.levels.next({ input: 0.3, output: 0 });
  await frames(4);
  expect(asked).toBe(0);
});
