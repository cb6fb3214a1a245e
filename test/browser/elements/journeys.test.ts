import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AssistantError } from '../../../src/shared/errors.ts';
import { entry } from '../../support/fake-assistant.ts';
import { focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** A person at the keyboard and with a pointer. */

afterEach(unmountAll);

const key = (name: string) => userEvent.keyboard(name);
const part = () => focused()?.getAttribute('part');

test('by keyboard alone: open, start, interrupt, close', async () => {
  const { tag, assistant } = await mount();
  within(tag, '[part="launcher"]').focus();
  await key('{Enter}');
  await vi.waitFor(() => expect(part()).toBe('start'));
  await key('{Enter}');
  expect(assistant.calls).toEqual([['start', { voice: true }]]);
  assistant.show({ phase: 'connecting', microphone: 'asking' });
  await settled(tag);
  expect(part()).toBe('start');
  expect(focused()?.textContent).toContain('End');
  assistant.show({ phase: 'speaking', playing: true, microphone: 'live' });
  await settled(tag);
  await key('{Escape}');
  expect(assistant.asked('interrupt')).toEqual([['interrupt', 'escape']]);
  expect(tag.open).toBe(true);
  assistant.show({ phase: 'listening', playing: false });
  await settled(tag);
  await key('{Escape}');
  await vi.waitFor(() => expect(part()).toBe('launcher'));
  expect(tag.open).toBe(false);
});

test('Escape closes the device menu first, and gives the focus back to its button', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'speaking', playing: true });
  const menu = within(tag, '[aria-expanded]');
  menu.focus();
  await key('{Enter}');
  await vi.waitFor(() => expect(has(tag, '[part="device-menu"]')).toBe(true));
  await key('{Escape}');
  await settled(tag);
  expect(has(tag, '[part="device-menu"]')).toBe(false);
  expect(focused()).toBe(menu);
  expect(assistant.calls).toEqual([]);
});

test('writing: the first character interrupts, Enter sends, Shift+Enter does not, and no voice is asked for', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'speaking', playing: true });
  await settled(tag);
  const field = within(tag, 'textarea', HTMLTextAreaElement);
  field.focus();
  await key('N');
  expect(assistant.calls).toEqual([['interrupt', 'text']]);
  assistant.show({ phase: 'listening', playing: false });
  await key('o');
  await key('{Shift>}{Enter}{/Shift}');
  await key('go on');
  await key('{Enter}');
  await settled(tag);
  expect(assistant.calls.slice(1)).toEqual([['send', 'No\ngo on', undefined]]);
  expect(field.value).toBe('');
  await key('   {Enter}');
  expect(assistant.asked('send')).toHaveLength(1);
  expect(assistant.asked('start')).toEqual([]);
});

test('a message that could not be sent is still there to be sent again', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.refuseWith = new AssistantError('socket-refused', 'nobody there');
  const field = within(tag, 'textarea', HTMLTextAreaElement);
  field.focus();
  await key('Hello{Enter}');
  await vi.waitFor(() => expect(field.value).toBe('Hello'));
});

test('Enter that chooses a word while composing sends nothing', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const field = within(tag, 'textarea', HTMLTextAreaElement);
  field.value = 'にほ';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
  expect(assistant.asked('send')).toEqual([]);
});

