import axe from 'axe-core';
import { of, Subject, throwError, type Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VivaDeviceTest } from '../../../src/elements/device-test/device-test.ts';
import { DEVICES_KEY } from '../../../src/elements/devices/kept-devices.ts';
import { hosted } from '../../../src/elements/viva-voce/parts.ts';
import type { DeviceTests } from '../../../src/elements/viva-voce/device-edges.ts';
import type { Device } from '../../../src/session/assistant.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import type { Echo } from '../../../src/pipelines/usage-echo.ts';
import { FakeAssistant } from '../../support/fake-assistant.ts';
import { has, mount, settled, unmountAll, within, type Mounted } from '../../support/tag.ts';

/** Which devices are used, tried out, remembered; and what is said when one of them goes. */

// What another file's elements have left in this browser is none of these tests' business.
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  unmountAll();
  localStorage.clear();
});

const device = (kind: Device['kind'], id: string, label = id): Device => ({ kind, id, label });
const granted = (deviceId: string, label: string) => ({
  deviceId,
  label,
  rate: 48_000,
  echoCancellation: true,
  noiseSuppression: null,
  autoGainControl: false,
});
const laptop = device('microphone', 'laptop', 'Laptop');
const headset = device('microphone', 'headset', 'Headset');

function plug(assistant: FakeAssistant, list: readonly Device[], more: object = {}): void {
  assistant.devices.next({ ...assistant.devices.value, list, ...more });
}

