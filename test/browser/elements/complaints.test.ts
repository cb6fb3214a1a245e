import { afterEach, describe, expect, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import '../../../src/elements/kiosk-attract/define.ts';
import { errorStrings } from '../../../src/elements/alert/error-strings.ts';
import { DEVICES_KEY } from '../../../src/elements/devices/kept-devices.ts';
import { launcherStrings } from '../../../src/elements/viva-voce/launcher-strings.ts';
import { OnDemand } from '../../../src/elements/viva-voce/on-demand.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { FakeAssistant } from '../../support/fake-assistant.ts';
import { has, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** What users of such products complain about and what they are promised, where no other test is about it; see `demo/docs/complaints.md`. */

const put: Element[] = [];
afterEach(async () => {
  unmountAll();
  for (const element of put.splice(0)) element.remove();
  localStorage.clear();
  vi.restoreAllMocks();
  await cdp().send('Emulation.setEmulatedMedia', { features: [] });
});

test('a website that is not allowed is told so on the page, with who can mend it, and by an event with the code', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const codes: string[] = [];
  tag.addEventListener('viva-error', ({ code }) => codes.push(code));
  assistant.show({ phase: 'error', error: new AssistantError('origin-refused', 'for engineers').toFacts() });
  await settled(tag);
  const told = within(within(tag, 'viva-alert'), '[part="alert"]').textContent;
  expect(told).toContain(errorStrings['error-origin-refused']);
  expect(told).toContain('origin-refused');
  expect(errorStrings['error-origin-refused']).toMatch(/owner has to add this address/);
  expect(codes).toEqual(['origin-refused']);
});

test('what cannot be fetched is said at the launcher, which stays, and the next press fetches it again', async () => {
  const load = vi.spyOn(OnDemand.prototype, 'load').mockRejectedValue(new TypeError('Failed to fetch'));
  const tag = document.createElement('viva-voce');
  tag.assistant = new FakeAssistant();
  put.push(tag);
  document.body.append(tag);
  await tag.updateComplete;
  const launcher = within(tag, '[part="launcher"]');
  launcher.click();
  await vi.waitFor(() => expect(tag.shadowRoot?.textContent).toContain(launcherStrings.loadFailed));
  expect([tag.open, launcher.checkVisibility()]).toEqual([false, true]);
  load.mockRestore();
  launcher.click();
  await vi.waitFor(() => expect(has(tag, 'viva-panel')).toBe(true), { timeout: 8000 });
  await vi.waitFor(() => expect(tag.open).toBe(true));
});

test('a Bluetooth loudspeaker that leaves is told, the browser chooses another one, and back it is chosen again', async () => {
  localStorage.setItem(DEVICES_KEY, '{"speaker":"ears"}');
  const { tag, assistant } = await mount({ open: '' });
  const chosen: (string | null)[] = [];
  assistant.setDevice = (kind, id) => {
    chosen.push(id);
    assistant.devices.next({ ...assistant.devices.value, [kind]: id });
    return Promise.resolve();
  };
  const built = { kind: 'speaker', id: 'built-in', label: 'Built-in' } as const;
  const ears = { kind: 'speaker', id: 'ears', label: 'Ears' } as const;
  const plug = (...list: readonly (typeof built | typeof ears)[]) => assistant.devices.next({ ...assistant.devices.value, list });
  assistant.devices.next({ ...assistant.devices.value, list: [built, ears], speaker: 'ears' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  await vi.waitFor(() => expect(has(tag, 'viva-device-news [role="status"]') || has(tag, 'viva-device-news')).toBe(true));
  plug(built);
  const news = (): string => within(tag, 'viva-device-news').shadowRoot?.querySelector('[role="status"]')?.textContent ?? '';
  await vi.waitFor(() => expect(chosen).toEqual([null]));
  await vi.waitFor(() => expect(news()).toContain('Ears was disconnected'));
  plug(built, ears);
  await vi.waitFor(() => expect(chosen).toEqual([null, 'ears']));
});

describe('a kiosk that waits', () => {
  async function waiting(src: string | null, inside: Element | null = null) {
    const attract = document.createElement('viva-kiosk-attract');
    attract.src = src;
    if (inside !== null) attract.append(inside);
    put.push(attract);
    document.body.append(attract);
    await attract.updateComplete;
    return attract;
  }

  test('shows a film without sound over and over, and one that stands still to who wants no motion', async () => {
    const film = () => waiting('/none.mp4').then((attract) => within(attract, 'video', HTMLVideoElement));
    expect(await film()).toMatchObject({ muted: true, loop: true, autoplay: true, ariaHidden: 'true' });
    await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] });
    expect(await film()).toMatchObject({ muted: true, autoplay: false });
  });

  test('shows a picture, or what the page puts into its slot instead', async () => {
    expect(within(await waiting('/none.jpg'), 'img', HTMLImageElement).alt).toBe('');
    const own = Object.assign(document.createElement('p'), { slot: 'attract', textContent: 'Welcome' });
    const attract = await waiting('/none.jpg', own);
    expect(own.assignedSlot).not.toBeNull();
    expect(within(attract, 'img').checkVisibility()).toBe(false);
  });

  test('moves its words a little with every minute, so that nothing burns in', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const words = within(await waiting(null), '.words');
      const places = new Set<string>();
      for (let minute = 0; minute < 10; minute++) {
        vi.advanceTimersByTime(60_000);
        places.add(words.style.translate);
      }
      expect(places.size).toBeGreaterThan(4);
      for (const place of places) for (const px of place.match(/-?[\d.]+/g) ?? []) expect(Math.abs(Number(px))).toBeLessThan(60);
    } finally {
      vi.useRealTimers();
    }
  });
});
