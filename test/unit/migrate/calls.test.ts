import { expect, it, vi } from 'vitest';
import { VivaBeforeStartEvent } from '../../../src/elements/events.ts';
import { askForTools } from '../../../src/migrate/calls.ts';
import type { Tool } from '../../../src/session/options.ts';

/** What a page of `<elevenlabs-convai>` adds before a call. */

interface Call {
  readonly config: { clientTools: Record<string, Tool['run']> };
}

/** A tag with what its page does at its event; `before`: what begins. */
function asked(answer: (call: Call) => void, before: VivaBeforeStartEvent): void {
  const widget = Object.assign(new EventTarget(), { localName: 'elevenlabs-convai' });
  widget.addEventListener('elevenlabs-convai:call', (event) => {
    answer((event as CustomEvent<Call>).detail);
  });
  widget.addEventListener('viva-before-start', (event) => {
    askForTools(event as VivaBeforeStartEvent);
  });
  widget.dispatchEvent(before);
}

it('makes its functions tools, beside those that there are', async () => {
  const kept: Tool = { description: 'Kept', parameters: { type: 'object' }, run: () => 'kept' };
  const before = new VivaBeforeStartEvent({ endpoint: 'https://gw.example', tools: { kept } });
  const open = vi.fn(() => 'opened');
  asked(({ config }) => {
    config.clientTools = { open_page: open };
  }, before);
  const { tools = {}, endpoint } = before.options;
  expect(endpoint).toBe('https://gw.example');
  expect(tools['kept']).toBe(kept);
  expect(tools['open_page']).toMatchObject({ description: 'open_page', parameters: { type: 'object' } });
  expect(await tools['open_page']?.run({ url: '/sales' }, new AbortController().signal)).toBe('opened');
  expect(open).toHaveBeenCalledWith({ url: '/sales' }, expect.anything());
});

it('changes nothing of a page that adds nothing', () => {
  const options = { endpoint: 'https://gw.example' };
  const before = new VivaBeforeStartEvent(options);
  asked(() => undefined, before);
  expect(before.options).toBe(options);
});
