import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../../src/define.ts';
import '../../../src/elements/interpreter/define.ts';
import { DEVICES_KEY } from '../../../src/elements/devices/kept-devices.ts';
import { connectInterpreter } from '../../../src/elements/viva-voce/caption-edges.ts';
import type { VivaMetricsEvent } from '../../../src/elements/metrics/metrics-events.ts';
import type { InterpreterState } from '../../../src/session/interpreter.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { ms } from '../../../src/shared/time.ts';
import { captionLine, FakeInterpreter } from '../../support/fake-interpreter.ts';
import { everything, focused, has, within } from '../../support/tag.ts';

/** Sound, devices and figures of an interpreter: the assistant's own menu, news and readings, alone and inside `<viva-voce>`. */

beforeEach(() => localStorage.clear());
afterEach(() => {
  for (const tag of document.querySelectorAll('viva-interpreter, viva-voce')) tag.remove();
  localStorage.clear();
});

const running: Partial<InterpreterState> = { phase: 'listening', microphone: 'live', from: 'en', to: 'es' };
const list = [
  { id: 'laptop', kind: 'microphone', label: 'Laptop' },
  { id: 'headset', kind: 'microphone', label: 'Headset' },
  { id: 'ears', kind: 'speaker', label: 'Ears' },
] as const;

async function rendered(tag: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
}

async function mounted(state: Partial<InterpreterState> = running, attributes: Readonly<Record<string, string>> = {}) {
  const tag = document.createElement('viva-interpreter');
  const interpreter = new FakeInterpreter(state);
  interpreter.devices.next({ ...interpreter.devices.value, list });
  tag.interpreter = interpreter;
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  document.body.append(tag);
  await rendered(tag);
  return { tag, interpreter };
}

const button = (tag: Element) => within(tag, '[part="devices"]');
const opened = async (tag: Element): Promise<void> => {
  button(tag).click();
  await vi.waitFor(() => within(tag, '[part="device-menu"]'), { timeout: 5_000 });
  await rendered(tag);
};
const select = (tag: Element, name: string) => within(tag, `select[name="${name}"]`, HTMLSelectElement);

async function faults(root: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(root, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}

describe('the device menu', () => {
  test('is the assistant’s, in the place of what was said: a choice holds at once and is remembered', async () => {
    const { tag, interpreter } = await mounted({ ...running, lines: [captionLine('One.', 'Uno.'), captionLine('Two.', 'Dos.')] });
    await opened(tag);
    expect(has(tag, '.history')).toBe(false);
    expect([...select(tag, 'microphone').options].map(({ text }) => text)).toEqual(['Browser’s choice', 'Laptop', 'Headset']);
    expect(within(tag, '[part="device-menu"]').textContent).toContain('The microphone is open.');
    select(tag, 'microphone').value = 'headset';
    select(tag, 'microphone').dispatchEvent(new Event('change'));
    expect(interpreter.asked('setDevice')).toEqual([['setDevice', 'microphone', 'headset']]);
    expect(JSON.parse(localStorage.getItem(DEVICES_KEY) ?? '')).toEqual({ microphone: 'headset' });
    interpreter.levels.next({ input: 0.2, output: 0 });
    await rendered(tag);
    expect(within(tag, 'meter', HTMLMeterElement).value).toBeCloseTo(0.8);
    expect(has(tag, 'button[name="microphone"]')).toBe(false);
    expect(await faults(tag)).toEqual([]);
  });

  test('by keyboard: opens, has the tests of an idle microphone, Escape closes it alone and the focus is at its button', async () => {
    const { tag } = await mounted({ from: 'en', to: 'es' });
    const outside = vi.fn();
    document.body.addEventListener('keydown', outside);
    button(tag).focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => within(tag, 'button[name="echo"]'), { timeout: 5_000 });
    expect(button(tag).getAttribute('aria-expanded')).toBe('true');
    select(tag, 'microphone').focus();
    outside.mockClear();
    await userEvent.keyboard('{Escape}');
    document.body.removeEventListener('keydown', outside);
    expect(outside).not.toHaveBeenCalled();
    await rendered(tag);
    expect(has(tag, '[part="device-menu"]')).toBe(false);
    expect(focused()).toBe(button(tag));
  });

  test('makes the interpreter that it is the menu of, and starts nothing', async () => {
    const tag = document.createElement('viva-interpreter');
    const interpreter = new FakeInterpreter();
    tag.connect = () => interpreter;
    document.body.append(tag);
    await rendered(tag);
    await opened(tag);
    interpreter.devices.next({ ...interpreter.devices.value, list });
    await vi.waitFor(() => expect(select(tag, 'speaker').options).toHaveLength(2));
    expect(interpreter.asked('start')).toEqual([]);
    // Another interpreter has other devices.
    tag.turn = 'hold';
    await rendered(tag);
    expect(has(tag, '[part="device-menu"]')).toBe(false);
  });

  test('an interpreter that cannot be made is told once, and tried again by the next press', async () => {
    const tag = document.createElement('viva-interpreter');
    const connect = vi.fn(() => {
      throw new AssistantError('bad-option', 'no', { field: 'endpoint' });
    });
    tag.connect = connect;
    document.body.append(tag);
    await rendered(tag);
    button(tag).click();
    await vi.waitFor(() => expect(within(tag, '[role="alert"]').textContent).toContain('set up wrongly'));
    expect(connect).toHaveBeenCalledTimes(1);
    button(tag).click();
    button(tag).click();
    await vi.waitFor(() => expect(connect).toHaveBeenCalledTimes(2));
  });

  test('what is plugged in is said, and a remembered headset is taken again', async () => {
    localStorage.setItem(DEVICES_KEY, '{"microphone":"headset"}');
    const { tag, interpreter } = await mounted();
    const news = () => within(tag, 'viva-device-news').shadowRoot?.querySelector('[role="status"]')?.textContent ?? '';
    await vi.waitFor(() => expect(interpreter.asked('setDevice')).toEqual([['setDevice', 'microphone', 'headset']]), {
      timeout: 5_000,
    });
    interpreter.devices.next({ ...interpreter.devices.value, list: list.filter(({ id }) => id !== 'ears') });
    await vi.waitFor(() => expect(news()).toContain('Ears was disconnected.'));
  });
});

