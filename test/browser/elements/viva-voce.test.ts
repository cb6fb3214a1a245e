import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { VivaBeforeStartEvent, VivaEventMap } from '../../../src/elements/events.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { ms } from '../../../src/shared/time.ts';
import { entry, FakeAssistant } from '../../support/fake-assistant.ts';
import { focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

afterEach(unmountAll);

function events<K extends keyof VivaEventMap>(target: HTMLElement, type: K): VivaEventMap[K][] {
  const heard: VivaEventMap[K][] = [];
  target.addEventListener(type, (event: VivaEventMap[K]) => heard.push(event));
  return heard;
}

test('the launcher opens the panel, the panel closes onto the launcher, and the focus goes along', async () => {
  const { tag } = await mount();
  const changes = events(tag, 'viva-open-change');
  expect(has(tag, 'viva-panel:popover-open')).toBe(false);
  await userEvent.click(within(tag, '[part="launcher"]'));
  await settled(tag);
  expect(tag.open).toBe(true);
  expect(has(tag, 'viva-panel:popover-open')).toBe(true);
  expect(has(tag, '[part="launcher"]')).toBe(false);
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('start'));
  await userEvent.click(within(tag, '[part="close"]'));
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('launcher'));
  expect(changes.map((event) => event.open)).toEqual([true, false]);
});

test('what the empty panel promises of the microphone is gone once it is open', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const promise = /microphone stays closed/;
  await vi.waitFor(() => expect(within(tag, '.empty').textContent).toMatch(promise));
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  expect(within(tag, '.empty').textContent).not.toMatch(promise);
  assistant.show({ phase: 'ended', microphone: 'off' });
  await settled(tag);
  expect(within(tag, '.empty').textContent).toMatch(promise);
});

test('booleans are standard, and ="false" is false', async () => {
  const { tag } = await mount({ open: 'false', muted: '', 'default-open': 'false' });
  expect(tag.open).toBe(false);
  expect(tag.muted).toBe(true);
  tag.setAttribute('muted', 'false');
  expect(tag.muted).toBe(false);
  tag.setAttribute('open', '');
  expect(tag.open).toBe(true);
});

test('default-open opens once, not again when the tag is moved', async () => {
  const { tag } = await mount({ 'default-open': '' });
  expect(tag.open).toBe(true);
  await tag.collapse();
  const box = document.body.appendChild(document.createElement('div'));
  box.append(tag);
  await settled(tag);
  expect(tag.open).toBe(false);
  box.remove();
});

test('the phase shows as property, attribute, custom state and event', async () => {
  const { tag, assistant } = await mount();
  const changes = events(tag, 'viva-state-change');
  expect(tag.matches(':state(idle)')).toBe(true);
  assistant.show({ phase: 'connecting' });
  assistant.show({ phase: 'listening' });
  await settled(tag);
  expect(tag.getAttribute('state')).toBe('listening');
  expect(tag.matches(':state(listening)')).toBe(true);
  expect(tag.matches(':state(idle)')).toBe(false);
  expect(changes.map(({ previous, state }) => `${previous}>${state}`)).toEqual(['idle>connecting', 'connecting>listening']);
});

test('what happens is told by events that reach the page', async () => {
  const host = document.body.appendChild(document.createElement('div'));
  const { tag, assistant } = await mount({}, host.attachShadow({ mode: 'open' }));
  const types = ['viva-transcript', 'viva-interrupt', 'viva-metrics', 'viva-error', 'viva-device-change'] as const;
  const heard = Object.fromEntries(types.map((type) => [type, events(document.body, type)]));
  const said = entry('assistant', 'Until six o’clock');
  assistant.show({ transcript: [said], latency: { lastMs: ms(300), meanMs: ms(320), turns: 2 } });
  await until(() => expect(heard['viva-transcript']).toHaveLength(1));
  assistant.show({ transcript: [{ ...said, text: 'Until six', revealed: 9, status: 'interrupted' }] });
  assistant.show({ notice: new AssistantError('rate-limited', 'slow down').toFacts() });
  assistant.devices.next({ ...assistant.devices.value, list: [{ id: 'a', kind: 'microphone', label: 'Desk' }] });
  await settled(tag);
  expect(heard['viva-transcript']).toMatchObject([
    { text: 'Until six o’clock', final: true, interrupted: false },
    { text: 'Until six', interrupted: true },
  ]);
  expect(heard['viva-interrupt']).toMatchObject([{ id: said.id, text: 'Until six' }]);
  await vi.waitFor(() => expect(heard['viva-metrics']).not.toEqual([]));
  expect(heard['viva-metrics']).toMatchObject([{ latencyMs: 300, meanLatencyMs: 320, turns: 2 }]);
  expect(heard['viva-error']).toMatchObject([{ code: 'rate-limited', recoverable: true }]);
  expect(heard['viva-device-change']).toMatchObject([{ devices: [{ id: 'a' }] }]);
  host.remove();
});