async function faults(root: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(root, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}

/** A tag with its device menu open, and tests that do what this test says. */
async function menu(tests: Partial<DeviceTests> = {}, attributes = {}): Promise<Mounted & { readonly trial: VivaDeviceTest }> {
  const mounted = await mount({ open: '', ...attributes });
  plug(mounted.assistant, [laptop, headset, device('speaker', 'ears', 'Headset')], { granted: granted('laptop', 'Laptop') });
  within(mounted.tag, '[aria-expanded]').click();
  await vi.waitFor(() => within(mounted.tag, 'viva-device-test', VivaDeviceTest));
  const trial = within(mounted.tag, 'viva-device-test', VivaDeviceTest);
  const none: Observable<never> = throwError(() => new AssistantError('unsupported', 'not in this test'));
  trial.connect = () => ({ level$: none, sound$: none, echo$: none, ...tests });
  await settled(mounted.tag);
  return { ...mounted, trial };
}

const said = (trial: VivaDeviceTest): string => trial.shadowRoot?.querySelector('[role="status"]')?.textContent ?? '';
const press = (trial: VivaDeviceTest, name: string): void => within(trial, `button[name="${name}"]`).click();
const select = (tag: Element, name: string): HTMLSelectElement => within(tag, `select[name="${name}"]`, HTMLSelectElement);

test('a report that the clipboard refuses is told, and not called copied', async () => {
  const { tag } = await menu();
  const refused = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  const told: unknown[] = [];
  tag.addEventListener('viva-error', ({ code, field }) => told.push([code, field]));
  const button = within(tag, 'button[name="report"]');
  const name = button.textContent;
  button.click();
  await vi.waitFor(() => expect(told).toEqual([['unsupported', 'clipboard']]));
  expect(button.textContent).toBe(name);
  refused.mockRestore();
});

describe('memory', () => {
  test('is of what somebody chose, and of nothing before', async () => {
    const { tag, assistant } = await menu();
    expect(localStorage.length).toBe(0);
    const choice = select(tag, 'microphone');
    choice.value = 'headset';
    choice.dispatchEvent(new Event('change'));
    expect(assistant.asked('setDevice')).toEqual([['setDevice', 'microphone', 'headset']]);
    expect(JSON.parse(localStorage.getItem(DEVICES_KEY) ?? '')).toEqual({ microphone: 'headset' });
    choice.value = '';
    choice.dispatchEvent(new Event('change'));
    expect(localStorage.length).toBe(0);
  });

  test('serves the next conversation, unless the page names a device; one call deletes it', async () => {
    localStorage.setItem(DEVICES_KEY, '{"microphone":"headset","camera":7}');
    const { tag } = await mount();
    const next = hosted(tag);
    expect(next.devices.value.microphone).toBe('headset');
    expect(next.devices.value.camera).toBeNull();
    next.dispose();
    tag.microphone = 'desk';
    const named = hosted(tag);
    expect(named.devices.value.microphone).toBe('desk');
    named.dispose();
    await tag.forget();
    expect(localStorage.getItem(DEVICES_KEY)).toBeNull();
  });

  test('a text of somebody else under its name is no choice', async () => {
    localStorage.setItem(DEVICES_KEY, '{"microphone":');
    const { tag } = await mount();
    const next = hosted(tag);
    expect(next.devices.value.microphone).toBeNull();
    next.dispose();
  });
});

describe('plugs', () => {
  const news = (tag: Element): string =>
    within(tag, 'viva-device-news').shadowRoot?.querySelector('[role="status"]')?.textContent ?? '';

  test('a chosen headset that goes is told, the browser chooses, and back it is chosen again', async () => {
    localStorage.setItem(DEVICES_KEY, '{"microphone":"headset"}');
    const { tag, assistant } = await mount({ open: '' });
    assistant.setDevice = (kind, id) => {
      plug(assistant, assistant.devices.value.list, { [kind]: id });
      return Promise.resolve();
    };
    plug(assistant, [laptop, headset], { microphone: 'headset', granted: granted('headset', 'Headset') });
    assistant.show({ phase: 'listening', microphone: 'live' });
    await settled(tag);
    await vi.waitFor(() => expect(news(tag)).toBe(''));
    plug(assistant, [laptop]);
    await vi.waitFor(() => expect(assistant.devices.value.microphone).toBeNull());
    plug(assistant, [laptop], { granted: granted('laptop', 'Laptop') });
    await vi.waitFor(() => expect(news(tag)).toBe('Headset was disconnected. Now using Laptop.'));
    expect(await faults(tag)).toEqual([]);
    plug(assistant, [laptop, headset]);
    await vi.waitFor(() => expect(assistant.devices.value.microphone).toBe('headset'));
    await vi.waitFor(() => expect(news(tag)).toContain('Headset was connected. Now using Headset.'));
  });

  test('the menu shows the microphone that is in use, not the one that was wished', async () => {
    const { tag, assistant } = await menu();
    plug(assistant, [laptop, headset], { microphone: 'headset' });
    await settled(tag);
    expect(select(tag, 'microphone').value).toBe('headset');
    assistant.show({ phase: 'listening', microphone: 'live' });
    await settled(tag);
    expect(select(tag, 'microphone').value).toBe('laptop');
    expect(within(tag, '[part="device-menu"]').textContent).toContain('The microphone is open.');
  });
});

describe('tests of devices', () => {
  test('the microphone is tried by a press, closed by another, and its end is told', async () => {
    const level$ = new Subject<number>();
    const { tag, trial } = await menu({ level$ });
    expect(level$.observed).toBe(false);
    press(trial, 'microphone');
    await vi.waitFor(() => expect(level$.observed).toBe(true));
    expect(said(trial)).toBe('');
    level$.next(0.001);
    await vi.waitFor(() => expect(said(trial)).toBe('The microphone is open. Say something.'));
    for (const level of [0.1, 0.2, 0.1]) level$.next(level);
    await vi.waitFor(() => expect(said(trial)).toBe('The microphone is open. Your microphone works.'));
    expect(await faults(tag)).toEqual([]);
    press(trial, 'microphone');
    await vi.waitFor(() => expect(said(trial)).toBe('The microphone is closed.'));
    expect(level$.observed).toBe(false);
  });

  test('a conversation takes the microphone from its test, and the test is not offered meanwhile', async () => {
    const level$ = new Subject<number>();
    const { tag, trial, assistant } = await menu({ level$ });
    press(trial, 'microphone');
    await vi.waitFor(() => expect(level$.observed).toBe(true));
    assistant.show({ phase: 'listening', microphone: 'live' });
    await settled(tag);
    expect(level$.observed).toBe(false);
    expect(has(trial, 'button[name="echo"]')).toBe(false);
    expect(has(trial, 'button[name="speaker"]')).toBe(true);
  });

  const echo = (levelDb: number | null): Echo => ({ levelDb, correlation: 0.5, delayMs: 80 });

  test.each([
    [[echo(-5), echo(null), echo(null)], 'No echo: the assistant does not hear itself.'],
    [[echo(-20), echo(-30), echo(-33)], 'A little echo (-30 dB). It is taken out.'],
    [[echo(null), echo(-12), echo(-9)], 'A strong echo (-9 dB). Headphones help.'],
  ])('echo %#: what came back after the canceller settled', async (echoes, sentence) => {
    const { trial } = await menu({ echo$: of('open' as const, ...echoes) });
    press(trial, 'echo');
    await vi.waitFor(() => expect(said(trial)).toBe(`${sentence} The microphone is closed.`));
  });

  test('what went wrong is said in words', async () => {
    const { trial } = await menu({ level$: throwError(() => new AssistantError('microphone-missing', 'none')) });
    press(trial, 'microphone');
    await vi.waitFor(() => expect(said(trial)).toBe('None was found.'));
    expect(within(trial, 'button[name="microphone"]').textContent).toContain('Test the microphone');
  });

  test('real devices: Chromium’s microphone beeps and is heard, its loudspeaker sounds, and it has no echo', async () => {
    const { tag, trial } = await menu();
    trial.connect = null;
    const streams: MediaStream[] = [];
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const spy = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (wish) => {
      streams.push(await open(wish));
      return streams.at(-1)!;
    });
    press(trial, 'speaker');
    await vi.waitFor(() => expect(said(trial)).toBe('A sound was played.'), { timeout: 10_000 });
    expect(spy).not.toHaveBeenCalled();
    press(trial, 'echo');
    await vi.waitFor(() => expect(said(trial)).toMatch(/^No echo: .* closed\.$/), { timeout: 15_000 });
    press(trial, 'microphone');
    await vi.waitFor(() => expect(trial.level).toBeGreaterThan(0.01), { timeout: 10_000 });
    press(trial, 'microphone');
    await settled(tag);
    expect(streams.flatMap((stream) => stream.getTracks()).map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
    spy.mockRestore();
  }, 45_000);
});

test('a closed panel says that the microphone is open, for as long as it is', async () => {
  const { tag, assistant } = await mount();
  assistant.show({ phase: 'listening', microphone: 'live' });
  await vi.waitFor(() => expect(within(tag, '[part="indicator"]').textContent).toContain('The microphone is open.'));
  assistant.show({ microphone: 'muted', muted: true });
  await settled(tag);
  expect(has(tag, '[part="indicator"]')).toBe(true);
  assistant.show({ phase: 'listening', microphone: 'off' });
  await settled(tag);
  expect(has(tag, '[part="indicator"]')).toBe(false);
});

test('a conversation that a script began says so too, once the microphone is heard, and before anybody speaks', async () => {
  const tag = document.body.appendChild(document.createElement('viva-voce'));
  const assistant = Object.assign(new FakeAssistant(), { dispose: () => undefined });
  tag.own(assistant);
  await tag.updateComplete;
  assistant.show({ phase: 'listening', microphone: 'live' });
  await tag.updateComplete;
  expect(has(tag, '[part="indicator"]')).toBe(false);
  assistant.levels.next({ input: 0.001, output: 0 });
  await vi.waitFor(() => expect(within(tag, '[part="indicator"]').textContent).toContain('The microphone is open.'), {
    timeout: 5_000,
  });
  tag.remove();
});
