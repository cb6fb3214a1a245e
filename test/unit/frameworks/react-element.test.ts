import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { type ElementDescription, reactElement, sortProps } from '../../../src/frameworks/react-element.ts';

/** What of a component's props React renders, and what is set on the element by hand. */

const description: ElementDescription = {
  name: 'VivaVoce',
  tag: 'viva-voce',
  attributes: { tokenUrl: 'token-url', open: 'open', muted: 'muted', vadSilenceMs: 'vad-silence-ms', strings: 'strings' },
  properties: ['tools', 'tokenProvider'],
  events: { onVivaReady: 'viva-ready', onVivaError: 'viva-error' },
  define: () => Promise.reject(new Error('a server registers nothing')),
};

it('renders texts, numbers and flags as attributes', () => {
  const { rendered } = sortProps(description, { tokenUrl: '/t', vadSilenceMs: 300, open: true, muted: false, className: 'mine' });
  expect(rendered).toEqual({ 'token-url': '/t', 'vad-silence-ms': 300, open: '', class: 'mine' });
});

it('keeps objects and functions for the element itself, also where an attribute has the same name', () => {
  const tools = {};
  const strings = { start: 'Go' };
  const { rendered, properties } = sortProps(description, { tools, strings, tokenProvider: null });
  expect(rendered).toEqual({});
  expect(properties).toEqual({ tools, strings, tokenProvider: null });
  expect(sortProps(description, { strings: '{"start":"Go"}' }).rendered).toEqual({ strings: '{"start":"Go"}' });
});

it('listens to events, and takes no name of every object for a prop', () => {
  const ready = (): void => undefined;
  const { listeners, rendered } = sortProps(description, { onVivaReady: ready, onVivaError: undefined, toString: 'x' });
  expect(listeners).toEqual({ 'viva-ready': ready });
  expect(rendered).toEqual({ toString: 'x' });
});

it('is rendered on a server as the plain tag, and registers nothing there', () => {
  const Voce = reactElement<HTMLElement, Record<string, unknown>>(description);
  const html = renderToString(
    createElement(Voce, { tokenUrl: '/t', open: true, tools: {}, onVivaReady: () => undefined }, 'Ask'),
  );
  expect(html).toBe('<viva-voce token-url="/t" open="">Ask</viva-voce>');
});