test('attributes act on a running conversation, and follow it', async () => {
  const { tag, assistant } = await mount();
  tag.muted = true;
  tag.setAttribute('microphone', 'desk');
  tag.setAttribute('camera-on', '');
  await settled(tag);
  expect(assistant.calls).toEqual([['mute', true], ['setDevice', 'microphone', 'desk'], ['startCamera']]);
  assistant.show({ muted: true });
  assistant.pictures.next({ camera: new MediaStream(), screen: null });
  assistant.show({ muted: false });
  assistant.pictures.next({ camera: null, screen: null });
  await settled(tag);
  expect(tag.muted).toBe(false);
  expect(tag.hasAttribute('camera-on')).toBe(false);
  expect(assistant.calls).toHaveLength(3);
});

test('a camera that is refused takes its attribute back and says so', async () => {
  const { tag, assistant } = await mount();
  const errors = events(tag, 'viva-error');
  assistant.refuseWith = new AssistantError('camera-denied', 'no');
  tag.cameraOn = true;
  await vi.waitFor(() => expect(errors).toMatchObject([{ code: 'camera-denied' }]));
  expect(tag.cameraOn).toBe(false);
});

test('methods reach the assistant and open nothing by themselves', async () => {
  const { tag, assistant } = await mount();
  await tag.start();
  await tag.send('Hello', { images: [] });
  await tag.addContext('The basket is empty');
  await tag.interrupt();
  await tag.snapshot('What is this?');
  await tag.setDevice('speaker', null);
  await tag.stop();
  expect(assistant.calls).toEqual([
    ['start', { voice: true }],
    ['send', 'Hello', { images: [] }],
    ['addContext', 'The basket is empty'],
    ['interrupt', undefined],
    ['snapshot', 'What is this?'],
    ['setDevice', 'speaker', null],
    ['stop'],
  ]);
  expect(tag.open).toBe(false);
});

test('chat mode never asks for the voice', async () => {
  const { tag, assistant } = await mount({ mode: 'chat', open: '' });
  await tag.start();
  expect(assistant.calls).toEqual([['start', { voice: false }]]);
  expect(has(tag, '[part="start"]')).toBe(false);
  expect(has(tag, 'viva-visualizer')).toBe(false);
});

test('several tags on one page are several conversations', async () => {
  const one = await mount({ open: '' });
  const other = await mount({ open: '', placement: 'bottom-start' });
  one.assistant.show({ phase: 'speaking' });
  await settled(one.tag);
  await settled(other.tag);
  expect(within(one.tag, 'viva-status').shadowRoot?.textContent).toContain('Speaking');
  expect(within(other.tag, 'viva-status').shadowRoot?.textContent).toContain('Ready');
});

test('inside transforms, containers and clipping boxes launcher and panel are where the window is', async () => {
  const box = document.body.appendChild(document.createElement('div'));
  box.style.cssText = 'transform: rotate(3deg) scale(.5); container-type: size; overflow: hidden; width: 60px; height: 20px';
  const { tag } = await mount({}, box);
  const launcher = within(tag, '[part="launcher"]').getBoundingClientRect();
  expect([Math.round(innerWidth - launcher.right), Math.round(innerHeight - launcher.bottom)]).toEqual([20, 20]);
  tag.open = true;
  await vi.waitFor(() => {
    const { right, bottom, height } = within(tag, 'viva-panel').getBoundingClientRect();
    expect(height).toBeGreaterThan(200);
    expect(innerWidth - right).toBeLessThanOrEqual(21);
    expect(innerHeight - bottom).toBeLessThanOrEqual(21);
  });
  box.remove();
});

test('elements elsewhere on the page join by id, also when they come first', async () => {
  const captions = document.body.appendChild(document.createElement('viva-captions'));
  captions.setAttribute('for', 'desk');
  const { tag, assistant } = await mount({ id: 'desk' });
  assistant.show({ phase: 'listening', transcript: [entry('user', 'Is it open?')] });
  await vi.waitFor(() => expect(captions.shadowRoot?.textContent).toContain('Is it open?'));
  captions.remove();
  await tag.updateComplete;
});

test('how turns are taken stays as it began until the conversation is over', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  tag.turn = 'hold';
  await settled(tag);
  expect(has(tag, '[part="talk"]')).toBe(false);
  assistant.show({ phase: 'ended', microphone: 'off' });
  await settled(tag);
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  expect(has(tag, '[part="talk"]')).toBe(true);
});

test('words may come as JSON; what is no JSON changes nothing', async () => {
  const { tag } = await mount({ open: '', strings: '{"start":"Habla"}' });
  expect(within(tag, '[part="start"]').textContent).toContain('Habla');
  tag.setAttribute('strings', '{');
  await settled(tag);
  expect(within(tag, '[part="start"]').textContent).toContain('Start talking');
});

test('the tag’s own words can be replaced, and all elements inside follow', async () => {
  const { tag } = await mount({ open: '' });
  tag.strings = { start: 'Habla', title: 'Ayudante' };
  await settled(tag);
  expect(within(tag, '[part="start"]').textContent).toContain('Habla');
  expect(within(tag, '[part="title"]').textContent).toBe('Ayudante');
});

