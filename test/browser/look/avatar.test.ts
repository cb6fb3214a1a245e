import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { VivaErrorEvent } from '../../../src/elements/events.ts';
import { has, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** The face: what moves it, and above all what does not. */

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

const frames = async (count: number) => {
  for (let frame = 0; frame < count; frame++) await new Promise(original);
};

async function face(attributes: Readonly<Record<string, string>> = {}) {
  const mounted = await mount({ avatar: 'visualizer', open: '', ...attributes });
  await vi.waitFor(() => expect(has(mounted.tag, 'viva-avatar')).toBe(true), { timeout: 5000 });
  await settled(mounted.tag);
  // The observer of what is in sight reports in a frame of its own.
  await frames(3);
  asked = 0;
  return { ...mounted, avatar: within(mounted.tag, 'viva-avatar') };
}

const moved = (avatar: HTMLElement, name: string) => Number(avatar.style.getPropertyValue(name) || '0');

test('no frame in silence; eyes open to the user, the mouth moves with the assistant, and both come to rest', async () => {
  const { assistant, avatar } = await face();
  assistant.levels.next({ input: 0.0005, output: 0 });
  await frames(5);
  expect(asked).toBe(0);
  assistant.levels.next({ input: 0.2, output: 0 });
  await vi.waitFor(() => expect(moved(avatar, '--_heard')).toBeGreaterThan(0.5));
  expect(moved(avatar, '--_said-0')).toBe(0);
  assistant.levels.next({ input: 0, output: 0.2 });
  await vi.waitFor(() => expect(moved(avatar, '--_said-0')).toBeGreaterThan(0.5));
  expect(asked).toBeGreaterThan(1);
  // Worklets tell nothing while it is silent: an old level must not keep it awake.
  await vi.waitFor(
    async () => {
      asked = 0;
      await frames(6);
      expect(asked).toBe(0);
    },
    { timeout: 6000 },
  );
  expect([moved(avatar, '--_heard'), moved(avatar, '--_said-0'), moved(avatar, '--_said-2')]).toEqual([0, 0, 0]);
});

test.each(['closed', 'scrolled away', 'reduced motion'] as const)('no frame while the voice sounds: %s', async (how) => {
  if (how === 'reduced motion') {
    const real = matchMedia;
    vi.stubGlobal('matchMedia', (query: string) => (query.includes('reduced-motion') ? { matches: true } : real(query)));
  }
  const { tag, assistant, avatar } = await face(how === 'scrolled away' ? { variant: 'inline' } : {});
  assistant.show({ phase: 'speaking', playing: true });
  if (how === 'closed') {
    await tag.collapse();
    // It fades away before it is gone.
    await vi.waitFor(() => expect(avatar.checkVisibility()).toBe(false));
  }
  if (how === 'scrolled away') tag.style.cssText = 'position: absolute; top: 9000px; height: 500px';
  await frames(4);
  asked = 0;
  for (let index = 0; index < 6; index++) {
    assistant.levels.next({ input: 0.1, output: 0.2 + index / 100 });
    await frames(1);
  }
  expect(asked).toBe(0);
  expect(moved(avatar, '--_said-0')).toBe(0);
});

test('seen again, it moves again', async () => {
  const { tag, assistant, avatar } = await face();
  await tag.collapse();
  await frames(3);
  assistant.levels.next({ input: 0, output: 0.2 });
  await tag.expand();
  await vi.waitFor(() => {
    assistant.levels.next({ input: 0, output: 0.2 });
    expect(moved(avatar, '--_said-0')).toBeGreaterThan(0);
  });
});

test('its look tells where the conversation stands, and nothing of it is read out', async () => {
  const { tag, assistant, avatar } = await face();
  const ring = within(avatar, '.ring');
  expect(ring.getAttribute('aria-hidden')).toBe('true');
  const colours = new Set<string>();
  for (const phase of ['idle', 'thinking', 'speaking', 'error'] as const) {
    assistant.show({ phase });
    await settled(tag);
    colours.add(getComputedStyle(within(avatar, '.face')).backgroundColor);
  }
  expect(colours.size).toBe(4);
  assistant.show({ phase: 'listening', muted: true });
  await settled(tag);
  expect(ring.classList).toContain('muted');
});

const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

test('a picture of the page takes its place; one that does not come is told, and the face is back', async () => {
  const { tag, avatar } = await face({ avatar: pixel });
  const errors: VivaErrorEvent[] = [];
  tag.addEventListener('viva-error', (event) => errors.push(event));
  expect(within(avatar, 'img', HTMLImageElement).alt).toBe('');
  for (const bad of ['/no-such-picture.png', 'javascript:void 0']) {
    tag.setAttribute('avatar', bad);
    await vi.waitFor(() => expect(errors.at(-1)?.message).toContain(bad), { timeout: 5000 });
    expect(errors.at(-1)).toMatchObject({ code: 'bad-option', field: 'avatar' });
    await settled(tag);
    expect(has(avatar, '.eyes')).toBe(true);
  }
  expect(errors).toHaveLength(2);
});

test('what the page puts into the slot wins', async () => {
  const { tag } = await face();
  const own = tag.appendChild(document.createElement('img'));
  own.slot = 'avatar';
  own.src = pixel;
  tag.requestUpdate();
  await settled(tag);
  expect(has(tag, 'viva-avatar')).toBe(false);
  const { width, height } = own.getBoundingClientRect();
  expect([width, height]).toEqual([44, 44]);
});
