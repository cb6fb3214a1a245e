import { afterEach, expect, test, vi } from 'vitest';
import { VivaBeforeStartEvent } from '../../../src/elements/events.ts';
import type { AssistantOptions, Tool } from '../../../src/session/options.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { entry } from '../../support/fake-assistant.ts';
import { focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

/** What a page is told of a conversation besides its words, and what it takes to begin anew. */

afterEach(unmountAll);

test('a message is told once, when it is whole', async () => {
  const { tag, assistant } = await mount();
  const messages: string[] = [];
  tag.addEventListener('viva-message', ({ role, text, interrupted }) => messages.push(`${role} ${text} ${interrupted}`));
  const asked = entry('user', 'When', { status: 'interim' });
  const answer = entry('assistant', 'From nine', { status: 'interim' });
  assistant.show({ transcript: [asked] });
  await until(() => expect(has(tag, '[part~="message"]') || messages.length > 0).toBe(true));
  expect(messages).toEqual([]);
  const whole = { ...asked, text: 'When are you open?', status: 'final' } as const;
  assistant.show({ transcript: [whole, answer] });
  const cut = { ...answer, text: 'From nine to', status: 'interrupted' } as const;
  assistant.show({ transcript: [whole, cut] });
  assistant.show({ transcript: [{ ...whole, citations: [] }, cut], muted: true });
  assistant.show({ transcript: [whole, cut, entry('assistant', '', { status: 'final' })] });
  await until(() => expect(messages).toEqual(['user When are you open? false', 'assistant From nine to true']));
});

test('the browser’s questions are told, with their answers', async () => {
  const { tag, assistant } = await mount();
  const heard: string[] = [];
  document.body.addEventListener('viva-permission', ({ device, permission }) => heard.push(`${device} ${permission}`));
  assistant.show({ phase: 'connecting', microphone: 'asking' });
  await until(() => expect(heard).toEqual(['microphone asking']));
  assistant.show({ phase: 'listening', microphone: 'live' });
  assistant.show({ microphone: 'muted' });
  assistant.show({ microphone: 'live' });
  assistant.pictures.next({ camera: new MediaStream(), screen: null });
  assistant.refuseWith = new AssistantError('screen-denied', 'no');
  tag.screenOn = true;
  await until(() => expect(heard).toEqual(['microphone asking', 'microphone granted', 'camera granted', 'screen denied']));
});

test('a refusal is told also when it is the first thing that happens', async () => {
  const { assistant } = await mount();
  const heard: string[] = [];
  document.body.addEventListener('viva-permission', ({ device, permission }) => heard.push(`${device} ${permission}`));
  assistant.show({ phase: 'error', error: new AssistantError('microphone-denied', 'no').toFacts() });
  await until(() => expect(heard).toEqual(['microphone denied']));
});

test('camera and screen that are refused to a method are told to the page, and to whoever called it', async () => {
  const { tag, assistant } = await mount();
  const heard: string[] = [];
  tag.addEventListener('viva-permission', ({ device, permission }) => heard.push(`${device} ${permission}`));
  for (const [method, device] of [
    ['startCamera', 'camera'],
    ['startScreen', 'screen'],
  ] as const) {
    assistant.refuseWith = new AssistantError(`${device}-denied`, 'no');
    await expect(tag[method]()).rejects.toMatchObject({ code: `${device}-denied` });
  }
  await until(() => expect(heard).toEqual(['camera denied', 'screen denied']));
});

test('levels are told to who listens, as they change, and to nobody else', async () => {
  const quiet = await mount();
  quiet.assistant.levels.next({ input: 0.2, output: 0 });
  expect(quiet.assistant.levels.observed).toBe(true);
  const { tag, assistant } = await mount();
  const heard: number[][] = [];
  tag.addEventListener('viva-level', ({ input, output }) => heard.push([input, output]));
  await until(() => {
    assistant.levels.next({ input: 0.1 + heard.length / 10, output: 0.5 });
    expect(heard.length).toBeGreaterThan(1);
  });
  const frames = vi.spyOn(globalThis, 'requestAnimationFrame');
  const before = heard.length;
  const { input, output } = assistant.levels.value;
  await until(() => expect(heard.at(-1)).toEqual([input, output]));
  for (let round = 0; round < 5; round++) assistant.levels.next({ input, output });
  await settled(tag);
  expect(heard.length - before).toBeLessThanOrEqual(1);
  frames.mockRestore();
  tag.remove();
  assistant.levels.next({ input: 0.9, output: 0.9 });
  await settled(quiet.tag);
  expect(heard.at(-1)).toEqual([input, output]);
});

const tool: Tool = {
  description: 'Finds an order',
  parameters: { type: 'object', properties: {} },
  run: ({ number }) => `order ${String(number)}`,
};

/** What a conversation that begins now gets. */
function begun(tag: HTMLElement & { readonly tools: AssistantOptions['tools'] | null }): AssistantOptions {
  const event = new VivaBeforeStartEvent({ endpoint: 'https://voice.example', tools: tag.tools ?? {} });
  tag.dispatchEvent(event);
  return event.options;
}

test('a call of a tool is told before it runs; the page may answer in its place, or not let it', async () => {
  const { tag } = await mount();
  tag.tools = { find_order: tool };
  await until(() => expect(begun(tag).tools?.['find_order']).not.toBe(tool));
  const call = () =>
    Promise.resolve().then(() => begun(tag).tools?.['find_order']?.run({ number: 7 }, new AbortController().signal, 'call'));
  // The same function every time: another one would be another conversation.
  expect(begun(tag).tools?.['find_order']).toBe(begun(tag).tools?.['find_order']);
  const names: string[] = [];
  tag.addEventListener('viva-tool-call', ({ name, input }) => names.push(`${name} ${String(input['number'])}`), { once: true });
  expect(await call()).toBe('order 7');
  expect(names).toEqual(['find_order 7']);
  tag.addEventListener('viva-tool-call', (event) => event.respondWith('sold out'), { once: true });
  expect(await call()).toBe('sold out');
  tag.addEventListener('viva-tool-call', (event) => event.preventDefault(), { once: true });
  await expect(call()).rejects.toMatchObject({ code: 'tool-failed' });
});

test('a tool in HTML tells of a call by itself: the tag does not do it again', async () => {
  const { tag } = await mount();
  const element = document.createElement('viva-tool');
  element.setAttribute('name', 'hours');
  element.setAttribute('description', 'When it is open');
  tag.append(element);
  tag.tools = { find_order: tool };
  element.requestUpdate();
  await element.updateComplete;
  await until(() => expect(begun(tag).tools?.['find_order']).not.toBe(tool));
  const names: string[] = [];
  element.addEventListener('viva-tool-call', (event) => event.respondWith('9 to 17'));
  tag.addEventListener('viva-tool-call', ({ name }) => names.push(name));
  expect(await begun(tag).tools?.['hours']?.run({}, new AbortController().signal, 'call')).toBe('9 to 17');
  expect(names).toEqual(['hours']);
});

test('reset: what was said, written and chosen is gone, an open panel is there as at first, with the focus', async () => {
  const { tag, assistant } = await mount({ open: '', consent: 'none' });
  const resets: string[] = [];
  tag.addEventListener('viva-reset', ({ reason }) => resets.push(reason));
  assistant.show({ phase: 'listening', transcript: [entry('user', 'My name is Ada')] });
  await until(() => expect(within(tag, 'viva-transcript').shadowRoot?.textContent).toContain('Ada'));
  tag.muted = true;
  const field = within(tag, 'textarea', HTMLTextAreaElement);
  field.value = 'a draft';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.focus();
  await tag.reset();
  await settled(tag);
  await until(() => expect(within(tag, 'viva-transcript').shadowRoot?.textContent).not.toContain('Ada'));
  expect(assistant.asked('stop')).toHaveLength(1);
  expect([tag.open, tag.muted, resets, within(tag, 'textarea', HTMLTextAreaElement).value]).toEqual([true, false, ['page'], '']);
  await until(() => expect(focused()?.getAttribute('part')).toBe('start'));
  expect(tag.assistant).toBe(assistant);
});

test('what the author of a page got wrong stands on the console, each once, and nothing else does', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  const lines = (): readonly unknown[] => warned.mock.calls.map(([line]) => line as unknown);
  try {
    const { tag, assistant } = await mount({ variant: 'popup', dismissible: 'for ever', open: '' });
    const refusal = new AssistantError('origin-refused', '403 not this origin').toFacts();
    assistant.show({ phase: 'error', error: new AssistantError('microphone-denied', 'the visitor said no').toFacts() });
    assistant.show({ phase: 'connecting', error: null });
    assistant.show({ phase: 'error', error: refusal });
    assistant.show({ phase: 'connecting', error: null });
    assistant.show({ phase: 'error', error: { ...refusal } });
    await vi.waitFor(() => expect(lines()).toContain('<viva-voce> origin-refused: 403 not this origin'), { timeout: 8000 });
    tag.variant = 'launcher';
    await settled(tag);
    tag.variant = 'popup';
    tag.radius = '8px';
    const variants = 'launcher, compact, expanded, inline, full, kiosk, bare, tiny, floating, sidebar, embedded';
    const all = [
      '<viva-voce> bad-option: dismissible: “for ever” is none of session, local',
      '<viva-voce> bad-option: radius: “8px” is none of pill, round, soft, sharp',
      `<viva-voce> bad-option: variant: “popup” is none of ${variants}`,
      '<viva-voce> origin-refused: 403 not this origin',
    ];
    await vi.waitFor(() => expect(lines().toSorted()).toEqual(all), { timeout: 8000 });
  } finally {
    warned.mockRestore();
  }
});
