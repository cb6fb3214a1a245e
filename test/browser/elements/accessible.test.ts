import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { AssistantError, type ErrorCode } from '../../../src/shared/errors.ts';
import type { SessionState } from '../../../src/session/state.ts';
import { ms } from '../../../src/shared/time.ts';
import { entry } from '../../support/fake-assistant.ts';
import { everything, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** Every state in both themes: nothing that axe finds fault with, nothing too small to hit. */

afterEach(() => {
  unmountAll();
  document.body.style.background = '';
});

const transcript = [
  entry('user', 'Do you deliver on Saturday?'),
  entry('assistant', 'Yes, within twenty kilometres.', { citations: [{ url: '/delivery', title: 'Delivery' }] }),
  entry('assistant', 'It costs six', { status: 'interrupted' }),
  entry('user', 'And on', { status: 'interim' }),
  entry('user', '', { status: 'failed' }),
];
const latency = { lastMs: ms(400), meanMs: ms(420), turns: 2 };
const facts = (code: ErrorCode) => new AssistantError(code, 'for engineers').toFacts();

const states: Readonly<Record<string, Partial<SessionState>>> = {
  idle: {},
  connecting: { phase: 'connecting', microphone: 'asking' },
  listening: { phase: 'listening', microphone: 'live', userSpeaking: true, transcript, latency },
  thinking: { phase: 'thinking', microphone: 'live', transcript },
  speaking: { phase: 'speaking', microphone: 'live', playing: true, transcript },
  muted: { phase: 'listening', microphone: 'muted', muted: true },
  written: { phase: 'listening', microphone: 'off', transcript },
  reconnecting: { phase: 'reconnecting', retryInMs: 4000 },
  ended: { phase: 'ended', transcript, latency },
  error: { phase: 'error', error: facts('microphone-denied') },
  notice: { phase: 'listening', microphone: 'live', notice: facts('tool-failed') },
};

async function faults(root: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(root, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

describe.each(['light', 'dark'])('%s', (scheme) => {
  test.each(Object.keys(states))('%s', async (name) => {
    document.body.style.background = scheme === 'dark' ? '#111' : '#fff';
    const { tag, assistant } = await mount({ open: '', 'color-scheme': scheme });
    assistant.show(states[name] ?? {});
    await settled(tag);
    expect(await faults(tag)).toEqual([]);
  });

  test('closed, with captions', async () => {
    document.body.style.background = scheme === 'dark' ? '#111' : '#fff';
    const { tag, assistant } = await mount({ 'color-scheme': scheme });
    assistant.show(states['speaking'] ?? {});
    await settled(tag);
    expect(await faults(tag)).toEqual([]);
  });

  test('device menu and pictures', async () => {
    const { tag, assistant } = await mount({ open: '', 'color-scheme': scheme });
    assistant.show(states['listening'] ?? {});
    assistant.devices.next({
      ...assistant.devices.value,
      list: [{ id: 'a', kind: 'microphone', label: '' }],
      granted: {
        deviceId: 'a',
        label: 'Desk',
        rate: 48000,
        echoCancellation: true,
        noiseSuppression: null,
        autoGainControl: false,
      },
    });
    assistant.pictures.next({ camera: new MediaStream(), screen: new MediaStream() });
    within(tag, '[aria-expanded]').click();
    await settled(tag);
    await settled(tag);
    expect(within(tag, '[part="device-menu"]').textContent).toContain('48 kHz');
    expect(await faults(tag)).toEqual([]);
  });
});

test('whatever can be pressed is 44 px high and wide', async () => {
  for (const name of Object.keys(states)) {
    const { tag, assistant } = await mount({ open: '' });
    assistant.show(states[name] ?? {});
    await settled(tag);
    const small = everything(tag)
      .filter((element) => element.matches('button, select, textarea') && element.checkVisibility())
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
      .map(({ element, box }) => `${name}: ${element.outerHTML.slice(0, 80)} ${box.width}×${box.height}`);
    expect(small).toEqual([]);
    unmountAll();
  }
});

test('right to left: the panel is on the other side and nothing sticks out', async () => {
  await page.viewport(1000, 760);
  document.documentElement.dir = 'rtl';
  const { tag, assistant } = await mount({ open: '' });
  assistant.show(states['speaking'] ?? {});
  await settled(tag);
  const panel = within(tag, 'viva-panel').getBoundingClientRect();
  expect(panel.left).toBeLessThan(innerWidth - panel.right);
  for (const element of everything(within(tag, 'viva-panel')).filter(
    (each) => each.matches('button') && each.checkVisibility(),
  )) {
    const box = element.getBoundingClientRect();
    expect(box.left).toBeGreaterThanOrEqual(panel.left);
    expect(box.right).toBeLessThanOrEqual(panel.right);
  }
  document.documentElement.dir = '';
  await page.viewport(414, 896);
});