describe('figures', () => {
  const latency = { lastMs: ms(700), meanMs: ms(700), turns: 1 };

  test('are shown with `metrics`: round trip, how late the words are, and what was not sent', async () => {
    const { tag } = await mounted({ ...running, roundTripMs: 42, dropped: 3, latency }, { metrics: '' });
    await vi.waitFor(() => expect(within(tag, 'viva-metrics').shadowRoot?.textContent).toContain('42 ms'), { timeout: 5_000 });
    within(within(tag, 'viva-metrics'), 'details', HTMLDetailsElement).open = true;
    const figures = everything(within(within(tag, 'viva-metrics'), 'dl')).map(({ textContent }) => textContent.trim());
    expect(figures).toEqual([
      ...['Round trip', '42 ms', 'Jitter', 'not told', 'From the end of speech to its text', '700 ms'],
      ...['Gaps in the sound', '0', 'Sound that was not sent', '3'],
    ]);
    expect(await faults(tag)).toEqual([]);
  });

  test('are told after each sentence, with the attribute or without', async () => {
    const { tag, interpreter } = await mounted();
    const told: VivaMetricsEvent[] = [];
    tag.addEventListener('viva-metrics', (event) => told.push(event));
    interpreter.show({ latency });
    await vi.waitFor(() =>
      expect(told.map(({ latencyMs, turns, usage }) => [latencyMs, turns, usage])).toEqual([[700, 1, null]]),
    );
    expect(has(tag, 'viva-metrics')).toBe(false);
    interpreter.show({ muted: true });
    await rendered(tag);
    expect(told).toHaveLength(1);
  });

  test('a report has them, and none of a room’s lines', async () => {
    const { tag } = await mounted();
    expect(await tag.diagnose()).toEqual({ phase: 'listening' });
    const reader = document.createElement('viva-interpreter');
    const source = new FakeInterpreter({ phase: 'listening', lines: [captionLine('Nobody’s business', null)] });
    reader.follow = () => source;
    reader.room = 'hall';
    document.body.append(reader);
    await vi.waitFor(() => expect(source.asked('start')).toHaveLength(1));
    await rendered(reader);
    const report = await reader.diagnose();
    expect(report).toMatchObject({ phase: 'listening', lines: 1, granted: null });
    expect(JSON.stringify(report)).not.toContain('business');
  });
});