class Owned extends FakeAssistant {
  disposed = 0;
  dispose = (): void => {
    this.disposed += 1;
  };
}

test('moved in the document it goes on; taken away for good it lets go a microtask later', async () => {
  const { tag } = await mount({ open: '' });
  const own = new Owned();
  tag.own(own);
  await settled(tag);
  const box = document.body.appendChild(document.createElement('div'));
  box.append(tag);
  await settled(tag);
  expect(own.disposed).toBe(0);
  expect(has(tag, 'viva-panel:popover-open')).toBe(true);
  // React's StrictMode takes a tree away and puts it back at once.
  tag.remove();
  box.append(tag);
  await settled(tag);
  expect(own.disposed).toBe(0);
  tag.remove();
  expect(own.disposed).toBe(0);
  await Promise.resolve();
  expect(own.disposed).toBe(1);
  expect(tag.assistant).toBeNull();
  box.remove();
});

test('an assistant that the page brought is not let go of', async () => {
  const { tag, assistant } = await mount();
  tag.remove();
  await Promise.resolve();
  expect(assistant.calls).toEqual([]);
  expect(tag.assistant).toBe(assistant);
});

test('elements take hold again after the tag was away', async () => {
  const { tag, assistant } = await mount({ open: '' });
  tag.remove();
  assistant.show({ phase: 'listening' });
  document.body.append(tag);
  await settled(tag);
  expect(within(tag, 'viva-status').shadowRoot?.textContent).toContain('Connected');
});

describe('with the real assistant, which opens nothing before it is started', () => {
  const real = (attributes: Readonly<Record<string, string>>) => {
    const tag = document.createElement('viva-voce');
    for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
    return tag;
  };

  test('the page may forbid a start, or change its options; by default the server is where the script came from', async () => {
    const tag = real({ instructions: 'Be brief', 'vad-threshold': '0.4' });
    const seen: VivaBeforeStartEvent[] = [];
    tag.addEventListener('viva-before-start', (event) => {
      seen.push(event);
      event.preventDefault();
    });
    document.body.append(tag);
    await tag.start();
    expect(tag.state).toBe('idle');
    expect(seen).toHaveLength(1);
    expect(seen[0]?.options).toMatchObject({
      endpoint: location.origin,
      settings: { instructions: 'Be brief', turns: { type: 'server-vad', threshold: 0.4 } },
    });
    await expect(tag.send('Hello')).rejects.toThrow('did not let');
    tag.remove();
  });

  test('a written message never asks for the microphone, whatever becomes of the connection', async () => {
    const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const tag = real({ endpoint: 'http://127.0.0.1:9', 'token-url': 'http://127.0.0.1:9/none' });
    document.body.append(tag);
    tag.send('Hello').catch(vi.fn());
    await vi.waitFor(() => expect(['reconnecting', 'error']).toContain(tag.state), { timeout: 5000 });
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    tag.remove();
  });

  test.each([
    [{ turn: 'sometimes' }, 'bad-option', 'turn'],
    [{ 'vad-silence-ms': 'soon' }, 'bad-option', 'vad-silence-ms'],
    [{ mode: 'interpreter', protocol: 'realtime' }, 'unsupported', 'protocol'],
    [{ 'translate-to': 'not a language' }, 'bad-option', 'translate-to'],
    [{ protocol: 'rtvt' }, 'unsupported', 'protocol'],
    [{ preset: 'nobody' }, 'bad-option', 'preset'],
  ])('%o is told as %s', async (attributes, code, field) => {
    const tag = real(attributes);
    const errors = events(tag, 'viva-error');
    tag.setAttribute('open', '');
    document.body.append(tag);
    await vi.waitFor(() => expect(errors.map((event) => [event.code, event.field])).toContainEqual([code, field]));
    tag.remove();
  });

  test('an interpreter stands in the panel instead of a conversation, and begins nothing by itself', async () => {
    const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const tag = real({ mode: 'interpreter', language: 'en', 'translate-to': 'es', open: '' });
    document.body.append(tag);
    await vi.waitFor(() => expect(tag.shadowRoot?.querySelector('viva-panel > viva-interpreter')).not.toBeNull(), {
      timeout: 5000,
    });
    const panel = tag.shadowRoot?.querySelector('viva-panel');
    expect(panel?.shadowRoot?.querySelector('viva-composer')).toBeNull();
    expect(panel?.shadowRoot?.querySelector('[part="close"]')).not.toBeNull();
    expect(tag.state).toBe('idle');
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    tag.remove();
  });

  test.each(['launcher', 'inline'])(
    'a tag (%s) that cannot be meant says so, and tries again when it is pressed',
    async (variant) => {
      const tag = real({ preset: 'nobody', variant, open: '' });
      document.body.append(tag);
      await vi.waitFor(() => expect(within(tag, '[part="toast"]').textContent).toContain('not set up correctly'));
      expect(has(tag, 'viva-panel')).toBe(false);
      tag.preset = 'gateway';
      within(tag, '[part="launcher"]').click();
      await vi.waitFor(() => expect(within(tag, 'viva-panel').checkVisibility()).toBe(true));
      tag.remove();
    },
  );
});