test('hold to talk: Space and Enter hold, repeats are one press, leaving the button lets go', async () => {
  const { tag, assistant } = await mount({ open: '', turn: 'hold' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  const talk = within(tag, '[part="talk"]');
  talk.focus();
  await key('{ >}');
  talk.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', repeat: true, cancelable: true }));
  await key('{/ }');
  expect(assistant.asked('hold')).toEqual([
    ['hold', true],
    ['hold', false],
  ]);
  await key('{Enter>}');
  talk.blur();
  expect(assistant.asked('hold').slice(2)).toEqual([
    ['hold', true],
    ['hold', false],
  ]);
  await key('{/Enter}');
});

test('hold to talk with a finger: it may slide off the button', async () => {
  const { tag, assistant } = await mount({ open: '', turn: 'hold' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  const talk = within(tag, '[part="talk"]');
  talk.setPointerCapture = vi.fn();
  talk.dispatchEvent(new PointerEvent('pointerdown', { pointerId: 7, button: 0 }));
  expect(talk.setPointerCapture).toHaveBeenCalledWith(7);
  talk.dispatchEvent(new PointerEvent('pointercancel', { pointerId: 7 }));
  expect(assistant.asked('hold')).toEqual([
    ['hold', true],
    ['hold', false],
  ]);
});

test('a key that is held when the tag goes is let go', async () => {
  const { tag, assistant } = await mount({ open: '', turn: 'hold' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  within(tag, '[part="talk"]').focus();
  await key('{ >}');
  tag.remove();
  expect(assistant.asked('hold')).toEqual([
    ['hold', true],
    ['hold', false],
  ]);
  await key('{/ }');
});

test('toggle to talk: one press begins, the next one sends', async () => {
  const { tag, assistant } = await mount({ open: '', turn: 'toggle' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  within(tag, '[part="talk"]').click();
  assistant.show({ holding: true });
  await settled(tag);
  expect(within(tag, '[part="talk"]').ariaPressed).toBe('true');
  within(tag, '[part="talk"]').click();
  expect(assistant.asked('hold')).toEqual([
    ['hold', true],
    ['hold', false],
  ]);
});

test('mute, interrupt, camera, screen and end each have one button that does it', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'speaking', playing: true, microphone: 'live' });
  await settled(tag);
  for (const name of ['mic', 'interrupt', 'camera', 'screen', 'start']) within(tag, `[part="${name}"]`).click();
  expect(assistant.calls).toEqual([['mute', true], ['interrupt', 'button'], ['startCamera'], ['startScreen'], ['stop']]);
  assistant.show({ phase: 'listening', playing: false });
  await settled(tag);
  within(tag, '[part="interrupt"]').click();
  expect(assistant.asked('interrupt')).toHaveLength(1);
});

test('a written conversation offers the microphone, and only then asks for it', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'listening', microphone: 'off' });
  await settled(tag);
  expect(assistant.calls).toEqual([]);
  within(tag, '[part="mic"]').click();
  expect(assistant.calls).toEqual([['start', { voice: true }]]);
});

test('a denied microphone has its sentence, a retry, and a way to write', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'error', error: new AssistantError('microphone-denied', 'no').toFacts() });
  await settled(tag);
  expect(within(tag, '[role="alert"] p').textContent).toContain('Allow it beside the address bar');
  const [retry, write] = Array.from(within(tag, '.ways').querySelectorAll('button'));
  retry?.click();
  expect(assistant.calls).toEqual([['retry']]);
  write?.click();
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('input'));
});

test('a refused camera is told beside the conversation and can be dismissed', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  assistant.refuseWith = new AssistantError('camera-missing', 'none');
  within(tag, '[part="camera"]').click();
  await vi.waitFor(() => expect(within(tag, '[role="alert"]').textContent).toContain('No camera'));
  within(tag, '.ways button').click();
  await settled(tag);
  expect(within(tag, '[role="alert"]').textContent.trim()).toBe('');
});

test('blocked sound has a button that turns it on', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'listening', notice: new AssistantError('audio-blocked', 'no gesture').toFacts() });
  await settled(tag);
  within(tag, '.ways button').click();
  expect(assistant.calls).toEqual([['unlock']]);
});

test('pictures that go along are seen, marked and can be stopped or asked about', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  const camera = new MediaStream();
  assistant.pictures.next({ camera, screen: null });
  await vi.waitFor(() => expect(within(tag, 'video', HTMLVideoElement).srcObject).toBe(camera));
  expect(within(tag, '[part="indicator"]').textContent).toContain('Camera on');
  within(tag, 'figure button').click();
  within(tag, '.ask').click();
  expect(assistant.calls).toEqual([['stopCamera'], ['snapshot', 'What do you see in this picture?']]);
  await tag.collapse();
  await settled(tag);
  expect(within(tag, '[part="indicator"]').textContent).toContain('Camera on');
  assistant.show({ transcript: [entry('user', 'And this?')] });
});