describe('the remembered microphone', () => {
  test('is the next interpreter’s', () => {
    localStorage.setItem(DEVICES_KEY, '{"microphone":"headset"}');
    const wishes = { from: 'en', to: 'es', endpoint: null, tokenUrl: null, tokenProvider: null, turn: 'vad' } as const;
    const made = connectInterpreter(wishes);
    expect(made.devices.value.microphone).toBe('headset');
    made.dispose();
  });
});

describe('inside a tag', () => {
  async function inTag(attributes: Readonly<Record<string, string>> = {}) {
    const tag = document.createElement('viva-voce');
    const told = { mode: 'interpreter', language: 'en', 'translate-to': 'es', open: '', ...attributes };
    for (const [name, value] of Object.entries(told)) tag.setAttribute(name, value);
    document.body.append(tag);
    await vi.waitFor(() => within(within(tag, 'viva-interpreter'), '[part="start"]'), { timeout: 5_000 });
    await rendered(tag);
    return tag;
  }

  test('the tag’s devices, report and refusals are the interpreter’s', async () => {
    localStorage.setItem(DEVICES_KEY, '{"microphone":"headset"}');
    const tag = await inTag();
    const interpreter = () => within(tag, 'viva-interpreter') as HTMLElementTagNameMap['viva-interpreter'];
    // The panel that floats has a button in the corner.
    const corner = within(tag, '[part="close"]').getBoundingClientRect();
    expect(within(interpreter(), '.tools').getBoundingClientRect().right).toBeLessThanOrEqual(corner.left);
    await vi.waitFor(() => expect(tag.assistant?.devices.value.microphone).toBe('headset'));
    await tag.setDevice('microphone', 'desk');
    expect(interpreter().interpreter?.devices.value.microphone).toBe('desk');
    expect(await tag.diagnose()).toMatchObject({ phase: 'idle', from: 'en', to: 'es', lines: 0 });
    await expect(tag.send('hello')).rejects.toMatchObject({ code: 'unsupported' });
    tag.microphone = 'kiosk';
    await vi.waitFor(() => expect(interpreter().interpreter?.devices.value.microphone).toBe('kiosk'));
    await tag.mute();
    await vi.waitFor(() => expect(interpreter().interpreter?.state.value.muted).toBe(true));
  });

  test('a failure is one event, and the focus goes to the button that begins', async () => {
    const refused = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('', 'NotAllowedError'));
    const tag = await inTag({ 'token-url': 'data:application/json,{"pid":1,"token":"t","ts":1}' });
    const codes: string[] = [];
    tag.addEventListener('viva-error', ({ code }) => codes.push(code));
    const phases: string[] = [];
    tag.addEventListener('viva-state-change', ({ state }) => phases.push(state));
    await tag.collapse();
    await tag.expand();
    await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('start'));
    within(within(tag, 'viva-interpreter'), '[part="start"]').click();
    await vi.waitFor(() => expect(phases.at(-1)).toBe('error'), { timeout: 10_000 });
    await rendered(tag);
    expect(codes).toEqual(['microphone-denied']);
    refused.mockRestore();
  });

  test('a tag that is reset, or whose assistant is taken away as a kiosk does, has an interpreter that nobody has spoken to', async () => {
    const tag = await inTag();
    const now = () => (within(tag, 'viva-interpreter') as HTMLElementTagNameMap['viva-interpreter']).interpreter;
    const worn = async (before: unknown) => {
      await vi.waitFor(() => expect([now() === before, now() === null]).toEqual([false, false]));
      await vi.waitFor(async () => expect(await tag.diagnose()).toMatchObject({ phase: 'idle', from: 'en', lines: 0 }));
      return now();
    };
    await vi.waitFor(async () => expect(await tag.diagnose()).toHaveProperty('from'));
    const first = now();
    await tag.reset();
    const second = await worn(first);
    tag.assistant = null;
    await worn(second);
  });

  test('a tag that changes its mind has an assistant again, and one that forgets has a new interpreter', async () => {
    const tag = await inTag();
    await vi.waitFor(async () => expect(await tag.diagnose()).toHaveProperty('from'));
    const first = tag.assistant;
    await tag.forget();
    await vi.waitFor(async () => expect(await tag.diagnose()).toHaveProperty('from'));
    expect(tag.assistant).not.toBe(first);
    tag.mode = 'assistant';
    await vi.waitFor(async () => expect(await tag.diagnose()).toHaveProperty('settings'));
    tag.mode = 'interpreter';
    await vi.waitFor(async () => expect(await tag.diagnose()).toHaveProperty('from'));
  });
});
