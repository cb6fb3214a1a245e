import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { CONSENT_KEY } from '../../../src/elements/chat/storage.ts';
import type { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import { axeFaults } from '../../support/axe-faults.ts';
import { entry } from '../../support/fake-assistant.ts';
import { everything, focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

/** Nothing begins before somebody agreed, whoever wants it to. */

const opened: string[] = [];

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  opened.length = 0;
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(() => {
    opened.push('microphone');
    return Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: string | URL) {
        opened.push('socket');
        super(url);
      }
    },
  );
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation((...call) => {
    opened.push('request');
    return fetch(...call);
  });
});

afterEach(() => {
  unmountAll();
  document.querySelectorAll('viva-voce').forEach((tag) => tag.remove());
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const key = (name: string) => userEvent.keyboard(name);
const gate = (tag: Element) => within(tag, 'viva-consent');
const asks = async (tag: VivaVoce): Promise<void> => {
  await until(() => gate(tag));
  await settled(tag);
};
const answers = (tag: VivaVoce): readonly boolean[] => {
  const heard: boolean[] = [];
  tag.addEventListener('viva-consent', ({ granted }) => heard.push(granted));
  return heard;
};

/** A tag with an assistant of its own, which nobody can reach: what it would open is counted. */
function own(attributes: Readonly<Record<string, string>>): VivaVoce {
  const tag = document.createElement('viva-voce');
  tag.setAttribute('endpoint', 'http://127.0.0.1:9');
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  document.body.append(tag);
  return tag;
}

test('by keyboard: the question has the focus, is accessible, and once agreed to gives way to the button to talk', async () => {
  const { tag, assistant } = await mount({ consent: 'once', 'privacy-url': '/privacy', endpoint: 'https://voice.example' });
  const heard = answers(tag);
  within(tag, '[part="launcher"]').focus();
  await key('{Enter}');
  await asks(tag);
  await until(() => expect(focused()?.textContent).toBe('Before you begin'));
  expect(gate(tag).shadowRoot?.textContent).toContain('goes to voice.example');
  expect(within(tag, 'viva-transcript').checkVisibility()).toBe(false);
  expect(within(tag, 'textarea').checkVisibility()).toBe(false);
  expect(await axeFaults(tag)).toEqual([]);
  await key('{Tab}');
  expect((focused() as HTMLAnchorElement).rel).toBe('noopener noreferrer');
  await key('{Tab}');
  expect(focused()?.textContent).toBe('Agree and begin');
  await key('{Enter}');
  await until(() => expect(focused()?.getAttribute('part')).toBe('start'));
  expect(heard).toEqual([true]);
  expect(localStorage.getItem(CONSENT_KEY)).toMatch(/^\d{4}-/);
  expect(has(tag, 'viva-consent')).toBe(false);
  // It was agreed to a conversation, not to an open microphone.
  expect(assistant.calls).toEqual([]);
});

test('declined: the panel closes, the focus goes back, nothing was opened, and it is asked anew next time', async () => {
  const { tag, assistant } = await mount({ consent: 'session' });
  const heard = answers(tag);
  within(tag, '[part="launcher"]').click();
  await asks(tag);
  within(gate(tag), '[part="decline"]').focus();
  await key('{Enter}');
  await until(() => expect(focused()?.getAttribute('part')).toBe('launcher'));
  expect([tag.open, heard, assistant.calls, sessionStorage.length]).toEqual([false, [false], [], 0]);
  within(tag, '[part="launcher"]').click();
  await asks(tag);
  expect(has(gate(tag), '[part="accept"]')).toBe(true);
});

test('a panel that cannot be closed says that nothing was sent, and asks again when it is wanted', async () => {
  const { tag } = await mount({ consent: 'session', variant: 'inline' });
  await asks(tag);
  within(gate(tag), '[part="decline"]').click();
  await settled(tag);
  expect(gate(tag).shadowRoot?.textContent).toContain('You did not agree. Nothing was sent.');
  expect(focused()?.textContent).toBe('Before you begin');
  expect(await axeFaults(tag)).toEqual([]);
  await key('{Tab}{Enter}');
  await settled(tag);
  within(gate(tag), '[part="accept"]').click();
  await until(() => expect(has(tag, 'viva-consent')).toBe(false));
});

test('methods wait for the answer: agreed, they go on; declined, they are refused', async () => {
  const { tag, assistant } = await mount({ consent: 'session' });
  const declined = tag.send('Hello');
  await asks(tag);
  expect(tag.open).toBe(true);
  within(gate(tag), '[part="decline"]').click();
  await expect(declined).rejects.toMatchObject({ name: 'AbortError' });
  expect(assistant.calls).toEqual([]);
  const closed = expect(tag.send('Hello')).rejects.toMatchObject({ name: 'AbortError' });
  await asks(tag);
  within(gate(tag), '[part="accept"]').focus();
  await key('{Escape}');
  await closed;
  expect(assistant.calls).toEqual([]);
  const agreed = Promise.all([tag.send('Hello'), tag.start()]);
  await asks(tag);
  expect(assistant.calls).toEqual([]);
  within(gate(tag), '[part="accept"]').click();
  await agreed;
  expect(assistant.calls).toEqual([
    ['send', 'Hello', undefined],
    ['start', { voice: true }],
  ]);
});

test('with an assistant of its own nothing is opened: not by default-open, nor by a camera, nor past the tag', async () => {
  const tag = own({ consent: 'once', 'default-open': '', 'camera-on': '' });
  await asks(tag);
  await tag.assistant?.start({ voice: true });
  await expect(tag.assistant?.send('Hello')).rejects.toMatchObject({ name: 'AbortError' });
  const { assistant } = tag;
  assistant?.retry();
  const held = [tag.startCamera(), assistant?.startCamera(), assistant?.startScreen(), assistant?.snapshot('What is this?')];
  await settled(tag);
  expect([tag.cameraOn, opened]).toEqual([false, []]);
  within(gate(tag), '[part="decline"]').click();
  for (const wish of held) await expect(wish).rejects.toMatchObject({ name: 'AbortError' });
  expect([opened, localStorage.length]).toEqual([[], 0]);
  tag.open = true;
  await asks(tag);
  within(gate(tag), '[part="accept"]').click();
  // The same spies see what it opens once it may: the camera that the page wanted.
  await until(() => expect(opened).toContain('microphone'));
});

test('a camera and a screen that are turned on while it is asked wait for the answer, and go with a no', async () => {
  const { tag, assistant } = await mount({ consent: 'session', open: '' });
  await asks(tag);
  tag.cameraOn = true;
  tag.setAttribute('screen-on', '');
  await settled(tag);
  expect([tag.cameraOn, tag.screenOn, assistant.calls]).toEqual([false, false, []]);
  within(gate(tag), '[part="accept"]').click();
  await until(() => expect(assistant.calls).toEqual([['startCamera'], ['startScreen']]));
  unmountAll();
  sessionStorage.clear();
  const other = await mount({ consent: 'session', open: '' });
  await asks(other.tag);
  other.tag.cameraOn = true;
  await settled(other.tag);
  within(gate(other.tag), '[part="decline"]').click();
  await settled(other.tag);
  expect([other.tag.cameraOn, other.assistant.calls]).toEqual([false, []]);
});

test('a tag without a panel has no place to ask: it is refused', async () => {
  const tag = own({ consent: 'once', variant: 'bare' });
  await expect(tag.start()).rejects.toMatchObject({ name: 'AbortError' });
  expect(opened).toEqual([]);
});

test('an interpreter waits too', async () => {
  const tag = own({ consent: 'session', mode: 'interpreter', open: '', 'translate-to': 'es' });
  await asks(tag);
  expect(has(tag, 'viva-interpreter') && within(tag, 'viva-interpreter').checkVisibility()).toBe(false);
  await until(() => within(tag, 'viva-interpreter'));
  await settled(tag);
  const held = [tag.start(), tag.assistant?.start()];
  await settled(tag);
  within(gate(tag), '[part="decline"]').click();
  for (const wish of held) await expect(wish).rejects.toMatchObject({ name: 'AbortError' });
  expect(opened).toEqual([]);
});

test('what was agreed to is known on the next visit, and asked anew under another name', async () => {
  localStorage.setItem('terms-2', '2026-11-20');
  const { tag } = await mount({ open: '', consent: 'once', 'consent-key': 'terms-2' });
  await until(() => expect(has(tag, 'viva-chat-menu [name="withdraw"], [name="withdraw"]')).toBe(true));
  expect(has(tag, 'viva-consent')).toBe(false);
  tag.consentKey = 'terms-3';
  await asks(tag);
});

test('withdrawn from the menu: the conversation ends and the question is back; the one call takes it back as well', async () => {
  sessionStorage.setItem(CONSENT_KEY, '2026-11-20');
  const { tag, assistant } = await mount({ open: '', consent: 'session' });
  const heard = answers(tag);
  assistant.show({ phase: 'listening', transcript: [entry('user', 'Hello')] });
  await until(() => within(tag, '[name="withdraw"]'));
  within(tag, 'viva-chat-menu').shadowRoot?.querySelector('summary')?.click();
  within(tag, '[name="withdraw"]').click();
  await asks(tag);
  expect([heard, sessionStorage.length, assistant.asked('stop').length]).toEqual([[false], 0, 1]);
  expect(gate(tag).shadowRoot?.textContent).toContain('Your consent was withdrawn.');
  await until(() => expect(focused()?.textContent).toBe('Before you begin'));
  within(gate(tag), '[part="accept"]').click();
  await until(() => expect(has(tag, 'viva-consent')).toBe(false));
  await tag.forget();
  await asks(tag);
  expect(sessionStorage.length).toBe(0);
});

test('a browser that keeps nothing is asked every time; an unknown word asks too, and is told', async () => {
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('', 'SecurityError');
  });
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('', 'SecurityError');
  });
  const errors: unknown[] = [];
  document.body.addEventListener('viva-error', ({ code, field }) => errors.push([code, field]), { once: true });
  const { tag } = await mount({ open: '', consent: 'always' });
  await asks(tag);
  expect(errors).toEqual([['bad-option', 'consent']]);
  within(gate(tag), '[part="accept"]').click();
  await until(() => expect(has(tag, 'viva-consent')).toBe(false));
  unmountAll();
  const next = await mount({ open: '', consent: 'once' });
  await asks(next.tag);
});

test('the page’s own words stand in the place of ours', async () => {
  const { tag } = await mount({ consent: 'once' });
  const words = Object.assign(document.createElement('p'), { slot: 'consent', textContent: 'Our terms' });
  tag.append(words);
  tag.open = true;
  await asks(tag);
  expect(words.checkVisibility()).toBe(true);
  expect(everything(gate(tag)).some((each) => each.textContent.startsWith('What you say') && each.checkVisibility())).toBe(false);
});
